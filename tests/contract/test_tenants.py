"""What one tenant sees of another, on the mock and on a server with two credentials."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest

from causerie_contract._check import check
from causerie_contract._oracle import Part
from causerie_contract._oracle import run as oracle
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_mock import CONVOCORE_KEYS, RAIA_KEYS, Mock, Reply, Request, serve
from causerie_spec import load

_LEAK = "model: nothing of another tenant"
_MADE = (b"/convos", b"/conversations", b"/users")


class Leaking(Mock):
    """A vendor that shows the first tenant the second one's latest record, in an error or beside what it answers."""

    def __init__(self, vendor: str, *, in_errors: bool) -> None:
        self._theirs: Any = None
        self._in_errors = in_errors
        super().__init__(vendor)

    def reset(self) -> None:
        """Forget what was made, too."""
        super().reset()
        self._theirs = None

    def handle(self, request: Request) -> Reply:
        """Return the reply, and more."""
        reply = super().handle(request)
        ((name, other),) = self.headers(1).items()
        if other in request.header(name):
            if request.method == "POST" and request.path.endswith(_MADE) and reply.status < 300:
                self._theirs = json.loads(request.body)
        elif self._theirs is not None and reply.body.startswith(b"{"):
            body = json.loads(reply.body)
            if self._in_errors and reply.status == 404:
                return Reply.json(404, body | {"message": f"Not among {self._theirs}"})
            if not self._in_errors and request.method == "GET" and reply.status == 200:
                return Reply.json(200, body | {"cache": {"latest": [self._theirs]}})
        return reply


def found(vendor: str, *parts: Part, in_errors: bool) -> list[str]:
    """Return the codes of what these parts of the model find."""
    document = load(vendor)
    target = mock_in_process(vendor, document, Leaking(vendor, in_errors=in_errors))
    return [finding.code for finding in oracle(vendor, document, target, Settings(shrink=False), parts=parts)]


@pytest.mark.parametrize("vendor", ["convocore", "raia"])
@pytest.mark.parametrize("in_errors", [False, True])
def test_a_leak(vendor: str, in_errors: bool) -> None:
    """A text of another tenant is found in an object that no schema describes, and in the words of an error."""
    assert [_LEAK] == found(vendor, "strangers", in_errors=in_errors)


class Reaching(Mock):
    """Convocore, which exports the other account's conversations if ids are named."""

    def __init__(self) -> None:
        super().__init__("convocore")

    def handle(self, request: Request) -> Reply:
        """Return the reply, with what the other account has."""
        reply = super().handle(request)
        if reply.status != 200 or not request.path.endswith(b"/convos/export") or b"convoIds=" not in request.query:
            return reply
        ((name, other),) = self.headers(1).items()
        headers = [each for each in request.headers if each[0].decode().lower() != name.lower()]
        theirs = attrs.evolve(
            request,
            path=request.path.replace(b"agent123/convos/export", b"agent456/convos"),
            query=b"",
            headers=(*headers, (name.lower().encode(), other.encode())),
        )
        value, more = json.loads(reply.body), json.loads(super().handle(theirs).body)
        rows = [each for each in (value["data"], more.get("data")) if isinstance(each, list)]
        return Reply.json(200, value | {"data": [row for each in rows for row in each]})


def test_ids_of_others_in_queries() -> None:
    """Another tenant's id finds nothing in any parameter."""
    document = load("convocore")
    target = mock_in_process("convocore", document, Reaching())
    found = oracle("convocore", document, target, Settings(shrink=False), parts=["strangers"])

    assert [_LEAK] == [finding.code for finding in found]


@pytest.mark.parametrize("in_errors", [False, True])
def test_nothing_else_finds_it(in_errors: bool) -> None:
    """What else is asked does not show it."""
    assert [] == found("raia", "sweep", "values", "races", in_errors=in_errors)


@pytest.mark.parametrize("leaks", [False, True])
def test_two_credentials(leaks: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any) -> None:
    """With a second credential a server is tested as the mock is; no report and no line has either credential."""
    first, second = CONVOCORE_KEYS[:2]
    monkeypatch.setenv("CONVOCORE_API_KEY", first)
    monkeypatch.setenv("CONVOCORE_API_KEY_2", second)
    files = [tmp_path / name for name in ("a.json", "a.sarif", "a.html", "a.xml")]
    options = ("--contract-report", "--contract-sarif", "--contract-html", "--junit")
    mock = Leaking("convocore", in_errors=False) if leaks else Mock("convocore")
    with serve([mock]) as urls:
        code = check(
            [
                *("--vendor=convocore", f"--base-url={urls['convocore']}/v3", "--target=scratch", "--other-credential"),
                *("--operations=get_conversation,create_conversation", "--max-examples=1"),
                *(each for option, file in zip(options, files, strict=True) for each in (option, str(file))),
            ],
            prog="causerie check",
        )
    said = "".join([*capfd.readouterr(), *(file.read_text(encoding="utf-8") for file in files)])

    assert int(leaks) == code
    assert leaks == (_LEAK in said)
    assert not [key for key in (first, second) if key in said]


@pytest.mark.parametrize(
    ("arguments", "second", "sentence"),
    [
        (
            ("--target=scratch",),
            None,
            "--other-credential: set RAIA_AGENT_SECRET_KEY_2 to the other tenant's credential.",
        ),
        (("--target=scratch",), RAIA_KEYS[0], "are the same; two tenants are needed."),
        (("--live",), RAIA_KEYS[1], "--other-credential needs --target scratch"),
    ],
)
def test_what_it_needs(
    arguments: tuple[str, ...], second: str | None, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """Without a second tenant's credential, or where it is not used, nothing is sent."""
    monkeypatch.setenv("RAIA_AGENT_SECRET_KEY", RAIA_KEYS[0])
    monkeypatch.delenv("RAIA_AGENT_SECRET_KEY_2", raising=False)
    if second:
        monkeypatch.setenv("RAIA_AGENT_SECRET_KEY_2", second)
    with pytest.raises(SystemExit, match="2"):
        check(
            ["--vendor=raia", "--base-url=http://127.0.0.1:9", "--other-credential", *arguments], prog="causerie check"
        )
    said = capsys.readouterr().err

    assert sentence in said
    assert RAIA_KEYS[0] not in said


class Organized(Mock):
    """A vendor of two tenants who belong to one organization, which every answer names."""

    def handle(self, request: Request) -> Reply:
        """Return the reply, and the organization."""
        reply = super().handle(request)
        if reply.status >= 300 or not reply.body.startswith(b"{"):
            return reply
        organization = {"id": "7d0c2c3e-6c6f-4a4e-9d57-0f8f3f0f5a11", "region": "c2a3c3b8-1e1b-4b39-8f2c-5a5e1d7d9f10"}
        return Reply.json(reply.status, {**json.loads(reply.body), "organization": organization})


@pytest.mark.parametrize("vendor", ["convocore", "raia"])
def test_what_both_belong_to(vendor: str) -> None:
    """What the answers to several creations have, is no record of one tenant."""
    document = load(vendor)
    target = attrs.evolve(mock_in_process(vendor, document, Organized(vendor)), real=True)
    parts: tuple[Part, ...] = ("chapters", "strangers")

    assert [] == oracle(vendor, document, target, Settings(shrink=False), parts=parts)
