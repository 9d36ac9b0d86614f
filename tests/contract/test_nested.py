"""Bad values deep in a body: a server that looks only at the beginning of it is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from causerie_contract._finding import Finding
from causerie_contract._oracle import run as oracle
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_mock import Mock, Request
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


def operations(mock: Mock) -> list[str]:
    """Return the operations that the bad requests find something of."""
    document = load(mock.vendor)
    target = mock_in_process(mock.vendor, document, mock)
    found: list[Finding] = oracle(mock.vendor, document, target, Settings(shrink=False), parts=["sweep"])
    return [each.operation for each in found]
