"""What a run found out about one vendor."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs

from causerie_spec.documents import operations
from causerie_spec.evidence import Evidence, evidence

from ._finding import Finding
from ._settings import Settings
from ._witness import Unwitnessed

#: The smallest share of an operation's well-formed requests that must succeed, over all phases.
MIN_SHARE = 0.5
#: Statuses with which a server answers what it does not have.
LACKING = frozenset({404, 405, 501})
#: Why a run ended early that somebody has stopped.
INTERRUPTED = "it was interrupted"


@attrs.define
class Tally:
    """The requests to one operation, and the answers to them."""

    evidence: Evidence | None
    #: Method and path.
    label: str = ""
    #: Requests of every kind.
    cases: int = 0
    #: Answers with a 2xx status.
    successes: int = 0
    #: Well-formed requests outside of sequences, which try unknown ids on purpose, each that was refused but once a
    #: phase; and those of them that succeeded.
    valid: int = 0
    accepted: int = 0
    #: How often each check looked at an answer.
    checks: Counter[str] = attrs.field(factory=Counter[str])
    findings: list[Finding] = attrs.field(factory=list[Finding])
    #: Of all answers.
    statuses: set[int] = attrs.field(factory=set[int])

    @property
    def share(self) -> float:
        """Share of the well-formed requests that succeeded."""
        return self.accepted / self.valid if self.valid else 0.0

    @property
    def is_lacking(self) -> bool:
        """Whether the server seems to lack the operation, as it says so whatever it is asked."""
        return bool(self.statuses) and self.statuses <= LACKING

    @property
    def shortcoming(self) -> str | None:
        """Why the absence of findings means nothing; None when it means something."""
        if not self.cases:
            return "It was not called."
        if self.is_lacking:
            statuses = " or ".join(map(str, sorted(self.statuses)))
            return f"None of its answers was a success, all were {statuses}: is it there, is the path right?"
        if not self.successes:
            return "None of its answers was a success: are the credential and the path right, do the ids exist?"
        if self.share < MIN_SHARE:
            return (
                f"{self.accepted} of {self.valid} well-formed requests succeeded; at least {MIN_SHARE:.0%} are needed "
                "to say that its answers were tested."
            )
        return None


def tallies(document: dict[str, Any]) -> dict[str, Tally]:
    """Return an empty tally for each operation of `document`."""
    return {
        name: Tally(evidence(document, ("paths", path, method)), f"{method.upper()} {path}")
        for name, (method, path) in operations(document).items()
    }


@attrs.define
class Result:
    """What a run found out about one vendor."""

    vendor: str
    target: str
    settings: Settings
    #: By operationId.
    operations: dict[str, Tally]
    #: Stateful sequences, and those of them in which an answer's value led to another success.
    scenarios: int = 0
    linked: int = 0
    #: What contradicts an inference of ours on a server that is no mock: it is reported, and is no failure.
    reported: list[Finding] = attrs.field(factory=list[Finding])
    #: What the document promises and nobody saw.
    unwitnessed: list[Unwitnessed] = attrs.field(factory=list[Unwitnessed])
    #: Schemathesis' warnings that fail the run: the operations or messages by kind.
    warnings: dict[str, list[str]] = attrs.field(factory=dict[str, list[str]])
    #: What kept the run from its end.
    errors: list[str] = attrs.field(factory=list[str])
    #: Why the run ended early, and empty when it did not.
    ended: str = ""
    #: What a run on a server that others use has to say of itself.
    notes: list[str] = attrs.field(factory=list[str])
    #: By rule of the model, the lacking operations for which it was not tested to its end.
    unjudged: dict[str, set[str]] = attrs.field(factory=dict[str, set[str]])
    #: Operations that reach people, whose behaviour was not judged, as nobody was named whom they may reach.
    unreached: list[str] = attrs.field(factory=list[str])
    #: Seconds by phase, and in all.
    phases: dict[str, float] = attrs.field(factory=dict[str, float])
    seconds: float = 0.0
    #: Whether what was never seen is a failure: a mock shows all that it can when it is tested in full, and any other
    #: server what it has.
    strict: bool = True

    @property
    def findings(self) -> list[Finding]:
        """All findings, operation by operation."""
        return [finding for tally in self.operations.values() for finding in tally.findings]

    def found(self, operation: str) -> list[Finding]:
        """Return the findings that the operation shows, also those that are listed under another one."""
        return [finding for finding in self.findings if operation in {finding.operation, *finding.also}]

    def vacuous(self, operation: str) -> list[Unwitnessed]:
        """Return a description of what the operation should have answered but never did."""
        return [each for each in self.unwitnessed if each.operation == operation and each.reason is None]

    @property
    def min_linked(self) -> int:
        """How many sequences must be linked: a quarter of those asked for, and none where there are none."""
        alone = len(self.operations) == 1 or self.settings.live is not None or bool(self.settings.operations)
        return 0 if alone else max(1, self.settings.max_examples // 4)

    @property
    def cases(self) -> int:
        """Requests to all operations."""
        return sum(tally.cases for tally in self.operations.values())

    @property
    def summary(self) -> dict[str, Any]:
        """The vendor's entry in the report."""
        return {
            "vendor": self.vendor,
            "target": self.target,
            "seed": self.settings.seed,
            "operations": len(self.operations),
            "cases": self.cases,
            "scenarios": self.scenarios,
            "linked_scenarios": self.linked,
            "seconds": round(self.seconds, 2),
            "cases_per_second": round(self.cases / self.seconds, 1) if self.seconds else 0.0,
            "phases": {name: round(seconds, 2) for name, seconds in self.phases.items()},
            "strict": self.strict,
            "ended": self.ended,
            "warnings": self.warnings,
            "errors": self.errors,
            "notes": self.notes,
            "unreached": self.unreached,
            "overview": self.overview,
        }

    @property
    def lacking(self) -> list[str]:
        """The operations that the server seems to lack."""
        return [name for name, tally in self.operations.items() if tally.is_lacking]

    @property
    def overview(self) -> list[str]:
        """What is wrong, in a few sentences; none when nothing is."""
        found = self.findings
        lines = []
        if self.ended:
            left = [name for name, tally in self.operations.items() if not tally.cases]
            lines.append(f"The run ended early, as {self.ended}.")
            if left:
                many = f"{len(left)} of {len(self.operations)} operations were never called"
                lines.append(f"{many}: {', '.join(left)}.")
        if self.lacking:
            many = f"{len(self.lacking)} of {len(self.operations)} operations seem not to be there"
            lines.append(f"{many}: {', '.join(self.lacking)}.")
        if found:
            about = len({name for finding in found for name in (finding.operation, *finding.also)})
            titles = Counter(finding.title for finding in found)
            causes = "; ".join(f"{count} × {title}" for title, count in titles.most_common())
            lines.append(f"{len(found)} findings about {about} operations: {causes}.")
        if self.unjudged:
            needed = sorted({operation for operations in self.unjudged.values() for operation in operations})
            rules = ", ".join(rule.replace("_", " ") for rule in self.unjudged)
            lines.append(f"Not tested to the end for want of {', '.join(needed)}: {rules}.")
        if self.unreached:
            lines.append(
                f"Nothing was judged of the behaviour of {', '.join(self.unreached)}: it reaches people, and none is "
                "named with --allow-recipient."
            )
        return lines

    def entry(self, operation: str) -> dict[str, Any]:
        """Return the operation's entry in the report."""
        tally = self.operations[operation]
        return {
            "vendor": self.vendor,
            "operation": operation,
            "label": tally.label,
            "evidence": tally.evidence and tally.evidence.level,
            "source": tally.evidence and tally.evidence.source,
            "cases": tally.cases,
            "successes": tally.successes,
            "valid_rate": round(tally.share, 3),
            "checks": dict(sorted(tally.checks.items())),
            "shortcoming": tally.shortcoming,
            "failures": len(self.found(operation)) + (tally.shortcoming is not None),
        }
