"""Holds a server against the vendor's document: operation by operation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ._report import operation_property, told_properties
from ._result import Result
from ._width import narrow

#: Findings of one operation that a failure shows; the report has them all.
_SHOWN = 10


def test_conforms(result: Result, operation: str, record_property: Callable[[str, Any], None]) -> None:
    """No check of no phase found a contradiction between the server and the document."""
    record_property(*operation_property(result, operation))
    for each in told_properties(result, operation):
        record_property(*each)

    if result.ended and not result.operations[operation].cases:
        pytest.skip(f"Not tested, as {result.ended}.")
    findings = result.operations[operation].findings
    others = [finding for finding in result.found(operation) if finding.operation != operation]
    if others and not findings:
        lines = [f"It breaks what a finding of {each.operation} tells ({each.title})." for each in others]
        pytest.fail("\n".join(narrow(lines)), pytrace=False)
    if findings:
        more = [f"and {len(findings) - _SHOWN} more findings"] if len(findings) > _SHOWN else []
        told = "\n\n".join([*map(str, findings[:_SHOWN]), *more])
        pytest.fail("\n".join(narrow([told])), pytrace=False)


def test_is_exercised(result: Result, operation: str) -> None:
    """Enough requests succeeded for the absence of findings to mean something."""
    shortcoming = result.operations[operation].shortcoming
    if shortcoming and result.ended:
        pytest.skip(f"Not judged, as {result.ended}.")
    if shortcoming:
        pytest.fail("\n".join(narrow([f"{result.vendor} {operation}: {shortcoming}"])), pytrace=False)
