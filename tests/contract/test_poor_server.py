"""A server that lacks most operations, and is wrong in what it has: the report says both."""

from __future__ import annotations

import copy
import json
from functools import cache

import attrs
import pytest

from causerie_contract._oracle import run as oracle
from causerie_contract._result import Result
from causerie_contract._run import run
from causerie_contract._settings import Settings
from causerie_contract._summary import asides, counts
from causerie_contract._target import mock_in_process
from causerie_contract._width import narrow
from causerie_mock import Mock, Reply, Request
from causerie_spec import load
from causerie_spec.documents import operations

HAS = frozenset(
    {
        *("create_conversation", "get_conversation", "list_conversations", "update_conversation"),
        *("delete_conversations", "list_messages", "send_message"),
    }
)
PARTS = ("20 of 27 operations", " findings about ", "Not tested to the end for want of ")
SAID = "None of its answers was a success, all were 404"
RACES = ("no-update-is-lost", "updates-do-not-mix", "reader-sees-before-or-after")
FILTERS = (b"userId", b"searchKeyword", b"startDate", b"endDate")


class Poor(Mock):
    """A raia with seven operations that cuts titles, deletes nothing and ignores filters."""

    def handle(self, request: Request) -> Reply:
        """Return the reply of the operations that it has, and a 404 for all others."""
        operation = self._contract.operation(request.method, request.path)
        if operation is None or operation.id not in HAS:
            return Reply.json(404, {"status": 404, "name": "NotFound", "message": "Nothing is here", "details": []})
        query = b"&".join(each for each in request.query.split(b"&") if not each.startswith(FILTERS))
        before = copy.deepcopy(self._state.memory)
        reply = super().handle(attrs.evolve(request, query=query, body=cut(request.body)))
        if request.method == "DELETE":
            self._state.memory = before
        return reply


def cut(body: bytes) -> bytes:
    """Return a body with at most 20 characters of its title."""
    try:
        value = json.loads(body)
        value["title"] = value["title"][:20]
    except (ValueError, LookupError, TypeError, RecursionError):
        return body
    return json.dumps(value).encode()


@cache
def result() -> Result:
    """Return what a run on the server finds."""
    document = load("raia")
    return run("raia", document, mock_in_process("raia", document, Poor("raia")), Settings(max_examples=2))


def test_what_it_lacks() -> None:
    """Operations that are not there are named once, and say in one sentence each that they are not there."""
    tallies = result().operations
    lacking = {name for name in tallies if name not in HAS}

    assert lacking == {*result().lacking}
    assert all(SAID in (tallies[name].shortcoming or "") for name in lacking)
    assert {()} == {tuple(each for each in tallies[name].findings if not each.also) for name in lacking}
    assert f"20 of {len(tallies)} operations seem not to be there" in result().overview[0]


@pytest.mark.parametrize(
    ("operation", "where"),
    [
        ("get_conversation", "answer /title"),
        ("get_conversation", "answer status"),
        ("list_conversations", "answer /data/0"),
        ("list_conversations", "answer /totalItems"),
    ],
    ids=["cut titles", "nothing is deleted", "filters", "totals"],
)
def test_what_is_wrong(operation: str, where: str) -> None:
    """What is wrong with the operations that are there is found although others are missing."""
    found = [each for each in result().operations[operation].findings if each.phase == "behaviour"]

    assert where in {violation.where for finding in found for violation in finding.violations}


def test_cut_titles_are_no_races() -> None:
    """A title that one writer alone loses is not said to be lost between two."""
    keywords = {
        each.keyword for finding in result().operations["get_conversation"].findings for each in finding.violations
    }

    assert "model: value-after-write" in keywords
    assert set() == keywords & {f"model: {name}" for name in RACES}


def test_overview() -> None:
    """The terminal has what is wrong in a few sentences, and says what could not be tested."""
    lines = narrow([counts(result()), *result().overview, *asides(result())])

    assert len(lines) <= 80
    assert max(map(len, lines)) <= 200
    assert [*PARTS] == [next(part for part in PARTS if part in line) for line in result().overview]


class Hiding(Mock):
    """A Convocore that says of each conversation that it is not there."""

    def handle(self, request: Request) -> Reply:
        """Return the reply, or a 404 for one conversation."""
        operation = self._contract.operation(request.method, request.path)
        if operation is not None and operation.id == "get_conversation":
            request = attrs.evolve(request, path=request.path.rpartition(b"/")[0] + b"/agent123_nobody")
        return super().handle(request)


@pytest.mark.parametrize(("mock", "expected"), [(Mock, set()), (Hiding, {"get_conversation"})])
def test_seemed_to_be_missing(mock: type[Mock], expected: set[str]) -> None:
    """Operations that only knew none of the ids they were asked for are tested like all others."""
    document = load("convocore")
    passed: list[str] = []
    found = oracle(
        "convocore",
        document,
        mock_in_process("convocore", document, mock("convocore")),
        Settings(),
        parts=["chapters"],
        lacking=operations(document),
        pass_over=lambda _, operation: passed.append(operation),
    )

    assert expected == {finding.operation for finding in found}
    assert expected == {*passed}
