"""A server that has not what the examples of a document name, or loses it on the way."""

from __future__ import annotations

import attrs
import httpx
import pytest

from causerie_contract._run import run
from causerie_contract._settings import Settings
from causerie_contract._stand_ins import StandIns
from causerie_contract._target import Target, mock_in_process
from causerie_mock import Mock, Reply, Request
from tests.contract.conftest import reduced

NEEDING = ("send_manual_message", "save_message_feedback", "find_user", "get_download_url")
SPOILING = ("set_conversation_mode", "delete_conversations", "delete_user")


class Refusing(Mock):
    """A raia that does not make what is `refused`: users, if nothing else is said."""

    def __init__(self, vendor: str, *, refused: str = "/external/users") -> None:
        super().__init__(vendor)
        self._refused = refused

    def handle(self, request: Request) -> Reply:
        """Return the reply, or a 500 for what is refused."""
        if request.method == "POST" and request.path.endswith(self._refused.encode()):
            return Reply(500, (), b"")
        return super().handle(request)


def scratch(mock: Mock, *operations: str) -> Target:
    """Return `mock` as a server that cannot be reset."""
    target = mock_in_process("raia", reduced("raia", *operations), mock)
    return attrs.evolve(target, real=True, other=None, option=None, reset=lambda: None)


@pytest.mark.parametrize("is_empty", [False, True], ids=["with what the examples name", "empty"])
def test_what_an_operation_needs_is_there(is_empty: bool) -> None:
    """Operations that need a state are tested on a server that other operations change, and on an empty one."""
    mock = Mock("raia")
    if is_empty:
        headers = list({name.encode(): value.encode() for name, value in mock.headers().items()}.items())
        user = b"5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"
        mock.handle(Request("DELETE", b"/external/users/" + user, headers=headers))
    operations = (*NEEDING, *SPOILING)
    result = run("raia", reduced("raia", *operations), scratch(mock, *operations), Settings(max_examples=8))

    assert [None] * len(operations) == [tally.shortcoming for tally in result.operations.values()]


def test_made_anew_for_each_operation() -> None:
    """What one operation may have used up, the next one gets anew; the mock that is reset has nothing made."""
    mock = Mock("raia")
    document = reduced("raia", *NEEDING)
    target = scratch(mock, *NEEDING)
    stand_ins = StandIns("raia", document, target)
    first, again, second = (stand_ins.of(name)["path.userId"] for name in ("find_user", "find_user", "get_user"))

    assert (True, False) == (first == again, first == second)
    assert {} == StandIns("raia", document, mock_in_process("raia", document, mock)).of("find_user")


def test_server_that_makes_nothing() -> None:
    """A server that refuses to make a user is asked for the examples, and its own tests say what is wrong with it."""
    target = scratch(Refusing("raia"), *NEEDING)
    values = {"userId": "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"}
    StandIns("raia", reduced("raia", *NEEDING), target).put("get_user", "path", values)

    assert {"userId": "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"} == values


def test_server_that_makes_some() -> None:
    """What a server makes stands in, although it refuses what would come after that."""
    target = scratch(Refusing("raia", refused="message-files/upload-url"), *NEEDING)
    made = StandIns("raia", reduced("raia", *NEEDING), target).of("get_download_url")

    assert (True, False) == ("path.messageId" in made, "path.fileId" in made)


@pytest.mark.parametrize("id_", ["a\0b", "a" * 70_000, "../../external/users/somebody", "..", "", None, {}, 7])
def test_ids_that_no_path_can_carry(id_: object) -> None:
    """An id that would lead elsewhere is asked for nowhere, and stands in for nothing."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.raw_path.decode())
        return httpx.Response(200, json={"id": id_, "promptId": "p"})

    target = Target("t", "https://api.example.test/v1", "key", transport=httpx.MockTransport(answer), real=True)

    assert {} == StandIns("raia", reduced("raia", *NEEDING), target).of("get_user")
    assert {"/v1/external/users", "/v1/external/conversations"} >= {*asked}


def test_no_credential_in_a_body() -> None:
    """A generated body does not carry the credential: a server that stores it would seem to show it later."""
    stand_ins = StandIns("raia", reduced("raia", *NEEDING), scratch(Mock("raia"), *NEEDING))
    key = mock_in_process("raia", reduced("raia", *NEEDING), Mock("raia")).credential

    assert {"a": ["no credential", 1], "b": None} == stand_ins.without_credential({"a": [f"<{key}>", 1], "b": None})
