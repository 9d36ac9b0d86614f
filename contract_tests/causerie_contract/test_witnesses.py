"""Holds a run against the document: all that the document allows was seen at least once."""

from __future__ import annotations

from ._plugin import settle
from ._result import Result
from ._verdict import has_needed_reasons, is_witnessed


def test_nothing_is_vacuous(result: Result, operation: str) -> None:
    """Every status, optional field, enum value and type was seen, or witnesses.toml says why it cannot be."""
    settle(is_witnessed(result, operation))


def test_every_reason_is_needed(result: Result) -> None:
    """What witnesses.toml says cannot be seen is not seen: an entry that covers too much would hide something."""
    settle(has_needed_reasons(result))
