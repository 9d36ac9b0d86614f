"""The checks of the suite, cheapest first, until one of them fails."""

from __future__ import annotations

import contextlib
import functools
import itertools
from collections.abc import Iterable, Iterator

from schemathesis.cli.context import BaseExecutionContext
from schemathesis.specs.openapi.schemas import OpenApiSchema

from causerie_contract import _oracle, _run, _sequences
from causerie_contract._finding import Finding
from causerie_contract._ledger import Ledger
from causerie_contract._oracle import PARTS, Part
from causerie_contract._oracle._promise import Contradiction
from causerie_contract._patience import patience, sending
from causerie_contract._schema import schema
from causerie_contract._settings import Settings
from causerie_contract._stand_ins import StandIns
from causerie_contract._target import mock_in_process
from causerie_mock import Mock
from causerie_spec.documents import load
from tests.kill_rate.mutants import Mutant, Site

#: The part of the oracle that is the quickest.
_EARLY: tuple[Part, ...] = ("chapters",)
_LATER: tuple[Part, ...] = tuple(part for part in PARTS if part not in _EARLY)

#: The people whom the vendor behind a server that is no mock may reach.
_PEOPLE = ("+4915112345678", "ada@example.com")


def _end(told: Finding) -> None:
    """End the run with what it tells of: one finding is enough."""
    raise Contradiction(told)


class Course:
    """The suite's way through one vendor with one seed; what looks at one operation looks at those of the mutant.

    Each of its parts names the first check that fails, and None when all of them pass.
    """

    def __init__(self, mutant: Mutant, site: Site, seed: int) -> None:
        self._vendor, self._document, self._seed = mutant.vendor, site.document, seed
        target = site.target or mock_in_process(mutant.vendor, site.document, site.mock)
        # What contradicts an inference alone is only told of such a server, unless it is to be strict.
        self._settings = Settings(
            seed=seed, shrink=False, strict_inferences=target.real, recipients=_PEOPLE if target.real else ()
        )
        self._ledger = Ledger(mutant.vendor, site.document, target, self._settings)
        self._stand_ins = StandIns(mutant.vendor, site.document, target)
        self._names = [name for name in mutant.operations if name in self._ledger.result.operations]

    @property
    def is_spoilt(self) -> bool:
        """Whether what one check has written is still there for the next: the server cannot be reset."""
        return self._ledger.target.real

    @contextlib.contextmanager
    def connected(self) -> Iterator[Course]:
        """Have the requests of Schemathesis sent as the suite sends them, while the context lasts."""
        target = self._ledger.target
        with contextlib.ExitStack() as stack:
            if target.app is None:
                if target.real:
                    stack.enter_context(patience())
                stack.enter_context(sending(self._ledger.ask))
            yield self

    def behaviour(self, *parts: Part) -> str | None:
        """Run these parts of the model oracle."""
        ledger = self._ledger
        asked = self._vendor, self._document, ledger.target, self._settings, ledger.observe, _end
        found = _oracle.run(*asked, parts=parts)
        return next((f"oracle: {violation.keyword}" for each in found for violation in each.violations), None)

    def requests(self, *phases: str) -> str | None:
        """Run these phases of Schemathesis."""
        return next((killer for phase in phases for killer in self._phase(phase)), None)

    def witnesses(self, parts: tuple[Part, ...] = PARTS, sides: tuple[str, ...] = ("",)) -> str | None:
        """Find a promise of the document on these sides that nothing has met after these `parts` of the oracle."""
        if self.is_spoilt:
            return None  # nobody knows what such a server holds
        unseen = _unseen(self._vendor, self._seed, parts)
        missing = self._ledger.close(0).unwitnessed
        new = (each.what for each in missing if each.reason is None and (each.pointer, each.what) not in unseen)
        return next((f"witnesses: {what}" for what in new if what.startswith(sides)), None)

    def warnings(self) -> str | None:
        """Return what Schemathesis warns of in the phases: with a warning, their findings may mean little."""
        if self._context.warning_collector.fails_the_run():
            return "warnings: " + ", ".join(self._context.warning_collector.data.as_labels())
        return None

    def successes(self) -> str | None:
        """Name an operation without a success: that it has no findings means nothing."""
        tallies = self._ledger.result.operations
        return next((f"successes: {name}" for name in self._names if tallies[name].shortcoming), None)

    def sequences(self) -> str | None:
        """Run Schemathesis' sequences of requests."""
        _sequences.run(self._schema(), self._ledger, self._settings)
        return next(self._told("stateful"), None)

    @functools.cached_property
    def _context(self) -> BaseExecutionContext:
        made = self._schema()
        return BaseExecutionContext(made.config, made.find_operation_by_label)

    def _schema(self, names: list[str] | None = None) -> OpenApiSchema:
        return schema(
            self._vendor,
            self._document,
            self._ledger.target,
            self._settings,
            only=names,
            stand_ins=self._stand_ins,
        )

    def _phase(self, phase: str) -> Iterator[str]:
        self._ledger.target.reset()
        made = self._schema(self._names)
        _run._operations(phase, made, self._context, self._ledger)
        return self._told(phase)

    def _told(self, phase: str) -> Iterator[str]:
        result = self._ledger.result
        checks: Iterable[str] = (each.check for tally in result.operations.values() for each in tally.findings)
        return (f"{phase}: {what}" for what in (*checks, *result.errors))


def prepare(vendors: Iterable[str], seeds: Iterable[int]) -> None:
    """Find out what every mutant needs, once for all processes that begin after it."""
    for vendor, seed, parts in itertools.product(vendors, seeds, (_EARLY, PARTS)):
        _unseen(vendor, seed, parts)


@functools.cache
def _unseen(vendor: str, seed: int, parts: tuple[Part, ...]) -> frozenset[tuple[str, str]]:
    """Return what these parts of the oracle do not see of the sound mock, for it takes what the course leaves out."""
    document = load(vendor)
    settings = Settings(seed=seed, shrink=False)
    ledger = Ledger(vendor, document, mock_in_process(vendor, document, Mock(vendor)), settings)
    _oracle.run(vendor, document, ledger.target, settings, ledger.observe, parts=parts)
    return frozenset((each.pointer, each.what) for each in ledger.close(0).unwitnessed)


def first(mutant: Mutant, seed: int, fired: list[int]) -> str | None:
    """Return the first check that fails, if any does, and add to `fired` how often the fault showed."""
    with mutant.site() as site, Course(mutant, site, seed).connected() as course:
        try:
            killer = course.behaviour("chapters")
            # The mock is sound where the document is not: what its answers do not show now, they never do.
            if killer is None and mutant.kind == "document":
                killer = course.witnesses(_EARLY, sides=("in an answer: ", "status "))
            killer = killer or course.behaviour(*_LATER)
            if not course.is_spoilt:
                killer = killer or course.requests("examples", "coverage") or course.warnings() or course.successes()
        finally:
            fired.append(site.fired)
    killer = killer or course.witnesses()  # while nothing is at fault
    if killer is None:
        late = ("examples", "coverage", "fuzzing") if course.is_spoilt else ("fuzzing",)
        with mutant.site() as site, Course(mutant, site, seed).connected() as course:
            try:
                killer = course.requests(*late) or course.warnings() or course.sequences()
            finally:
                fired.append(site.fired)
    return killer
