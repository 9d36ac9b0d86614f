"""Decides which parts of a result are failures, for the command, for pytest and for the reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from causerie_spec.evidence import promised_by

from ._result import Result
from ._witness import needless

#: The most findings of one operation that a failure shows; the reports have them all.
_SHOWN = 10


@attrs.frozen
class Verdict:
    """A claim about a result. It holds if there is neither `failure` nor `skipped`."""

    claim: str
    #: The operation of the claim; empty for the vendor as a whole.
    operation: str
    #: A description of the failure, in lines.
    failure: str = ""
    #: The reason why it could not be judged.
    skipped: str = ""
    #: Properties for JUnit's XML, as names and values.
    properties: tuple[tuple[str, str], ...] = ()


def verdicts(result: Result) -> Iterator[Verdict]:
    """Return the verdicts on every claim about a result."""
    yield is_complete(result)
    for judge in (conforms, is_exercised):
        yield from _each(judge, result)
    yield has_no_warnings(result)
    yield has_linked_sequences(result)
    yield from _each(is_witnessed, result)
    yield has_needed_reasons(result)


def has_failed(result: Result) -> bool:
    """Return whether a run with this result fails."""
    return any(verdict.failure for verdict in verdicts(result))


def is_complete(result: Result) -> Verdict:
    """Judge whether the run came to its end."""
    return Verdict("the run is complete", "", "\n".join(result.errors))


def conforms(result: Result, operation: str) -> Verdict:
    """Judge whether no check found a contradiction between the operation and the document."""
    tally = result.operations[operation]
    failure = skipped = ""
    if result.ended and not tally.cases:
        skipped = f"Not tested, as {result.ended}."
    elif tally.findings:
        more = [f"and {len(tally.findings) - _SHOWN} more findings"] if len(tally.findings) > _SHOWN else []
        failure = "\n\n".join([*map(str, tally.findings[:_SHOWN]), *more])
    else:
        others = result.found(operation)
        failure = "\n".join(f"A finding of {each.operation} covers it ({each.title})." for each in others)
    properties = tuple(_properties(result, operation))
    return Verdict("conforms to the document", operation, failure, skipped, properties)


def is_exercised(result: Result, operation: str) -> Verdict:
    """Judge whether enough requests succeeded for the absence of findings to mean something."""
    claim = "was tested"
    shortcoming = result.operations[operation].shortcoming
    if shortcoming and result.ended:
        return Verdict(claim, operation, skipped=f"Not judged, as {result.ended}.")
    return Verdict(claim, operation, f"{result.vendor} {operation}: {shortcoming}" if shortcoming else "")


def has_no_warnings(result: Result) -> Verdict:
    """Judge whether Schemathesis gave no warning. Each warning makes the absence of findings mean less."""
    lines = [f"{kind}: {', '.join(names)}" for kind, names in result.warnings.items()]
    return Verdict("there is no warning", "", "\n".join([f"{result.vendor}:", *lines]) if lines else "")


def has_linked_sequences(result: Result) -> Verdict:
    """Judge whether enough sequences used the answer of one operation for a successful request to another."""
    claim = "sequences of requests link"
    if result.ended:
        return Verdict(claim, "", skipped=f"Not judged, as {result.ended}.")
    if result.linked >= result.min_linked:
        return Verdict(claim, "")
    return Verdict(
        claim,
        "",
        f"{result.vendor}: only {result.linked} of {result.scenarios} sequences of requests used an answer for "
        f"another successful request; {result.min_linked} are needed to say that they were tested.",
    )


def is_witnessed(result: Result, operation: str) -> Verdict:
    """Judge whether everything that the document allows was seen, except what witnesses.toml excuses with a reason."""
    claim = "all that the document allows was seen"
    if result.ended:
        return Verdict(claim, operation, skipped=f"Not judged, as {result.ended}.")
    missing = result.vacuous(operation) if result.strict else []
    return Verdict(
        claim, operation, "\n".join([f"{result.vendor} {operation}:", *map(str, missing)]) if missing else ""
    )


def has_needed_reasons(result: Result) -> Verdict:
    """Judge whether every excuse in witnesses.toml is still needed: a stale one would hide a gap later."""
    stale = needless(result.vendor, result.unwitnessed) if result.strict else []
    failure = "\n".join([f"{result.vendor}: witnesses.toml has entries that are not needed:", *stale]) if stale else ""
    return Verdict("every reason in witnesses.toml is needed", "", failure)


def _each(judge: Callable[[Result, str], Verdict], result: Result) -> Iterator[Verdict]:
    return (judge(result, operation) for operation in result.operations)


def _properties(result: Result, operation: str) -> Iterator[tuple[str, str]]:
    """Yield the evidence for an operation, and the checks that it fails."""
    yield "operation", f"{result.vendor}.{operation}"
    yield "evidence", promised_by(result.operations[operation].evidence)
    for finding in result.found(operation):
        yield "check", f"{finding.check} ({finding.code})"
        for violation in finding.violations:
            yield "pointer", f"{finding.file}#{violation.schema}"
            yield "keyword", violation.keyword
            yield "contradicts", promised_by(violation.evidence)
            if violation.line:
                yield "line", str(violation.line)
