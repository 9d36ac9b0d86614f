"""What a live run may write: only to numbers that are allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._writes import Own, Write

#: How a body names people, in lower case: to ASP.NET `Recipient` is `recipient`, and the last of them wins.
_PEOPLE = frozenset({"recipient", "accountids", "contactids", "counterpartuserid"})


def _start(body: Any, own: Own) -> Any:
    rest = {name: value for name, value in body.items() if name.lower() not in _PEOPLE}
    return rest | {"recipient": sorted(own.recipients)}


def _to_allowed_numbers(body: Any, own: Own) -> str:
    numbers = body.get("recipient")
    if [name for name in body if name.lower() in _PEOPLE] != ["recipient"] or not isinstance(numbers, list):
        return "it names people otherwise than by numbers that are in --allow-recipient"
    if not numbers or not all(number in own.recipients for number in numbers):
        return "it would reach somebody who is not in --allow-recipient"
    return ""


WRITES: Mapping[str, Write] = {
    "start_proactive_conversation": Write(_start, _to_allowed_numbers, makes=("id",), stays=True, continues=True),
}
