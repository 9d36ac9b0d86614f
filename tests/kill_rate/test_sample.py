"""A sample of the measurement, in every run of the tests; `make kill-rate` tries all of them."""

from __future__ import annotations

import pytest

from tests.kill_rate.measure import trial
from tests.kill_rate.mutants import Mutant, every, sample


@pytest.mark.parametrize("mutant", sample(20), ids=str)
def test_the_suite_finds_it(mutant: Mutant) -> None:
    """A fault makes a difference, and a check of the suite fails for it."""
    result = trial(mutant, 1)

    assert result.broken is None
    assert result.fired
    assert result.killer is not None


def test_there_are_enough_mutants() -> None:
    """Every kind of fault is tried on every vendor, and each mutant is another one."""
    mutants = every()

    assert len(mutants) >= 250
    assert len({str(mutant) for mutant in mutants}) == len(mutants)
    assert 9 == len({(mutant.vendor, mutant.kind) for mutant in mutants})
