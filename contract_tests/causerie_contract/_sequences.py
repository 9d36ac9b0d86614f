"""Sequences of requests, each made from earlier answers: Schemathesis' stateful phase with a fresh server for each.

Its own command line cannot reset the server between two sequences, and gives up early when state leaks.
"""

from __future__ import annotations

import contextlib
from typing import Any, ClassVar, cast

import hypothesis
from hypothesis import stateful
from hypothesis.errors import Flaky
from schemathesis import Case, Response

from ._ledger import Ledger, is_success
from ._pulse import Died
from ._schemathesis import (
    DEFAULT_STATE_MACHINE_SETTINGS,
    Failure,
    FailureGroup,
    NoLinksFound,
    OpenApiSchema,
    RecordingStateMachine,
    for_operation,
)
from ._settings import Settings


def run(made: OpenApiSchema, ledger: Ledger, settings: Settings) -> None:
    """Run `settings.max_examples` sequences. A document without links between its operations has none."""
    made.config.phases.update(phases=["stateful"])
    machine = cast(
        "type[_Sequence]",
        type("Sequence", (_Sequence, made.as_state_machine()), {"ledger": ledger, "rule_order_seed": settings.seed}),
    )
    try:
        _run(machine, ledger, made.config.phases.stateful.max_steps)
    except (NoLinksFound, Died):
        pass
    except Exception as error:  # noqa: BLE001 -- whatever it is, what else was found stands
        if ledger.target.pulse.lost:
            ledger.unanswered(error)
        else:
            ledger.error(f"Sequences of requests: {type(error).__name__}: {error}")
    finally:
        _forget(machine)


def _run(machine: type[_Sequence], ledger: Ledger, steps: int) -> None:
    """Run all sequences. Where a server that is never reset does not do the same again, what is left begins anew."""
    settings, result = ledger.result.settings, ledger.result
    left, seed = settings.max_examples, settings.seed
    while left > 0:
        before = result.scenarios
        hypothesis.seed(seed)(machine)
        try:
            machine.run(
                settings=hypothesis.settings(
                    DEFAULT_STATE_MACHINE_SETTINGS, max_examples=left, stateful_step_count=steps, database=None
                )
            )
        except Flaky:
            if not ledger.target.real:
                raise
            left -= max(1, result.scenarios - before)
            seed += 1
        else:
            return


def _forget(machine: type[_Sequence]) -> None:
    """Remove a machine from Hypothesis' caches, which would keep the documents and answers of every run."""
    with contextlib.suppress(AttributeError):  # they are private; without them, nothing is kept
        machine._setup_state_per_class.pop(machine, None)
        stateful.RuleStrategy._setup_for.cache_clear()


class _Sequence(RecordingStateMachine):
    ledger: ClassVar[Ledger]

    def setup(self) -> None:
        self.ledger.target.reset()

    def before_call(self, case: Case[Any]) -> None:
        if self.ledger.target.pulse.dead:
            raise Died
        # As in the other phases: [parameters] win, also over what a link found.
        for_operation(self.schema.config, operation=case.operation).apply_to(case)

    def validate_response(self, response: Response, case: Case[Any], *arguments: Any, **options: Any) -> None:
        # Not raised: a sequence goes on after a failure, and Hypothesis need not reproduce it.
        try:
            super().validate_response(response, case, *arguments, **options)
        except FailureGroup as group:
            for failure in group.exceptions:
                self._fail(failure, case)

    def teardown(self) -> None:
        nodes = self.recorder.cases
        answers = {case_id: self.recorder.find_response(case_id=case_id) for case_id in nodes}
        for case_id, node in nodes.items():
            checks = [check.name for check in self.recorder.checks.get(case_id, ())]
            self.ledger.count(node, answers[case_id], alone=False, checks=checks)
        self.ledger.result.scenarios += bool(nodes)
        self.ledger.result.linked += any(
            node.transition is not None and node.is_transition_applied and is_success(answers[case_id])
            for case_id, node in nodes.items()
        )

    def _fail(self, failure: Failure, case: Case[Any]) -> None:
        failing = failure.case_id or case.id
        chain = self.recorder.iter_chain_cases(case_id=failing, related_case_ids=failure.related_case_ids())
        curl = [step.as_curl_command(self.recorder.find_request_headers(case_id=step.id)) for step in chain]
        response = self.recorder.find_response(case_id=failing)
        self.ledger.fail(failure, case, response, check=failure.checks[0], phase="stateful", curl=curl)
