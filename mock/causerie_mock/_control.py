"""The control endpoints at `/_causerie/`, which give tests in any language what tests in Python have.

They work like a vendor: the core runs them from the OpenAPI document control.yaml.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from causerie_spec import about, read

from ._clock import Clock
from ._contract import Contract
from ._core import answer
from ._deliveries import Delivery
from ._exchange import Issue, Problem, Reply, Request
from ._faults import Fault
from ._findings import Finding
from ._mock import Mock
from ._options import Options, plain, portable
from ._requests import Recorded
from ._spy import Spy
from ._target import Target
from ._vendor import Call, Handler, Vendor

#: Characters of a body that the log of requests shows.
_SHOWN = 10_000

#: The limits of requests, as `Vendor.max_body` and `max_depth`. A state that was read must be accepted when it is set
#: again: it is larger than the requests from which it came, and nests their values a dozen levels deeper.
MAX_STATE = 1024 * 1024 * 1024
_MAX_DEPTH = 200


@attrs.frozen
class Served:
    """The mocks, by vendor, and the URL of the server that they share."""

    mocks: Mapping[str, Mock]
    base: str


def control_document() -> dict[str, Any]:
    """Return the OpenAPI document of these endpoints, as a new object for each call."""
    return read(Path(__file__).with_name("control.yaml"))


def control(served: Served, request: Request) -> Reply:
    """Return the reply to a request below `/_causerie/`."""
    return answer(_contract(), _CONTROL, served, request).reply


@functools.cache
def _contract() -> Contract:
    return Contract(control_document())


def list_vendors(served: Served, _: Call) -> Any:
    """GET /_causerie/vendors."""
    return [
        {
            "vendor": mock.vendor,
            "title": about(mock.vendor).title,
            "url": f"{served.base}/{mock.vendor}",
            "header": next(iter(mock.headers())),
            # A real server does not accept the mock's credentials.
            "credentials": [value for tenant in (0, 1) for value in mock.headers(tenant).values() if not mock.spy],
            "spy": mock.spy.target if mock.spy else None,
            "operations": [
                {"id": operation["operationId"], "method": method.upper(), "path": path}
                for path, item in mock.document["paths"].items()
                for method, operation in item.items()
                if method != "parameters"
            ],
        }
        for mock in served.mocks.values()
    ]


def get_control_document(_: Served, __: Call) -> Any:
    """GET /_causerie/openapi.json."""
    return control_document()


def reset_all(served: Served, call: Call) -> None:
    """POST /_causerie/reset."""
    for mock in served.mocks.values():
        mock.reset(seed=call.parameters.get("seed"))


def reset(served: Served, call: Call) -> None:
    """POST /_causerie/{vendor}/reset."""
    _mock(served, call).reset(seed=call.parameters.get("seed"))


def get_document(served: Served, call: Call) -> Any:
    """GET /_causerie/{vendor}/document."""
    mock = _mock(served, call)
    return {**mock.document, "servers": [{"url": f"{served.base}/{mock.vendor}"}]}


def seed(served: Served, call: Call) -> Any:
    """POST /_causerie/{vendor}/seed."""
    if "tenant" in call.body:
        raise Problem(400, "tenant is not a kind of record; give it in the query.")
    try:
        return _mock(served, call).seed(tenant=call.parameters.get("tenant", 0), **call.body)
    except ValueError as error:
        raise _refused(error) from None


def get_state(served: Served, call: Call) -> Any:
    """GET /_causerie/{vendor}/state."""
    return _mock(served, call).snapshot()


def set_state(served: Served, call: Call) -> None:
    """PUT /_causerie/{vendor}/state."""
    try:
        _mock(served, call).restore(call.body)
    except ValueError as error:
        raise _refused(error) from None


def get_time(served: Served, call: Call) -> Any:
    """GET /_causerie/{vendor}/time."""
    return _mock(served, call).clock.dump()


def set_time(served: Served, call: Call) -> Any:
    """PUT /_causerie/{vendor}/time."""
    clock, wanted = _mock(served, call).clock, Clock()
    try:
        wanted.load(clock.dump() | call.body)
        wanted.advance(call.body.get("advance", 0))
    except ValueError as error:
        raise _refused(error) from None
    clock.load(wanted.dump())
    return clock.dump()


def list_options(served: Served, call: Call) -> Any:
    """GET /_causerie/{vendor}/options."""
    options = _mock(served, call).options
    return [
        {"name": name, "value": plain(getattr(options, name)), "values": kind.values, "purpose": purpose}
        for name, (kind, purpose) in portable(type(options)).items()
    ]


def set_options(served: Served, call: Call) -> Any:
    """PUT /_causerie/{vendor}/options."""
    try:
        _mock(served, call).set_options(call.body)
    except ValueError as error:
        raise _refused(error) from None
    return list_options(served, call)


def reset_options(served: Served, call: Call) -> None:
    """DELETE /_causerie/{vendor}/options."""
    _mock(served, call).reset_options()


def list_faults(served: Served, call: Call) -> Any:
    """GET /_causerie/{vendor}/faults."""
    return [_fault(fault) for fault in _mock(served, call).faults]


def add_fault(served: Served, call: Call) -> Any:
    """POST /_causerie/{vendor}/faults."""
    try:
        return _fault(_mock(served, call).faults.add(**call.body))
    except ValueError as error:
        raise _refused(error) from None


def clear_faults(served: Served, call: Call) -> None:
    """DELETE /_causerie/{vendor}/faults."""
    _mock(served, call).faults.clear()


def list_requests(served: Served, call: Call) -> Any:
    """GET /_causerie/{vendor}/requests."""
    requests = _mock(served, call).requests
    asked = dict(call.parameters)
    del asked["vendor"]
    after, limit = asked.pop("after", -1), asked.pop("limit", 100)
    found = [each for each in requests.matching(**asked) if each.index > after]
    return {"total": requests.total, "requests": [_recorded(each) for each in found[-limit:]]}


def clear_requests(served: Served, call: Call) -> None:
    """DELETE /_causerie/{vendor}/requests."""
    _mock(served, call).requests.clear()


def list_webhooks(served: Served, call: Call) -> Any:
    """GET /_causerie/{vendor}/webhooks."""
    webhooks = _mock(served, call).webhooks
    return {"pending": webhooks.pending, "webhooks": [_target(each) for each in webhooks.targets]}


def add_webhook(served: Served, call: Call) -> Any:
    """POST /_causerie/{vendor}/webhooks."""
    try:
        return _target(_mock(served, call).webhooks.add(**call.body))
    except ValueError as error:
        raise _refused(error) from None


def clear_webhooks(served: Served, call: Call) -> None:
    """DELETE /_causerie/{vendor}/webhooks."""
    _mock(served, call).webhooks.clear()


def emit_event(served: Served, call: Call) -> None:
    """POST /_causerie/{vendor}/webhooks/events."""
    try:
        _mock(served, call).webhooks.emit(**call.body)
    except ValueError as error:
        raise _refused(error) from None


def list_deliveries(served: Served, call: Call) -> Any:
    """GET /_causerie/{vendor}/webhooks/deliveries."""
    deliveries = _mock(served, call).webhooks.deliveries
    found = [each for each in deliveries if each.index > call.parameters.get("after", -1)]
    limit = call.parameters.get("limit", 100)
    return {"total": deliveries.total, "deliveries": [_delivery(each) for each in found[-limit:]]}


def deliver(served: Served, call: Call) -> None:
    """POST /_causerie/{vendor}/webhooks/deliveries. It does not wait: a receiver may call this server meanwhile."""
    _mock(served, call).webhooks.release(**call.body)


def get_spy(served: Served, call: Call) -> Any:
    """GET /_causerie/{vendor}/spy."""
    spy = _spy(served, call)
    return {
        "target": spy.target,
        "checked": spy.findings.checked,
        "left_off": spy.findings.left_off,
        "findings": [_finding(each) for each in spy.findings],
    }


def clear_spy(served: Served, call: Call) -> None:
    """DELETE /_causerie/{vendor}/spy."""
    _spy(served, call).clear()


def get_spied_seed(served: Served, call: Call) -> Any:
    """GET /_causerie/{vendor}/spy/seed."""
    try:
        return _mock(served, call).overheard()
    except ValueError as error:
        raise Problem(404, str(error)) from None


_HANDLERS: dict[str, Handler] = {
    handler.__name__: handler
    for handler in (
        list_vendors,
        get_control_document,
        reset_all,
        reset,
        get_document,
        seed,
        get_state,
        set_state,
        get_time,
        set_time,
        list_options,
        set_options,
        reset_options,
        list_faults,
        add_fault,
        clear_faults,
        list_requests,
        clear_requests,
        list_webhooks,
        add_webhook,
        clear_webhooks,
        emit_event,
        list_deliveries,
        deliver,
        get_spy,
        clear_spy,
        get_spied_seed,
    )
}


def _error(problem: Problem) -> Reply:
    issues = [{"place": place, "message": message} for place, message in problem.issues]
    return Reply.json(problem.status, {"message": problem.message, "issues": issues}, problem.headers)


# Its state is `Served`, which is passed with each request.
_CONTROL = Vendor((), Options, lambda _, __: None, _HANDLERS, _error, MAX_STATE, _MAX_DEPTH)


def _mock(served: Served, call: Call) -> Mock:
    vendor = call.parameters["vendor"]
    if vendor not in served.mocks:
        raise Problem(404, f"{vendor!r} is not served here; choose from {', '.join(served.mocks)}.")
    return served.mocks[vendor]


def _spy(served: Served, call: Call) -> Spy:
    mock = _mock(served, call)
    if mock.spy is None:
        raise Problem(404, f"{mock.vendor} has no spy; start the server with --spy.")
    return mock.spy


def _refused(error: ValueError) -> Problem:
    return Problem(400, str(error), [Issue("", str(error))])


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "kind": fault.kind,
        "left": fault.left,
        "hits": fault.hits,
        "probability": fault.probability,
        "match": str(fault.match),
    }


def _recorded(recorded: Recorded) -> dict[str, Any]:
    request = recorded.request
    return {
        "index": recorded.index,
        "at": recorded.at.isoformat(),
        "method": request.method,
        "path": recorded.path,
        "query": request.query.decode("latin-1"),
        "headers": [[name.decode("latin-1"), value.decode("latin-1")] for name, value in request.headers],
        "body": request.body.decode("utf-8", errors="replace")[:_SHOWN],
        "operation": recorded.operation,
        "tenant": recorded.tenant,
        "status": recorded.status,
        "valid": recorded.valid,
        "message": recorded.problem,
        "issues": [{"place": place, "message": message} for place, message in recorded.issues],
        "fault": recorded.fault,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    names = ("operation", "label", "status", "where", "keyword", "title", "problem", "schema", "promise", "count")
    times = {"first": finding.first.isoformat(), "last": finding.last.isoformat()}
    return {**{name: getattr(finding, name) for name in names}, **times}


def _target(target: Target) -> dict[str, Any]:
    names = ("tenant", "delay", "retries", "backoff", "duplicates", "held")
    events = None if target.events is None else sorted(target.events)
    return {"target": target.place, "events": events, **{name: getattr(target, name) for name in names}}


def _delivery(delivery: Delivery) -> dict[str, Any]:
    names = ("index", "event", "target", "attempt", "duplicate", "status", "error", "headers")
    body = delivery.body.decode("utf-8")[:_SHOWN]
    return {"at": delivery.at.isoformat(), "body": body, **{name: getattr(delivery, name) for name in names}}
