"""When a green run means something."""

from __future__ import annotations

from collections import Counter

import attrs
import pytest

from causerie_contract._finding import Finding
from causerie_contract._result import Result, Tally
from causerie_contract._settings import Settings
from causerie_contract._witness import Unwitnessed
from causerie_spec.evidence import Evidence

EVIDENCE = Evidence("documented", "page")
FINDING = Finding("raia", "ask", "GET /x", "fuzzing", "check", "ST1", "Title", "Problem", 200, (), EVIDENCE, ("curl",))


def result(**tallies: Tally) -> Result:
    """Return a result with `tallies`."""
    return Result("raia", "a mock", Settings(seed=7, max_examples=40), tallies)


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(EVIDENCE), "not called"),
        (Tally(EVIDENCE, cases=50, valid=20), "None of its answers was a success"),
        (Tally(EVIDENCE, cases=50, successes=3, valid=20, accepted=3), "3 of 20 well-formed requests succeeded"),
        (Tally(EVIDENCE, cases=50, successes=3), "0 of 0 well-formed requests succeeded"),
    ],
)
def test_shortcoming(tally: Tally, words: str) -> None:
    """An operation that was hardly ever successful was hardly tested, and says so."""
    assert words in (tally.shortcoming or "")


def test_no_shortcoming() -> None:
    """An operation with enough successes was tested."""
    assert Tally(EVIDENCE, cases=50, successes=20, valid=20, accepted=10).shortcoming is None


@pytest.mark.parametrize(("asked", "needed"), [(1, 1), (3, 1), (40, 10)])
def test_sequences_that_must_link(asked: int, needed: int) -> None:
    """A quarter of the sequences, and at least one."""
    assert needed == Result("raia", "a mock", Settings(max_examples=asked), {}).min_linked


def test_summary() -> None:
    """The vendor's line counts over its operations."""
    found = result(ask=Tally(EVIDENCE, cases=30), tell=Tally(EVIDENCE, cases=20))
    found.scenarios, found.linked, found.seconds = 5, 4, 2.0
    found.phases = {"fuzzing": 1.234}
    found.warnings = {"missing_auth": ["GET /x"]}

    assert {
        "vendor": "raia",
        "target": "a mock",
        "seed": 7,
        "operations": 2,
        "cases": 50,
        "scenarios": 5,
        "linked_scenarios": 4,
        "seconds": 2.0,
        "cases_per_second": 25.0,
        "phases": {"fuzzing": 1.23},
        "strict": True,
        "ended": "",
        "warnings": {"missing_auth": ["GET /x"]},
        "errors": [],
        "notes": [],
        "unreached": [],
        "overview": [],
    } == found.summary


def test_entry() -> None:
    """The operation's entry counts its findings, and one more when it was not tested."""
    found = result(ask=Tally(EVIDENCE, "GET /x", 9, 8, 7, 6, Counter(b=2, a=1), [FINDING, FINDING]), tell=Tally(None))

    assert {
        "vendor": "raia",
        "operation": "ask",
        "label": "GET /x",
        "evidence": "documented",
        "source": "page",
        "cases": 9,
        "successes": 8,
        "valid_rate": 0.857,
        "checks": {"a": 1, "b": 2},
        "shortcoming": None,
        "failures": 2,
    } == found.entry("ask")
    assert (None, 1) == (found.entry("tell")["evidence"], found.entry("tell")["failures"])


def test_shared_cause() -> None:
    """A finding that several operations show is one, and each of them shows it."""
    shared = attrs.evolve(FINDING, also=("tell",))
    found = result(ask=Tally(EVIDENCE, findings=[shared]), tell=Tally(EVIDENCE), listen=Tally(EVIDENCE))

    assert ([shared], [shared], []) == (found.found("ask"), found.found("tell"), found.found("listen"))
    assert "so do tell" in str(shared)


def test_vacuous() -> None:
    """What was never seen counts for its operation, unless there is a reason."""
    bare = Unwitnessed("raia", "ask", "/a", "status 404", EVIDENCE, None)
    found = result(ask=Tally(EVIDENCE), tell=Tally(EVIDENCE))
    found.unwitnessed = [bare, attrs.evolve(bare, reason="Because."), attrs.evolve(bare, operation="tell")]

    assert [bare] == found.vacuous("ask")
    assert str(bare).splitlines() == [
        "never seen: status 404",
        "    at #/a",
        "    promised by the vendor's documentation (documented: page)",
    ]


def test_no_operation() -> None:
    """What is about no operation of the document names the request alone, and whose promise the operation is not."""
    text = str(attrs.evolve(FINDING, operation="", evidence=None))

    assert "raia GET /x: Title" == text.splitlines()[0]
    assert "the operation" not in text
