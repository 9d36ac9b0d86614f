"""Counts requests and answers, and keeps each finding once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from schemathesis import Case, Response
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.engine.recorder import CaseNode

from palaver_contract._documents import operations
from palaver_contract._evidence import evidence
from palaver_contract._judge import Judge
from palaver_contract._result import Result, Tally
from palaver_contract._settings import Settings
from palaver_contract._target import Target


class Ledger:
    """The book of one run."""

    def __init__(self, vendor: str, document: dict[str, Any], target: Target, settings: Settings) -> None:
        self.target = target
        self._judge = Judge(vendor, document, target.mask)
        self._failures: set[Failure] = set()
        self._causes: set[tuple[str, tuple[str, str]]] = set()
        tallies = {
            name: Tally(evidence(document, ("paths", path, method)))
            for name, (method, path) in operations(document).items()
        }
        self.result = Result(vendor, target.name, settings, tallies)

    def count(self, node: CaseNode, response: Response | None, *, alone: bool) -> None:
        """One request and its answer. `alone` says that it was no part of a sequence."""
        case = node.value
        tally = self.result.operations[self._judge.operation(case)]
        success = is_success(response)
        tally.cases += 1
        tally.successes += success
        # Requests with a parent are those of a check, such as one without the credential.
        if alone and node.parent_id is None and case.meta is not None and case.meta.generation.mode.is_positive:
            tally.valid += 1
            tally.accepted += success

    def fail(
        self,
        failure: Failure,
        case: Case[Any],
        response: Response | None,
        *,
        check: str,
        phase: str,
        curl: Iterable[str],
    ) -> None:
        """One failure of a check; nothing when all that it shows is known already."""
        # Schemathesis counts all bad values that an operation accepts as one failure: their places tell them apart.
        known = failure in self._failures
        if known and not isinstance(failure, AcceptedNegativeData):
            return
        finding = self._judge.finding(failure, case, response, check=check, phase=phase, curl=curl)
        new = tuple(each for each in finding.violations if (finding.operation, each.cause) not in self._causes)
        if new or not (known or finding.violations):
            self._failures.add(failure)
            self._causes |= {(finding.operation, each.cause) for each in new}
            self.result.operations[finding.operation].findings.append(replace(finding, violations=new))

    def error(self, message: str) -> None:
        """Something that kept the run from its end; said once."""
        message = self.target.mask(message)
        if message not in self.result.errors:
            self.result.errors.append(message)


def is_success(response: Response | None) -> bool:
    """Whether there is an answer and it has a 2xx status."""
    return response is not None and response.status_code // 100 == 2
