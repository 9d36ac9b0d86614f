"""Bad values deep in a body: a server that looks only at the beginning of it is found."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from causerie_contract._oracle import run as oracle
from causerie_contract._settings import Settings
from causerie_contract._target import Target, mock_in_process
from causerie_mock import Mock, Reply, Request
from causerie_spec import load

from .test_kinds import Mutant, body

Change = Callable[[Any], Any]


def in_turns(change: Change) -> Callable[[Mock, Request], Request]:
    """Return a reader that changes each turn of a transcript."""

    def changed(value: Any) -> Any:
        turns = value.get("turns") if isinstance(value, dict) else None
        if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
            return value
        return {**value, "turns": [change(turn) for turn in turns]}

    return body(changed)


def lower(name: str) -> Change:
    """Return what writes the text of this name in lower case."""

    def changed(value: Any) -> Any:
        has_text = isinstance(value, dict) and isinstance(value.get(name), str)
        return {**value, name: value[name].lower()} if has_text else value

    return changed


def first_only(turn: Any) -> Any:
    """Return a turn without the messages that are no objects, if the first one is an object."""
    messages = turn.get("messages")
    if not isinstance(messages, list) or not messages or not isinstance(messages[0], dict):
        return turn
    return {**turn, "messages": [each for each in messages if isinstance(each, dict)]}


@pytest.mark.parametrize("change", [lower("from"), first_only], ids=["any case", "the first alone"])
def test_items_of_a_list(change: Change) -> None:
    """The properties of items are tried as those of the body are, and items behind the first."""
    assert ["replace_messages"] == operations(Mutant("convocore", in_turns(change)))


def test_what_two_operations_take() -> None:
    """A property that was tried in one operation is tried in the other too, with a value in another case."""

    def in_conversation(value: Any) -> Any:
        inner = value.get("conversation") if isinstance(value, dict) else None
        return value if inner is None else {**value, "conversation": lower("state")(inner)}

    def ask(mock: Mock, request: Request) -> Request:
        return body(in_conversation)(mock, request) if request.method == "PATCH" else request

    assert ["update_conversation"] == operations(Mutant("convocore", ask))


def test_items_of_a_list_that_no_good_body_has() -> None:
    """The items of each list that the document describes are tried, although nothing needs such a list."""

    def any_kind(value: Any) -> Any:
        inner = value.get("conversation") if isinstance(value, dict) else None
        activities = inner.get("crmActivities") if isinstance(inner, dict) else None
        if not isinstance(activities, list) or not all(isinstance(each, dict) for each in activities):
            return value
        known = [{name: each for name, each in one.items() if name != "type"} for one in activities]
        return {**value, "conversation": {**inner, "crmActivities": known}}

    def ask(mock: Mock, request: Request) -> Request:
        return body(any_kind)(mock, request) if request.method == "PATCH" else request

    assert ["update_conversation"] == operations(Mutant("convocore", ask))


class Strict(Mock):
    """A vendor that refuses lists with more items than `most` under this name, as if it knew one of them not."""

    def __init__(self, name: str, most: int) -> None:
        self._name, self._most = name, most
        super().__init__("convocore")

    def handle(self, request: Request) -> Reply:
        """Return the reply, or a refusal."""
        try:
            is_long = len(json.loads(request.body)[self._name]) > self._most
        except (ValueError, LookupError, TypeError, RecursionError):
            is_long = False
        return Reply.json(404, {"success": False, "message": "Not found"}) if is_long else super().handle(request)


@pytest.mark.parametrize(
    ("name", "operation"), [("items", "generate_summaries"), ("assignToUserIds", "assign_conversation")]
)
def test_a_list_of_what_the_server_judges(name: str, operation: str) -> None:
    """What is good once in a list is good as often as the document allows, whoever judges it."""
    assert [operation] == operations(Strict(name, 24))


def forgiving(_: Mock, request: Request) -> Request:
    """Return a request whose JSON has no comma too many."""
    return attrs.evolve(request, body=re.sub(rb",\s*([}\]])", rb"\1", request.body))


@pytest.mark.parametrize("vendor", ["convocore", "raia", "zild"])
def test_a_comma_too_many(vendor: str) -> None:
    """A good body with a comma too many is no JSON."""
    found = oracle(vendor, *started(Mutant(vendor, forgiving)), Settings(shrink=False), parts=["sweep"])

    assert ["model: malformed-body-is-refused"] == [each.code for each in found]


def started(mock: Mock) -> tuple[dict[str, Any], Target]:
    """Return the document and the target of a vendor."""
    document = load(mock.vendor)
    return document, mock_in_process(mock.vendor, document, mock)


def operations(mock: Mock) -> list[str]:
    """Return the operations that the bad requests find something of."""
    found = oracle(mock.vendor, *started(mock), Settings(shrink=False), parts=["sweep"])
    return [each.operation for each in found]
