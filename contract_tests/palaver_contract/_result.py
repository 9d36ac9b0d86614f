"""What a run found out about one vendor."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from palaver_contract._evidence import Evidence
from palaver_contract._finding import Finding
from palaver_contract._settings import Settings

#: The smallest share of an operation's well-formed requests that must succeed, over all phases. Schemathesis' warning
#: low_valid_rate looks at each phase for itself.
MIN_SHARE = 0.5


@dataclass(slots=True)
class Tally:
    """What was sent to one operation, and came back."""

    evidence: Evidence | None
    #: Requests of every kind.
    cases: int = 0
    #: Answers with a 2xx status.
    successes: int = 0
    #: Well-formed requests outside of sequences, which try unknown ids on purpose; and those of them that succeeded.
    valid: int = 0
    accepted: int = 0
    findings: list[Finding] = field(default_factory=list[Finding])

    @property
    def share(self) -> float:
        """Share of the well-formed requests that succeeded."""
        return self.accepted / self.valid if self.valid else 0.0

    @property
    def shortcoming(self) -> str | None:
        """Why the absence of findings means nothing; None when it means something."""
        if not self.cases:
            return "It was not called."
        if not self.successes:
            return "None of its answers was a success: are the credential and the path right, do the ids exist?"
        if self.share < MIN_SHARE:
            return (
                f"{self.accepted} of {self.valid} well-formed requests succeeded; at least {MIN_SHARE:.0%} are needed "
                "to say that its answers were tested."
            )
        return None


@dataclass(slots=True)
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
    #: Schemathesis' warnings that fail the run: the operations or messages by kind.
    warnings: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    #: What kept the run from its end.
    errors: list[str] = field(default_factory=list[str])
    seconds: float = 0.0

    @property
    def min_linked(self) -> int:
        """How many sequences must be linked: a quarter of those asked for, and none where there is one operation."""
        return max(1, self.settings.max_examples // 4) if len(self.operations) != 1 else 0

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
            "warnings": self.warnings,
            "errors": self.errors,
        }

    def entry(self, operation: str) -> dict[str, Any]:
        """The operation's entry in the report."""
        tally = self.operations[operation]
        return {
            "vendor": self.vendor,
            "operation": operation,
            "evidence": tally.evidence and tally.evidence.level,
            "source": tally.evidence and tally.evidence.source,
            "cases": tally.cases,
            "successes": tally.successes,
            "valid_rate": round(tally.share, 3),
            "failures": len(tally.findings) + (tally.shortcoming is not None),
        }
