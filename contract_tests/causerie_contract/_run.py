"""Runs Schemathesis and the model oracle against one vendor."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import requests

from causerie_spec.documents import load, operations

from . import _oracle, _sequences
from ._ledger import Ledger
from ._patience import patience, sending
from ._progress import SILENT, Progress
from ._pulse import Died
from ._result import INTERRUPTED, Result
from ._schema import schema
from ._schemathesis import (
    BaseExecutionContext,
    OpenApiSchema,
    ServerUnavailable,
    StopReason,
    events,
    from_schema,
    shutdown_lifespans,
)
from ._scope import only
from ._settings import Settings
from ._stand_ins import StandIns
from ._target import Target
from ._vendor import vendor_of


def run(
    vendor: str, document: dict[str, Any], target: Target, settings: Settings, *, progress: Progress = SILENT
) -> Result:
    """Hold `target` against `document`: examples, coverage, fuzzing, sequences of requests, and behaviour."""
    started = time.perf_counter()
    tested = only(document, settings.operations or operations(document))
    ledger = Ledger(vendor, tested, target, settings, progress)
    try:
        with contextlib.ExitStack() as stack:
            if target.app is None:
                if target.real:
                    stack.enter_context(patience())
                stack.enter_context(sending(ledger.ask))
            _run(vendor, document, ledger)
    except Died:
        ledger.end("the server died")
    except KeyboardInterrupt:  # not raised: what was found has to be reported
        ledger.end(INTERRUPTED)
    finally:
        shutdown_lifespans()  # Schemathesis keeps an application for as long as it is not shut down
    return ledger.close(time.perf_counter() - started)


def _run(vendor: str, whole: dict[str, Any], ledger: Ledger) -> None:
    target, settings = ledger.target, ledger.result.settings
    document = only(whole, ledger.result.operations)
    # A phase begins with a fresh server, and with a fresh schema: it remembers ids, which the server then forgot.
    made = schema(vendor, document, target, settings)
    stand_ins = StandIns(vendor, document, target)
    # The collector of Schemathesis' own command line, so that `fail-on` means here what it means there.
    context = BaseExecutionContext(made.config, made.find_operation_by_label)
    for phase in ("examples", "coverage", "fuzzing"):
        target.reset()
        with ledger.phase(phase):
            _operations(phase, schema(vendor, document, target, settings, stand_ins=stand_ins), context, ledger)
    if context.warning_collector.fails_the_run():
        warnings = context.warning_collector.data.as_labels()
        ledger.result.warnings = {kind: names for kind, names in warnings.items() if names}
    with ledger.phase("stateful"):
        _sequences.run(schema(vendor, document, target, settings, stand_ins=stand_ins), ledger, settings)
        ledger.check_pulse()
    lacking = operations(load(vendor)).keys() - operations(whole).keys()
    if lacking:
        # The model goes through all that the vendor has, and what it does not do nobody sees.
        ledger.result.strict = False
        ledger.result.notes.append(f"Behaviour was not tested: the document lacks {', '.join(sorted(lacking))}.")
        return
    if vendor_of(vendor).oracle is None:
        ledger.result.strict = False
        ledger.result.notes.append("Behaviour was not tested: there is no model of it.")
        return
    ledger.result.unreached = _unreached(vendor, ledger)
    if settings.operations:
        ledger.result.strict = False  # others show what these never do
    with ledger.phase("behaviour"):
        found = _oracle.run(
            vendor,
            whole,
            target,
            settings,
            ledger.observe,
            ledger.add,
            lacking=ledger.result.lacking,
            pass_over=ledger.pass_over,
        )
        for finding in found:
            ledger.add(finding)
        ledger.check_pulse()


def _operations(phase: str, made: OpenApiSchema, context: BaseExecutionContext, ledger: Ledger) -> None:
    """Run one phase, operation by operation."""
    made.config.phases.update(phases=[phase])
    for event in from_schema(made).execute():
        match event:
            case events.ScenarioFinished():
                context.warning_collector.on_scenario_finished(context, event)
                _read(event, ledger)
            case events.SchemaAnalysisWarnings():
                context.warning_collector.on_schema_warnings(event)
            case events.NonFatalError() if isinstance(event.value, (ServerUnavailable, requests.ConnectionError)):
                ledger.unanswered(event.value, f"{event.label}: {event.info.title}: {event.info.message}")
            case events.NonFatalError():
                ledger.error(f"{event.label}: {event.info.title}: {event.info.message}")
            case events.EngineFinished() if event.stop_reason is StopReason.INTERRUPTED:
                raise KeyboardInterrupt
            case events.EngineFinished() if event.stop_reason is StopReason.SERVER_UNAVAILABLE:
                pass
            case events.EngineFinished() if event.stop_reason is not StopReason.COMPLETED:
                ledger.error(f"The {phase} phase stopped early: {event.stop_reason.value}.")
            case _:
                pass
    ledger.check_pulse()


def _read(event: events.ScenarioFinished, ledger: Ledger) -> None:
    recorder = event.recorder
    for case_id, node in recorder.cases.items():
        response = recorder.find_response(case_id=case_id)
        checks = recorder.checks.get(case_id, ())
        ledger.count(node, response, alone=True, checks=[check.name for check in checks])
        for check in checks:
            if check.failure_info is not None:
                ledger.fail(
                    check.failure_info.failure,
                    node.value,
                    response,
                    check=check.name,
                    phase=event.phase.value,
                    curl=[check.failure_info.code_sample],
                )


def _unreached(vendor: str, ledger: Ledger) -> list[str]:
    """Return the tested operations that the model leaves out, as it may reach nobody."""
    known = vendor_of(vendor).oracle
    if known is None or not ledger.target.real or ledger.result.settings.recipients:
        return []
    return [name for name in ledger.result.operations if name in known[0].personal]
