"""Holds a run against the document: all that the document allows was seen at least once."""

from __future__ import annotations

import pytest

from ._result import Result
from ._width import narrow
from ._witness import needless


def test_nothing_is_vacuous(result: Result, operation: str) -> None:
    """Every status, optional field, enum value and type was seen, or witnesses.toml says why it cannot be."""
    if result.ended:
        pytest.skip(f"Not judged, as {result.ended}.")
    missing = result.vacuous(operation)
    if missing and result.strict:
        pytest.fail("\n".join(narrow([f"{result.vendor} {operation}:", *map(str, missing)])), pytrace=False)


def test_every_reason_is_needed(result: Result) -> None:
    """What witnesses.toml says cannot be seen is not seen: an entry that covers too much would hide something."""
    stale = needless(result.vendor, result.unwitnessed)
    if stale and result.strict:
        pytest.fail("\n".join([f"{result.vendor}: witnesses.toml has what is not needed:", *stale]), pytrace=False)
