"""The checks of the suite, cheapest first, until one of them fails."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from schemathesis.cli.context import BaseExecutionContext

from palaver_contract import _oracle, _run, _sequences
from palaver_contract._documents import load
from palaver_contract._ledger import Ledger
from palaver_contract._schema import schema
from palaver_contract._settings import Settings
from palaver_contract._target import mock_in_process
from palaver_mock import Mock
from tests.kill_rate.mutants import Mutant, Site


class Course:
    """The suite's way through one vendor with one seed; what looks at one operation looks at those of the mutant.

    Each of its parts names the first check that fails, and None when all of them pass.
    """

    def __init__(self, mutant: Mutant, site: Site, seed: int) -> None:
        self._vendor, self._document, self._seed = mutant.vendor, site.document, seed
        settings = Settings(seed=seed, shrink=False)
        self._ledger = Ledger(
            mutant.vendor, site.document, mock_in_process(mutant.vendor, site.document, site.mock), settings
        )
        self._settings = settings
        self._names = [name for name in mutant.operations if name in self._ledger.result.operations]
        made = schema(site.document, self._ledger.target, settings)
        self._context = BaseExecutionContext(made.config, made.find_operation_by_label)

    def behaviour(self) -> str | None:
        """The model oracle."""
        ledger = self._ledger
        found = _oracle.run(self._vendor, self._document, ledger.target, self._settings, ledger.observe)
        return next((f"oracle: {violation.keyword}" for each in found for violation in each.violations), None)

    def requests(self, *phases: str) -> str | None:
        """Phases of Schemathesis."""
        return next((killer for phase in phases for killer in self._phase(phase)), None)

    def witnesses(self) -> str | None:
        """What the document promises and nobody saw."""
        unseen = _unseen(self._vendor, self._seed)
        missing = self._ledger.close(0).unwitnessed
        new = (each.what for each in missing if each.reason is None and (each.pointer, each.what) not in unseen)
        return next((f"witnesses: {what}" for what in new), None)

    def gates(self) -> str | None:
        """What says that the absence of findings means nothing."""
        if self._context.warning_collector.fails_the_run():
            return "warnings: " + ", ".join(self._context.warning_collector.data.as_labels())
        tallies = self._ledger.result.operations
        return next((f"successes: {name}" for name in self._names if tallies[name].shortcoming), None)

    def sequences(self) -> str | None:
        """Schemathesis' sequences of requests."""
        _sequences.run(schema(self._document, self._ledger.target, self._settings), self._ledger, self._settings)
        return next(self._told("stateful"), None)

    def _phase(self, phase: str) -> Iterator[str]:
        self._ledger.target.reset()
        made = schema(self._document, self._ledger.target, self._settings)
        _run._operations(phase, made.include(operation_id=self._names), self._context, self._ledger)
        return self._told(phase)

    def _told(self, phase: str) -> Iterator[str]:
        result = self._ledger.result
        checks: Iterable[str] = (each.check for tally in result.operations.values() for each in tally.findings)
        return (f"{phase}: {what}" for what in (*checks, *result.errors))


@functools.cache
def _unseen(vendor: str, seed: int) -> frozenset[tuple[str, str]]:
    """What the model oracle does not see of the sound mock: the phases that the course leaves out see it."""
    document = load(vendor)
    settings = Settings(seed=seed, shrink=False)
    ledger = Ledger(vendor, document, mock_in_process(vendor, document, Mock(vendor)), settings)
    _oracle.run(vendor, document, ledger.target, settings, ledger.observe)
    return frozenset((each.pointer, each.what) for each in ledger.close(0).unwitnessed)


def first(mutant: Mutant, seed: int, fired: list[int]) -> str | None:
    """The first check that fails; None when all of them pass. Adds to `fired` how often the fault showed."""
    with mutant.site() as site:
        course = Course(mutant, site, seed)
        try:
            killer = course.behaviour() or course.requests("examples", "coverage") or course.gates()
        finally:
            fired.append(site.fired)
    killer = killer or course.witnesses()  # while nothing is at fault
    if killer is None:
        with mutant.site() as site:
            course = Course(mutant, site, seed)
            try:
                killer = course.requests("fuzzing") or course.gates() or course.sequences()
            finally:
                fired.append(site.fired)
    return killer
