"""Runs Schemathesis against one vendor."""

from __future__ import annotations

import time
from typing import Any

from schemathesis.cli.context import BaseExecutionContext
from schemathesis.engine import StopReason, events, from_schema
from schemathesis.specs.openapi.schemas import OpenApiSchema

from palaver_contract import _sequences
from palaver_contract._ledger import Ledger
from palaver_contract._result import Result
from palaver_contract._schema import schema
from palaver_contract._settings import Settings
from palaver_contract._target import Target


def run(vendor: str, document: dict[str, Any], target: Target, settings: Settings) -> Result:
    """Holds `target` against `document`: examples, coverage, fuzzing, and sequences of requests."""
    started = time.perf_counter()
    ledger = Ledger(vendor, document, target, settings)
    # A phase begins with a fresh server, and with a fresh schema: it remembers ids, which the server then forgot.
    made = schema(document, target, settings)
    # The collector of Schemathesis' own command line, so that `fail-on` means here what it means there.
    context = BaseExecutionContext(made.config, made.find_operation_by_label)
    for phase in ("examples", "coverage", "fuzzing"):
        target.reset()
        _operations(phase, schema(document, target, settings), context, ledger)
    if context.warning_collector.fails_the_run():
        warnings = context.warning_collector.data.as_labels()
        ledger.result.warnings = {kind: names for kind, names in warnings.items() if names}
    _sequences.run(schema(document, target, settings), ledger, settings)
    ledger.result.seconds = time.perf_counter() - started
    return ledger.result


def _operations(phase: str, made: OpenApiSchema, context: BaseExecutionContext, ledger: Ledger) -> None:
    """One phase: each operation for itself."""
    made.config.phases.update(phases=[phase])
    for event in from_schema(made).execute():
        match event:
            case events.ScenarioFinished():
                context.warning_collector.on_scenario_finished(context, event)
                _read(event, ledger)
            case events.SchemaAnalysisWarnings():
                context.warning_collector.on_schema_warnings(event)
            case events.NonFatalError():
                ledger.error(f"{event.label}: {event.info.title}: {event.info.message}")
            case events.EngineFinished() if event.stop_reason is not StopReason.COMPLETED:
                ledger.error(f"The {phase} phase stopped early: {event.stop_reason.value}.")
            case _:
                pass


def _read(event: events.ScenarioFinished, ledger: Ledger) -> None:
    recorder = event.recorder
    for case_id, node in recorder.cases.items():
        response = recorder.find_response(case_id=case_id)
        ledger.count(node, response, alone=True)
        for check in recorder.checks.get(case_id, ()):
            if check.failure_info is not None:
                ledger.fail(
                    check.failure_info.failure,
                    node.value,
                    response,
                    check=check.name,
                    phase=event.phase.value,
                    curl=[check.failure_info.code_sample],
                )
