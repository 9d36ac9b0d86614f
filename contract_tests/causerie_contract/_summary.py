"""A result in a few lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ._result import Result

#: Lines that are shown of a list; the reports have them all.
_SHOWN = 5


def counts(result: Result) -> str:
    """Return one line with the counts of cases, operations and linked sequences, and the time."""
    summary = result.summary
    plural = "" if summary["operations"] == 1 else "s"
    return (
        f"{result.vendor} ({result.target}, seed {summary['seed']}): {summary['cases']} cases on "
        f"{summary['operations']} operation{plural}, {result.linked} of {result.scenarios} "
        f"sequences linked, {summary['seconds']:.1f} s, {summary['cases_per_second']:.0f} cases/s"
    )


def asides(result: Result) -> Iterator[str]:
    """Yield contradictions of our own inferences, and what was never seen."""
    told = [(finding.operation, violation) for finding in result.reported for violation in finding.violations]
    if told:
        yield f"  contradicts what we infer, and is no failure: {len(told)}"
    yield from _some([f"{operation}: {violation.where}: {violation.problem}" for operation, violation in told])
    unexplained = [each for each in result.unwitnessed if each.reason is None]
    explained = len(result.unwitnessed) - len(unexplained)
    if result.unwitnessed:
        yield f"  never seen: {len(unexplained)} without and {explained} with a known reason"
    yield from _some([f"{each.operation}: {each.what}, at #{each.pointer}" for each in unexplained])


def _some(lines: list[str]) -> Iterator[str]:
    yield from (f"    {line}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"    and {len(lines) - _SHOWN} more"
