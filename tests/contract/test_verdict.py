"""What of a result is a failure."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from causerie_contract._result import INTERRUPTED, Result, Tally
from causerie_contract._settings import Settings
from causerie_contract._verdict import conforms, has_failed, verdicts
from tests.contract.reports import DOCUMENTED, FINDING, UNSEEN, failed, sound


def failures(result: Result) -> list[str]:
    """Return the claims that do not hold."""
    return [verdict.claim for verdict in verdicts(result) if verdict.failure]


def pair() -> Result:
    """Return a sound result about two operations."""
    tally = Tally(DOCUMENTED, "GET /x", 20, 20, 20, 20)
    return Result("zild", "a mock", Settings(), {"ask": tally, "tell": attrs.evolve(tally)}, linked=10, strict=False)


def test_sound() -> None:
    """A result in which nothing is wrong does not fail, and one in which much is does."""
    assert [False, False, True] == [has_failed(result) for result in (sound(), pair(), failed())]


@pytest.mark.parametrize(
    ("changes", "claim"),
    [
        ({"errors": ["The run broke off."]}, "the run is complete"),
        ({"warnings": {"missing_auth": ["GET /x"]}}, "there is no warning"),
        ({"linked": 9}, "sequences of requests link"),
        ({"strict": True}, "every reason in witnesses.toml is needed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_vendor(changes: dict[str, Any], claim: str) -> None:
    """Each of what is said of a vendor as a whole is a failure alone."""
    assert [claim] == failures(attrs.evolve(pair(), **changes))


def test_witnesses() -> None:
    """What was never seen is a failure where all can be seen, unless there is a reason."""
    unseen = [attrs.evolve(UNSEEN, operation="ask"), attrs.evolve(UNSEEN, operation="tell", reason="Because.")]
    strict, lenient = (attrs.evolve(pair(), unwitnessed=unseen, strict=strict) for strict in (True, False))

    assert [["ask"], []] == [
        [verdict.operation for verdict in verdicts(result) if verdict.failure and verdict.operation]
        for result in (strict, lenient)
    ]


def test_operations() -> None:
    """A finding fails each operation that shows it; what was hardly ever successful fails, too."""
    result = pair()
    result.operations["ask"].findings = [attrs.evolve(FINDING, operation="ask", also=("tell",))] * 12
    result.operations["tell"].accepted = 3
    told = [(verdict.operation, verdict.claim) for verdict in verdicts(result) if verdict.failure]

    assert [
        ("ask", "conforms to the document"),
        ("tell", "conforms to the document"),
        ("tell", "was tested"),
    ] == told
    assert conforms(result, "ask").failure.endswith("\n\nand 2 more findings")
    assert "A finding of ask covers it (Response violates schema)." in conforms(result, "tell").failure


def test_early_end() -> None:
    """Of a run that ended early only what was found is judged."""
    result = attrs.evolve(pair(), ended=INTERRUPTED, linked=0)
    result.operations["tell"] = Tally(DOCUMENTED)

    assert [] == failures(result)
    assert [
        ("tell", "Not tested, as it was interrupted."),
        ("tell", "Not judged, as it was interrupted."),
        ("", "Not judged, as it was interrupted."),
        ("ask", "Not judged, as it was interrupted."),
        ("tell", "Not judged, as it was interrupted."),
    ] == [(verdict.operation, verdict.skipped) for verdict in verdicts(result) if verdict.skipped]
