"""Tries the mutants, in parallel, and keeps what came of each."""

from __future__ import annotations

import multiprocessing
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from tests.kill_rate.checks import first, prepare
from tests.kill_rate.mutants import Mutant

#: The seeds that each mutant is tried with.
SEEDS = (1, 2, 3)


@attrs.frozen
class Trial:
    """One mutant with one seed."""

    seed: int
    #: The check that failed; None when all passed.
    killer: str | None
    #: How often the fault made a difference.
    fired: int
    #: What broke the suite itself: no kill.
    broken: str | None = None


@attrs.frozen
class Outcome:
    """What came of one mutant."""

    mutant: Mutant
    trials: tuple[Trial, ...]
    #: Of the processor.
    seconds: float

    @property
    def killed(self) -> bool:
        """Whether a check failed with every seed."""
        return all(trial.killer for trial in self.trials)

    @property
    def verdict(self) -> str:
        """Equivalent, killed, not reached or survived."""
        if self.mutant.equivalent is not None:
            return "equivalent"
        if self.killed:
            return "killed"
        return "survived" if any(trial.fired for trial in self.trials) else "not reached"

    @property
    def entry(self) -> dict[str, Any]:
        """The mutant's entry in the report."""
        mutant = self.mutant
        return {
            "vendor": mutant.vendor,
            "kind": mutant.kind,
            "operator": mutant.operator,
            "operations": list(mutant.operations),
            "change": mutant.change,
            "verdict": self.verdict,
            "equivalent": mutant.equivalent,
            "seconds": round(self.seconds, 2),
            "trials": [
                {"seed": trial.seed, "killer": trial.killer, "fired": trial.fired, "broken": trial.broken}
                for trial in self.trials
            ],
        }


def outcomes(mutants: Sequence[Mutant], *, seeds: Iterable[int] = SEEDS, workers: int = 2) -> Iterator[Outcome]:
    """Try each mutant with each seed until it survives one, in parallel; the outcomes come in no order."""
    # The mutants hold functions, which cannot be pickled: the workers inherit them, and receive their numbers.
    context = multiprocessing.get_context("fork")
    seeds = tuple(seeds)
    prepare({mutant.vendor for mutant in mutants}, seeds)
    # What a process remembers of every mutant's document would fill the memory.
    with context.Pool(workers, _inherit, (mutants, seeds), maxtasksperchild=16) as pool:
        for index, trials, seconds in pool.imap_unordered(_try, range(len(mutants))):
            yield Outcome(mutants[index], trials, seconds)


_mutants: Sequence[Mutant] = ()
_seeds: tuple[int, ...] = ()


def _inherit(mutants: Sequence[Mutant], seeds: tuple[int, ...]) -> None:
    global _mutants, _seeds
    _mutants, _seeds = mutants, seeds


def _try(index: int) -> tuple[int, tuple[Trial, ...], float]:
    started = time.process_time()
    trials: list[Trial] = []
    for seed in _seeds:
        trials.append(trial(_mutants[index], seed))
        # What lives through one seed is not killed, whatever the others do.
        if trials[-1].killer is None and trials[-1].fired:
            break
    return index, tuple(trials), time.process_time() - started


def trial(mutant: Mutant, seed: int) -> Trial:
    """Try one mutant with one seed, until the first check fails."""
    fired: list[int] = []
    try:
        killer = first(mutant, seed, fired)
    except Exception:  # noqa: BLE001 - a suite that breaks is told apart from one that finds something
        return Trial(seed, None, sum(fired), traceback.format_exc(limit=-3))
    return Trial(seed, killer, sum(fired))
