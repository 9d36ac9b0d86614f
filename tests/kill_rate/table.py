"""What came of the mutants, as a table and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

import causerie_mock
from tests.kill_rate.measure import Outcome

_VERDICTS = ("killed", "survived", "not reached", "equivalent")


def show(outcomes: Sequence[Outcome], seconds: float) -> None:
    """Print operators by vendors, the totals, and every mutant that was not killed."""
    console = Console(width=140)
    table = Table(title="killed + survived + not reached + equivalent", title_justify="left")
    for column in ("mutated", "operator", *causerie_mock.VENDORS, "killed by"):
        table.add_column(column)
    for kind, operator in dict.fromkeys((each.mutant.kind, each.mutant.operator) for each in outcomes):
        row = [each for each in outcomes if (each.mutant.kind, each.mutant.operator) == (kind, operator)]
        cells = [_counts([each for each in row if each.mutant.vendor == vendor]) for vendor in causerie_mock.VENDORS]
        table.add_row(kind, operator, *cells, _killers(row))
    console.print(table)
    for line in _lines(outcomes):
        console.print(line, markup=False)
    console.print(f"{_total(outcomes)} {seconds:.0f} s.")


def write(outcomes: Sequence[Outcome], seconds: float, path: Path) -> None:
    """Write all of it as JSON."""
    report: dict[str, Any] = {
        "mutants": len(outcomes),
        **Counter(each.verdict for each in outcomes),
        "rate": rate(outcomes),
        "seconds": round(seconds, 1),
        "outcomes": [each.entry for each in outcomes],
    }
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def rate(outcomes: Sequence[Outcome]) -> float:
    """Return the share of killed mutants among those that are not equivalent; what was not reached was not killed."""
    counted = [each for each in outcomes if each.verdict != "equivalent"]
    return sum(each.verdict == "killed" for each in counted) / len(counted) if counted else 0.0


def _total(outcomes: Sequence[Outcome]) -> str:
    counts = Counter(each.verdict for each in outcomes)
    told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in _VERDICTS)
    return f"{len(outcomes)} mutants: {told}; {rate(outcomes):.1%} of those that are not equivalent are killed."


def _counts(outcomes: Sequence[Outcome]) -> str:
    counts = Counter(each.verdict for each in outcomes)
    return " + ".join(str(counts[verdict]) for verdict in _VERDICTS) if outcomes else ""


def _killers(outcomes: Sequence[Outcome]) -> str:
    killers = Counter(trial.killer.partition(":")[0] for each in outcomes for trial in each.trials if trial.killer)
    return ", ".join(killer for killer, _ in killers.most_common())


def _lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for each in outcomes:
        seeds = sum(trial.killer is not None for trial in each.trials)
        if each.verdict in {"survived", "not reached"}:
            yield f"{each.verdict} after {seeds} kills: {each.mutant}"
            yield from (f"  the suite broke off: {trial.broken}" for trial in each.trials if trial.broken)
        elif each.verdict == "equivalent" and seeds:
            yield f"killed, although it was thought equivalent: {each.mutant}: {each.trials[0].killer}"
    for each in outcomes:
        if each.mutant.equivalent is not None:
            yield f"equivalent: {each.mutant}: {each.mutant.equivalent}"
