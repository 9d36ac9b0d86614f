"""The model oracle: sends sequences of requests to the server, and knows what each answer must be."""

from __future__ import annotations

import contextlib
import csv
import functools
from collections.abc import Callable, Collection
from typing import Any, Literal

import httpx
import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity
from hypothesis.errors import Flaky, FlakyFailure, Unsatisfiable, UnsatisfiedAssumption
from hypothesis.stateful import run_state_machine_as_test

from .._finding import Finding
from .._pulse import Died
from .._settings import Settings
from .._target import Target
from .._vendor import vendor_of
from ._bench import Bench, Observe
from ._contract import Contract
from ._crossings import crossings
from ._machine import Machine
from ._merges import merges
from ._promise import Contradiction, Enough, Lacking
from ._races import races
from ._session import Session
from ._spellings import spellings
from ._strangers import strangers
from ._sweep import sweep
from ._values import values_everywhere

Part = Literal["chapters", "sweep", "spellings", "values", "races", "strangers", "chance"]
#: Sequences that are the same every time, bad requests, ids that are almost right, every value in every field, requests
#: that are sent at the same time, what another tenant has, and sequences that are drawn.
PARTS: tuple[Part, ...] = ("chapters", "sweep", "spellings", "values", "races", "strangers", "chance")

#: What an answer of an odd form makes of a step.
_BEWILDERING = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, httpx.InvalidURL, csv.Error)
#: Parts whose sequences end with a finding.
_ENDING: tuple[Part, ...] = ("chapters", "chance")
#: Rules in a sequence.
_STEPS = 16
#: Findings of one part, or of one chapter, after which the next one begins.
_ENOUGH: dict[Part, int] = {"chapters": 4, **dict.fromkeys(PARTS[1:], 12)}


def run(  # noqa: PLR0917 -- all of it is what a run is about
    vendor: str,
    document: dict[str, Any],
    target: Target,
    settings: Settings,
    observe: Observe = lambda *_: None,
    report: Callable[[Finding], None] = lambda _: None,
    parts: Collection[Part] = PARTS,
    lacking: Collection[str] = (),
    pass_over: Callable[[str, str], None] = lambda *_: None,
) -> list[Finding]:
    """Return everything in which the behaviour of `target` contradicts the model of this vendor.

    `observe` sees every request to an operation with its answer. `report` gets what contradicts an inference of ours on
    a server that is no mock. Without `settings.shrink` it ends with the first finding. Operations that are `lacking`
    so far are tried all the same; what needs one of them in vain is passed over, and `pass_over` gets its name.
    """
    known = vendor_of(vendor).oracle
    if known is None:
        raise ValueError(f"There is no model of {vendor}.")
    base, machine = known
    with httpx.Client(transport=target.sender(), trust_env=False, timeout=30) as client:
        bench = Bench(vendor, Contract(document), target, settings, observe, report, client)
        bench.lacking, bench.pass_over = {*lacking}, pass_over
        steps: dict[Part, list[Callable[[], None]]] = {
            "chapters": [functools.partial(_chapter, bench, machine, chapter) for chapter in machine.chapters],
            "sweep": [functools.partial(sweep, bench, base)],
            "spellings": [functools.partial(spellings, bench, base)],
            "values": [functools.partial(values_everywhere, bench, base)],
            "races": [functools.partial(race, bench, base) for race in (races, merges, crossings)],
            "strangers": [functools.partial(strangers, bench, base)],
            "chance": [functools.partial(_sequences, bench, machine)],
        }
        # Chance finds the shorter sequences, which shrink; the chapters find more at once.
        order = reversed(PARTS) if settings.shrink else PARTS
        with contextlib.suppress(Died):  # what was found before stands
            for part in order:
                bench.goes_on = settings.shrink and part not in _ENDING
                for step in steps[part] if part in parts else ():
                    bench.enough = len(bench.findings) + _ENOUGH[part] if settings.shrink else 1
                    _take(step, bench)
    return [*bench.findings, *bench.held]


def _take(step: Callable[[], None], bench: Bench) -> None:
    """Take a step of a part, and again for as long as something new ends it before there is enough."""
    while len(bench.findings) < bench.enough:
        before = len(bench.findings)
        try:
            if _is_done(step, bench):
                return
        except Contradiction as contradiction:
            bench.note(contradiction.finding)
        except Enough:
            return
        if len(bench.findings) == before:
            return


def _is_done(step: Callable[[], None], bench: Bench) -> bool:
    """Take a step, and return whether it has nothing more to find."""
    bench.latest = None
    try:
        step()
    except (Flaky, FlakyFailure):  # the server does not do the same again
        if bench.latest is not None:
            bench.note(bench.latest)
        return False
    except Lacking as lacking:
        bench.pass_over("bad requests", lacking.operation)
    except (Unsatisfiable, UnsatisfiedAssumption):  # what is known keeps every sequence from its end
        pass
    except _BEWILDERING as error:
        if bench.session is None:
            raise
        bench.session.bewildered(error)
        return False
    return True


def _chapter(bench: Bench, machine: type[Machine], chapter: Callable[[Any], None]) -> None:
    bench.target.reset()
    chapter(machine(Session(bench)))


def _sequences(bench: Bench, machine: type[Machine]) -> None:
    def begin() -> Machine:
        bench.target.reset()
        return machine(Session(bench))

    hypothesis.seed(bench.settings.seed)(begin)
    run_state_machine_as_test(
        begin,  # type: ignore[arg-type]  # a function will do, says Hypothesis
        settings=hypothesis.settings(
            max_examples=max(1, bench.settings.max_examples // 2),
            stateful_step_count=_STEPS,
            phases=[Phase.generate, Phase.shrink] if bench.settings.shrink else [Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
            report_multiple_bugs=False,
            verbosity=Verbosity.quiet,
            print_blob=False,
            database=None,
            deadline=None,
        ),
    )
