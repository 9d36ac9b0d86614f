"""Holds a run against the document: all that the document allows was seen at least once."""

from __future__ import annotations

import pytest

from palaver_contract._result import Result


def test_nothing_is_vacuous(result: Result, operation: str) -> None:
    """Every status, optional field, enum value and type was seen, or witnesses.toml says why it cannot be."""
    missing = result.vacuous(operation)
    if missing and result.strict:
        pytest.fail("\n".join([f"{result.vendor} {operation}:", *map(str, missing)]), pytrace=False)
