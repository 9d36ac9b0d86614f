"""The core: a synchronous function from a request to a reply, without any input or output."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import attrs

from . import _json
from ._contract import Contract, Operation
from ._exchange import Issue, Problem, Reply, Request
from ._vendor import Call, Vendor

# behaviour: bodies-are-limited
#: Most bytes of a request's headers, as `Request.header_size` counts them.
MAX_HEADERS = 64 * 1024


@attrs.frozen
class Answer:
    """A reply, and what the core knows of the request.

    A value is None if the request was refused before it was known.
    """

    reply: Reply
    operation: Operation | None
    tenant: int | None
    problem: Problem | None


def answer(contract: Contract, vendor: Vendor, state: Any, request: Request) -> Answer:
    """Return the vendor's answer to `request`."""
    # behaviour: answers-are-those-of-the-document, order-of-problems, refused-request-changes-nothing
    operation = tenant = refused = None
    try:
        _measure(vendor, request)
        reply = vendor.beside(state, request)
        if reply is None:
            operation, path_values = _find(contract, request)
            tenant = _tenant(operation, vendor, request)
            parameters = _parameters(operation, path_values, request.query)
            call = Call(tenant, parameters, _body(operation, vendor, request), request)
            value = vendor.handlers[operation.id](state, call)
            has_body = bool(operation.responses[operation.success])  # which may be null
            reply = Reply.json(operation.success, value) if has_body else Reply.empty(operation.success)
    except Problem as problem:
        refused, reply = problem.with_traceback(None), vendor.error(problem)
        # The log keeps the problem, and its cause would keep the frames of the caller.
        refused.__cause__ = refused.__context__ = None
    if request.method == "HEAD":
        reply = attrs.evolve(reply, body=b"")
    return Answer(reply, operation, tenant, refused)


def _measure(vendor: Vendor, request: Request) -> None:
    if len(request.body) > vendor.max_body:
        raise Problem(413, f"The body is longer than {vendor.max_body} bytes.")
    if request.header_size > MAX_HEADERS:
        raise Problem(431, f"The headers are longer than {MAX_HEADERS} bytes.")


def _find(contract: Contract, request: Request) -> tuple[Operation, dict[str, str]]:
    # behaviour: id-has-one-spelling
    found = contract.find(request.path)
    if found is None:
        raise Problem(404, "There is nothing at this path.")
    operations, path_values = found
    # behaviour: allow-lists-the-methods, head-needs-the-credential
    if request.method not in operations:
        allowed = ", ".join(operations)
        raise Problem(405, f"This path allows {allowed}.", headers=(("allow", allowed),))
    return operations[request.method], path_values


def _tenant(operation: Operation, vendor: Vendor, request: Request) -> int:
    if operation.credential is None:
        return 0
    # behaviour: credential-is-written-one-way, scheme-is-in-any-case, two-tenants
    credential = operation.credential.read(request.header(operation.credential.header))
    if credential not in vendor.credentials:
        # 401 where the document has one; a vendor whose document has none answers 403.
        raise Problem(operation.documented(401, 403), f"{operation.credential.header} is missing or wrong.")
    return vendor.credentials.index(credential)


def _parameters(operation: Operation, path_values: Mapping[str, str], query: bytes) -> dict[str, Any]:
    values: dict[str, Any] = {}
    issues: list[Issue] = []
    has_query = any(parameter.place == "query" for parameter in operation.parameters)
    query_values = _query(query) if has_query else {}
    for parameter in operation.parameters:
        texts = [path_values[parameter.name]] if parameter.place == "path" else query_values.get(parameter.name, [])
        if len(texts) == 1 or (texts and parameter.repeats):
            value = parameter.value(texts)
            issues += [Issue(parameter.name, issue.message) for issue in parameter.schema.issues(value)]
            values[parameter.name] = value
        # behaviour: repeated-parameter-is-refused
        elif texts:
            issues.append(Issue(parameter.name, "It is given more than once."))
        elif parameter.required:
            issues.append(Issue(parameter.name, "It is required."))
    if issues:
        raise Problem(400, "A parameter is invalid.", issues)
    return values


def _query(query: bytes) -> dict[str, list[str]]:
    """Return the values in the query by name."""
    # behaviour: unknown-names-are-left-aside
    values: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(query.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError:
        raise Problem(400, "The query is not UTF-8, or has more than 1000 fields.") from None
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values


def _body(operation: Operation, vendor: Vendor, request: Request) -> Any:
    if operation.body is None:
        return None
    content_type = request.header("content-type")
    media_type = content_type[0].partition(";")[0].strip().lower() if content_type else ""
    # behaviour: other-media-type-is-refused
    if media_type not in operation.body.schemas:
        expected = " or ".join(operation.body.schemas)
        if not request.body:
            raise Problem(400, f"A body of type {expected} is required.")
        # 415 where the document has one.
        raise Problem(operation.documented(415, 400), f"The media type must be {expected}.")
    try:
        value = _json.decode(request.body, vendor.max_depth)
    except ValueError as error:
        raise Problem(400, str(error), [Issue("", str(error))]) from None
    issues = operation.body.schemas[media_type].issues(value)
    if issues:
        raise Problem(400, "The body is invalid.", issues)
    return value
