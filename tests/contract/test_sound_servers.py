"""Servers that do what neither the document nor the vendor forbids: the suite has no findings about them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from causerie_contract._finding import Finding
from causerie_contract._oracle import PARTS, Part
from causerie_contract._oracle import run as oracle
from causerie_contract._oracle._records import tied
from causerie_contract._oracle._value import holds
from causerie_contract._run import run
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_mock import Mock, Reply, Request
from causerie_spec.documents import load
from tests.contract.conftest import reduced

#: Objects of any shape, in which nothing may be added to what was written.
_FREE = {"customData", "metadata", "headers", "turns", "lgMessages"}


class Varied(Mock):
    """A vendor whose answers `change` varies, each with the request that it is for."""

    def __init__(self, vendor: str, change: Callable[[Request, Any], Any], *, step: float = 1) -> None:
        super().__init__(vendor)
        self._change = change
        self.clock.step_by(step)

    def handle(self, request: Request) -> Reply:
        """Return the varied reply."""
        reply = super().handle(request)
        if reply.status >= 300 or not reply.body or dict(reply.headers)["content-type"] != "application/json":
            return reply
        return Reply.json(reply.status, self._change(request, json.loads(reply.body)))


def objects(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[Request, Any], Any]:
    """Return what changes each object whose fields the document names."""

    def changed(value: Any) -> Any:
        if isinstance(value, list):
            return [changed(each) for each in value]
        if not isinstance(value, dict):
            return value
        # What the client has written as a whole is its own.
        return change({name: each if name in _FREE or "ID" in value else changed(each) for name, each in value.items()})

    return lambda _, value: changed(value)


def more(record: dict[str, Any]) -> dict[str, Any]:
    """Return an answer, or a record that a server has made, with fields that no document names."""
    if (
        not {"id", "ID", "convoId", "success", "fullAIResponse", "customData", "voteType", "triggerCondition"}
        & record.keys()
    ):
        return record
    return {**record, "_version": 3, "links": {"self": "/"}, "updatedBy": None}


def defaults(record: dict[str, Any]) -> dict[str, Any]:
    """Return a conversation or a user with what a server may give it of itself."""
    if "isAnonymized" not in record or not {"aiConversationId", "firstName"} & record.keys():
        return record
    given = {"title": "New", "conversationStateId": "5f7b1b3b"} if "aiConversationId" in record else {}
    return {**given, **record, "metadata": {**record.get("metadata", {}), "createdBy": "api"}}


def without_nulls(record: dict[str, Any]) -> dict[str, Any]:
    """Return a vote without the field that need not be there, if it would be null."""
    return {name: each for name, each in record.items() if name != "userEmail" or each is not None}


def without_cursors(record: dict[str, Any]) -> dict[str, Any]:
    """Return an export of chosen conversations without what only pages need."""
    if record.get("mode") != "selected":
        return record
    return {name: each for name, each in record.items() if name not in {"hasMore", "nextCursor"}}


def trimmed(record: dict[str, Any]) -> dict[str, Any]:
    """Return an object with dates without zeros at their ends."""
    dates = {name: record[name] for name in ("createdAt", "updatedAt") if "." in record.get(name, "")}
    return {**record, **{name: f"{text[:-1].rstrip('0').rstrip('.')}Z" for name, text in dates.items()}}


def other_ties(date: str) -> Callable[[Request, Any], Any]:
    """Return what turns around the records of a list that have one date."""

    def changed(request: Request, value: Any) -> Any:
        if request.method != "GET" or not isinstance(value, dict) or not isinstance(value.get("data"), list):
            return value
        groups = dict[Any, list[Any]]()
        for each in value["data"]:
            record = each["metadata"]["convo"] if "turns" in each else each
            groups.setdefault(record.get(date), []).append(each)
        return {**value, "data": [each for group in groups.values() for each in reversed(group)]}

    return changed


def held(mock: Mock, part: Part = "chapters") -> list[Finding]:
    """Return what a part of the model finds in a server of which nothing is known."""
    document = load(mock.vendor)
    target = mock_in_process(mock.vendor, document, mock)
    target = attrs.evolve(target, real=True, other=None, option=None, reset=lambda: None)
    return oracle(mock.vendor, document, target, Settings(max_examples=4), parts=[part])


@pytest.mark.parametrize(
    "mock",
    [
        Varied("raia", objects(more)),
        Varied("convocore", objects(more)),
        Varied("raia", objects(defaults)),
        Varied("raia", objects(without_nulls)),
        Varied("convocore", objects(without_cursors)),
        Varied("raia", objects(trimmed), step=0.1),
        Varied("raia", other_ties("updatedAt"), step=0),
        Varied("convocore", other_ties("ts")),
    ],
    ids=[
        "more fields in raia",
        "more fields in convocore",
        "defaults",
        "no nulls",
        "no cursors",
        "short dates",
        "one date",
        "other order",
    ],
)
def test_sound(mock: Varied) -> None:
    """Fields that the document does not name, and an order, a default or a form that it leaves open, are no fault."""
    assert [] == held(mock)


@pytest.mark.parametrize(
    ("relation", "one", "other", "expected"),
    [
        (">", "2026-01-01T00:00:00.12Z", "2026-01-01T00:00:00.1Z", True),
        (">", "2026-01-01T00:00:00.1Z", "2026-01-01T00:00:00.12Z", False),
        (">", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00Z", False),
        (">=", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", True),
        (">", "2026-01-01", "2025-12-31", True),
        ("!=", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", True),
    ],
)
def test_later_dates(relation: str, one: str, other: str, *, expected: bool) -> None:
    """Two times are compared as times; other texts, and what is the same, as texts."""
    assert expected == holds(relation, one, other)


@pytest.mark.parametrize(
    ("page", "listed", "expected"),
    [
        (slice(None), "abcde", "abcde"),
        (slice(None), "adcbe", "adcbe"),
        (slice(0, 3), "adb", "adb"),
        (slice(3, 5), "be", "be"),
        (slice(None), "acde", "acdbe"),
        (slice(None), "abbde", "abdce"),
        (slice(None), "eabcd", "abcde"),
    ],
    ids=["as made", "otherwise", "first page", "second page", "one missing", "one twice", "out of order"],
)
def test_ties(page: slice, listed: str, expected: str) -> None:
    """Those with one key are expected as they are listed, each once, and all others where they belong."""
    keys = {"a": 3, "b": 2, "c": 2, "d": 2, "e": 1}

    assert expected == "".join(tied([*keys], keys.__getitem__, page, listed))


class Routed(Mock):
    """A vendor that has no answer of its own for the methods that the document does not name."""

    def handle(self, request: Request) -> Reply:
        """Return the reply; for another method a 404, or a 501 where no server has it."""
        reply = super().handle(request)
        return reply if reply.status != 405 else Reply.empty(501 if request.method == "TRACE" else 404)


@pytest.mark.parametrize("real", [True, False])
def test_other_methods(*, real: bool) -> None:
    """How methods are answered that the document does not name is an inference, whichever part of the suite asks."""
    document = reduced("raia", "get_agent")
    target = attrs.evolve(mock_in_process("raia", document, Routed("raia")), real=real)
    result = run("raia", document, target, Settings(max_examples=2))
    found, others = (result.reported, result.findings) if real else (result.findings, result.reported)

    assert [] == others
    assert {"model: allow-lists-the-methods"} == {each.keyword for finding in found for each in finding.violations}


class Particular(Mock):
    """A vendor that takes only the ids of states and of team members that it has: these states, and no member."""

    def handle(self, request: Request) -> Reply:
        """Return the reply; what names another state or anybody is a bad request."""
        with contextlib.suppress(ValueError, AttributeError, RecursionError):
            body = json.loads(request.body)
            state, author = body.get("conversationStateId"), body.get("authorId")
            if author is not None or (isinstance(state, str) and state not in self._states()):
                return super().handle(attrs.evolve(request, body=b"[]"))
        return super().handle(request)

    def _states(self) -> set[str]:
        headers = [(name.encode(), value.encode()) for name, value in self.headers(0).items()]
        answered = super().handle(Request("GET", b"/external/conversations/states", headers=headers))
        return {each["id"] for each in json.loads(answered.body)}


@pytest.mark.parametrize("part", PARTS)
def test_only_what_there_is(part: Part) -> None:
    """No state and no team member is made up for a server that may not know them."""
    assert [] == held(Particular("raia"), part)


class Short(Mock):
    """A vendor behind something that takes no long URLs."""

    def handle(self, request: Request) -> Reply:
        """Return the reply, or that of what stands before it."""
        return Reply.empty(414) if len(request.path) > 2000 else super().handle(request)


@pytest.mark.parametrize("vendor", ["convocore", "raia"])
def test_long_urls(vendor: str) -> None:
    """A URL that is too long for what stands before the vendor may be refused, and the document need not say so."""
    assert [] == held(Short(vendor), "spellings")


class Framed(Mock):
    """A vendor whose framework answers other methods in its own form, and that refuses what the document lacks."""

    def handle(self, request: Request) -> Reply:
        """Return the reply."""
        if b"unknownToTheDocument" in request.body:
            return super().handle(attrs.evolve(request, body=b"[]"))
        reply = super().handle(request)
        allow = [each for each in reply.headers if each[0].lower() == "allow"]
        return Reply(405, (("content-type", "text/html"), *allow), b"<p>405</p>") if reply.status == 405 else reply


@pytest.mark.parametrize(("vendor", "part"), [("raia", "sweep"), ("convocore", "sweep"), ("convocore", "chapters")])
def test_forms_that_nobody_has_promised(vendor: str, part: Part) -> None:
    """An error that the document does not name may have any form, and unknown fields may be refused."""
    assert [] == held(Framed(vendor), part)
