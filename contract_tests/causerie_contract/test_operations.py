"""Holds a server against the vendor's document: operation by operation."""

from __future__ import annotations

from collections.abc import Callable

from ._plugin import settle
from ._result import Result
from ._verdict import conforms, is_exercised


def test_conforms(result: Result, operation: str, record_property: Callable[[str, object], None]) -> None:
    """No check of no phase found a contradiction between the server and the document."""
    verdict = conforms(result, operation)
    for name, value in verdict.properties:
        record_property(name, value)

    settle(verdict)


def test_is_exercised(result: Result, operation: str) -> None:
    """Enough requests succeeded for the absence of findings to mean something."""
    settle(is_exercised(result, operation))
