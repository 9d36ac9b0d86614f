"""Holds a server against the vendor's document: the run of a vendor as a whole."""

from __future__ import annotations

from ._plugin import settle
from ._result import Result
from ._verdict import has_linked_sequences, has_no_warnings, is_complete


def test_run_is_complete(result: Result) -> None:
    """Nothing kept the run from its end."""
    settle(is_complete(result))


def test_no_warnings(result: Result) -> None:
    """Schemathesis has no warning: each of them says that a green run means less than it seems."""
    settle(has_no_warnings(result))


def test_sequences_link(result: Result) -> None:
    """Enough sequences went on from one operation's answer to another's success."""
    settle(has_linked_sequences(result))
