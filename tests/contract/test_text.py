"""Half of a surrogate pair in an answer is found, by operation, and keeps no run from its end."""

from __future__ import annotations

import codecs
import json
from typing import Any

import attrs
import httpx
import pytest

from causerie_contract import _sequences
from causerie_contract._oracle import run as oracle
from causerie_contract._run import run
from causerie_contract._settings import Live, Settings
from causerie_contract._target import mock_in_process
from causerie_mock import Mock, Reply, Request
from causerie_spec import load
from tests.contract.conftest import reduced
from tests.contract.servers import FAST, Server, hold

JSON = (("content-type", "application/json"),)
NAMES = ("list_conversations", "get_conversation", "list_messages")


class Halving(Mock):
    """A vendor whose successful answers have half of a surrogate pair where an id stands."""

    def handle(self, request: Request) -> Reply:
        """Return the reply."""
        reply = super().handle(request)
        body = reply.body.replace(b'"id":"', b'"id":"\\ud83d').replace(b'"id": "', b'"id": "\\ud83d')
        return attrs.evolve(reply, body=body, headers=JSON) if reply.status == 200 else reply


def told(result: Any) -> dict[str, list[str]]:
    """Return what is said of texts, by operation."""
    return {
        name: [finding.problem for finding in tally.findings if finding.check == "text"]
        for name, tally in result.operations.items()
    }


def test_a_run_goes_on() -> None:
    """Every phase comes to its end, sequences that lead on by such an id included, and each operation is named."""
    document = reduced("raia", *NAMES)
    mock = Halving("raia")
    result = run("raia", document, mock_in_process("raia", document, mock), Settings(max_examples=4))

    assert {"examples", "coverage", "fuzzing", "stateful"} == result.phases.keys()
    assert all(
        problems and problems[0].startswith("answer /") and problems[0].endswith(" has half of a surrogate pair")
        for problems in told(result).values()
    )
    assert 0 < result.linked


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (rb'{"a": [1, {"b": "\ud83d"}]}', "/a/1/b"),
        (rb'{"\udc00": 1}', "/\\udc00"),
        (rb'"x\udfffy"', "/"),
        (rb'"\ud83d\ude00"', None),
        (b'{"a": "\xed\xa0\xbd"}', "/a"),
        ('{"a": "\ud83d"}'.encode("utf-16-le", "surrogatepass"), "/a"),
        ('{"a": "\U0001f600"}'.encode(), None),
        (b"no JSON", None),
        pytest.param(b"[" * 100_000, None, id="deep"),
    ],
)
def test_where_it_stands(body: bytes, place: str | None) -> None:
    """On a live server the place is told, and nothing of the answer beside it; a whole pair is a text."""

    async def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-type": "application/json"}, content=body)

    result = hold(Server(answer), Live(**FAST, budget=8))
    problems = {problem for problems in told(result).values() for problem in problems}

    assert ({f"answer {place} has half of a surrogate pair"} if place else set()) == problems


def test_sequences_that_break_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ends the sequences is told, and what was found before stands."""

    def fail(*_: Any) -> None:
        raise RuntimeError("It does not go on")

    monkeypatch.setattr(_sequences._Sequence, "setup", fail)
    document = reduced("raia", *NAMES)
    result = run("raia", document, mock_in_process("raia", document), Settings(max_examples=2))

    assert ["Sequences of requests: RuntimeError: It does not go on"] == [
        each.splitlines()[0] for each in result.errors
    ]
    assert 0 < result.operations["list_conversations"].successes


class Marking(Mock):
    """A vendor that puts a byte order mark before its successful answers."""

    def handle(self, request: Request) -> Reply:
        """Return the reply."""
        reply = super().handle(request)
        return attrs.evolve(reply, body=codecs.BOM_UTF8 + reply.body) if reply.status == 200 else reply


def test_a_byte_order_mark() -> None:
    """What stands before JSON and is no JSON is found."""
    document = load("raia")
    target = mock_in_process("raia", document, Marking("raia"))
    (finding,) = oracle("raia", document, target, Settings(shrink=False), parts=["sweep"])

    assert "json" == finding.code
    assert "byte order mark" in finding.problem


class Labelling(Mock):
    """A vendor that names an odd charset."""

    def __init__(self, charset: str) -> None:
        super().__init__("raia")
        self._charset = charset

    def handle(self, request: Request) -> Reply:
        """Return the reply."""
        reply = super().handle(request)
        headers = [(name, value) for name, value in reply.headers if name.lower() != "content-type"]
        return attrs.evolve(reply, headers=(*headers, ("content-type", f"application/json; charset={self._charset}")))


@pytest.mark.parametrize("charset", ["hex", "rot13", "idna", "nonsense"])
def test_odd_charsets(charset: str) -> None:
    """JSON is UTF-8, whatever charset stands beside it, and none ends a part of the model."""
    document = load("raia")
    target = mock_in_process("raia", document, Labelling(charset))

    assert [] == [each.code for each in oracle("raia", document, target, Settings(shrink=False), parts=["strangers"])]


class Counting(Mock):
    """raia, whose new conversations have numbers for ids."""

    def handle(self, request: Request) -> Reply:
        """Return the reply."""
        reply = super().handle(request)
        if request.method != "POST" or reply.status >= 300 or b'"id"' not in reply.body:
            return reply
        return Reply.json(reply.status, {**json.loads(reply.body), "id": 7})


def test_ids_that_are_numbers() -> None:
    """They are findings, and the next requests are sent with them."""
    document = load("raia")
    target = mock_in_process("raia", document, Counting("raia"))
    found = oracle("raia", document, target, Settings(max_examples=2), parts=["sweep", "spellings", "races"])

    assert "type" in {each.code for each in found}
    assert "model: an answer of the usual form" not in {each.code for each in found}
