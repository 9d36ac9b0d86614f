"""The generated client: requests are made, sent and decoded; nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from causerie_api.raia import CREDENTIAL_HEADER, SERVERS, SPEC_SHA256
from causerie_api.raia.api.conversations import get_conversation, list_conversations
from causerie_api.raia.api.messages import get_message_response
from causerie_api.raia.client import Client
from causerie_api.raia.errors import DecodeError, UnexpectedStatus
from causerie_api.raia.models import Conversation, Error, OrderBy
from causerie_api.raia.types import UNSET, Response
from causerie_api.request import query


def sync(client: Client, request: Any) -> Response[Any]:
    with client:
        return client.send(request)


def awaited(client: Client, request: Any) -> Response[Any]:
    async def send() -> Response[Any]:
        async with client:
            return await client.send_async(request)

    return asyncio.run(send())


@pytest.fixture(params=[sync, awaited])
def send(request: pytest.FixtureRequest) -> Callable[[Client, Any], Response[Any]]:
    return request.param


def client(answer: Callable[[httpx.Request], httpx.Response]) -> Client:
    return Client("the-secret", base_url="https://vendor.test/", transport=httpx.MockTransport(answer))


def test_send(send: Any) -> None:
    """A request is sent to the address with the credential, and its answer decoded by status."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"id": "c1"}, headers={"x": "y"})

    response = send(client(answer), get_conversation.request("c/1"))

    assert isinstance(response.parsed, Conversation)
    assert (200, "y", "c1") == (response.status_code, response.headers["x"], response.parsed.id)
    assert "https://vendor.test/external/conversations/c%2F1" == str(seen[0].url)
    assert "the-secret" == seen[0].headers[CREDENTIAL_HEADER]


def test_documented_error(send: Any) -> None:
    """A documented error is an answer like any other."""
    body = {"status": 404, "name": "X", "message": "m", "details": []}
    response = send(client(lambda request: httpx.Response(404, json=body)), get_conversation.request("c1"))

    assert isinstance(response.parsed, Error)
    assert 404 == response.parsed.status


def test_unexpected_status(send: Any) -> None:
    """An undocumented status, also one that no standard knows, is raised and not passed off as nothing."""
    with pytest.raises(UnexpectedStatus, match="get_conversation: status 520 is not documented") as caught:
        send(client(lambda request: httpx.Response(520, content=b"<html>")), get_conversation.request("c1"))

    assert (520, b"<html>") == (caught.value.status_code, caught.value.content)


@pytest.mark.parametrize("base_url", ["https://vendor.test", "https://vendor.test/", "https://mock.test"])
def test_server_of_an_operation(base_url: str, send: Any) -> None:
    """An operation goes to its own server in place of the document's, and to no other than a mock that is given."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(404, json={"status": 404, "name": "X", "message": "m", "details": []})

    request = get_conversation.request("c1")._replace(servers={"https://vendor.test": "https://other.test/v2"})
    send(Client("k", base_url=base_url, transport=httpx.MockTransport(answer)), request)
    expected = base_url if "mock" in base_url else "https://other.test/v2"

    assert [expected + request.path] == asked


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [(None, "a"), ("text/a; charset=utf-8", "a"), ("TEXT/B", "text/*"), ("image/png", "png"), ("image/gif", None)],
)
def test_media_types(content_type: str | None, expected: str | None, send: Any) -> None:
    """An answer is read as its Content-Type says, and one that the document does not list by nothing."""
    decoders = {name: (lambda content, name=name: name) for name in ("a", "text/*", "png")}
    listed = dict(zip(("text/a", "text/*", "image/png"), decoders.values(), strict=True))
    request = get_conversation.request("c1")._replace(decoders={200: listed})
    headers = {"content-type": content_type} if content_type else {}
    made = client(lambda _: httpx.Response(200, content=b"x", headers=headers))
    if expected is None:
        with pytest.raises(DecodeError, match=r"^get_conversation: text/a or text/\* or image/png was expected, not"):
            send(made, request)
        return

    assert expected == send(made, request).parsed


def test_undecodable(send: Any) -> None:
    """A body that does not fit is a DecodeError."""
    with pytest.raises(DecodeError):
        send(client(lambda request: httpx.Response(200, content=b"")), get_conversation.request("c1"))


def test_secret_never_shows() -> None:
    """The client does not show its credential."""
    assert "the-secret" not in repr(client(lambda request: httpx.Response(200)))


def test_close_before_use() -> None:
    """A client that sent nothing closes all the same."""
    unused = Client("k", base_url=SERVERS[0])
    unused.close()

    assert asyncio.run(unused.aclose()) is None


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_path_segment(value: str) -> None:
    """A segment that would name another resource is refused."""
    with pytest.raises(ValueError, match="another resource"):
        get_message_response.request("c1", value)


def test_query() -> None:
    """Parameters as text: booleans as JSON spells them, enums by value, lists repeated, UNSET and None left out."""
    assert (
        ("a", "true"),
        ("b", "false"),
        ("c", "1"),
        ("d", "createdAt"),
        ("e", "x"),
        ("e", "y"),
    ) == query(a=True, b=False, c=1, d=OrderBy.CREATEDAT, e=["x", "y"], f=UNSET, g=None)
    assert () == list_conversations.request().query


def test_stamp() -> None:
    """The package says which document it was made from."""
    from hashlib import sha256
    from pathlib import Path

    document = Path(__file__).parents[2] / "spec" / "raia.yaml"

    assert sha256(document.read_bytes()).hexdigest() == SPEC_SHA256
