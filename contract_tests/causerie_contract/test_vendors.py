"""Holds a server against the vendor's document: the run of a vendor as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ._report import vendor_property
from ._result import Result
from ._width import narrow


def test_run_is_complete(result: Result, record_property: Callable[[str, Any], None]) -> None:
    """Nothing kept the run from its end."""
    record_property(*vendor_property(result))

    if result.errors:
        pytest.fail("\n".join(narrow(result.errors)), pytrace=False)


def test_no_warnings(result: Result) -> None:
    """Schemathesis has no warning: each of them says that a green run means less than it seems."""
    if result.warnings:
        lines = [f"{kind}: {', '.join(names)}" for kind, names in result.warnings.items()]
        pytest.fail("\n".join(narrow([f"{result.vendor}:", *lines])), pytrace=False)


def test_sequences_link(result: Result) -> None:
    """Enough sequences went on from one operation's answer to another's success."""
    if result.ended:
        pytest.skip(f"Not judged, as {result.ended}.")
    if result.linked < result.min_linked:
        pytest.fail(
            f"{result.vendor}: only {result.linked} of {result.scenarios} sequences of requests used an answer for "
            f"another successful request; {result.min_linked} are needed to say that they were tested.",
            pytrace=False,
        )
