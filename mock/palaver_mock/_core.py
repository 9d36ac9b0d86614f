"""The core: one synchronous function from a request to a reply, without any input or output of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

from palaver_mock import _json
from palaver_mock._contract import Contract, Operation
from palaver_mock._exchange import Issue, Problem, Reply, Request
from palaver_mock._vendor import Call, Vendor

#: Bytes of the longest body that is read. raia's longest context, 256,000 characters, fits even when each of them is
#: spelled as two escapes of six bytes.
MAX_BODY = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply, and what the core made of the request: what is None was not found out before it was refused."""

    reply: Reply
    operation: Operation | None
    tenant: int | None
    problem: Problem | None


def answer(contract: Contract, vendor: Vendor, state: Any, request: Request) -> Answer:
    """The vendor's answer to `request`.

    Problems are looked for in the order that clients can make sense of: no such path (404), no such method (405), no
    credential, wrong parameters, wrong media type, wrong body, and last what the state says.
    """
    operation = tenant = refused = None
    try:
        operation, path_values = _find(contract, request)
        tenant = _tenant(operation, vendor, request)
        call = Call(tenant, _parameters(operation, path_values, request.query), _body(operation, request))
        value = vendor.handlers[operation.id](state, call)
        reply = Reply.empty(operation.success) if value is None else Reply.json(operation.success, value)
    except Problem as problem:
        refused, reply = problem.with_traceback(None), vendor.error(problem)
    if request.method == "HEAD":
        reply = replace(reply, body=b"")
    return Answer(reply, operation, tenant, refused)


def _find(contract: Contract, request: Request) -> tuple[Operation, dict[str, str]]:
    if len(request.body) > MAX_BODY:
        raise Problem(413, f"The body is longer than {MAX_BODY} bytes.")
    found = contract.find(request.path)
    if found is None:
        raise Problem(404, "There is nothing at this path.")
    operations, path_values = found
    if request.method not in operations:
        allowed = ", ".join(operations)
        raise Problem(405, f"This path allows {allowed}.", headers=(("allow", allowed),))
    return operations[request.method], path_values


def _tenant(operation: Operation, vendor: Vendor, request: Request) -> int:
    if operation.credential is None:
        return 0
    credential = operation.credential.read(request)
    if credential not in vendor.credentials:
        # 401 where the document has one; raia answers 403 (documented: INVALID_CREDENTIALS).
        raise Problem(operation.documented(401, 403), f"{operation.credential.header} is missing or wrong.")
    return vendor.credentials.index(credential)


def _parameters(operation: Operation, path_values: Mapping[str, str], query: bytes) -> dict[str, Any]:
    values: dict[str, Any] = {}
    issues: list[Issue] = []
    has_query = any(parameter.place == "query" for parameter in operation.parameters)
    query_values = _query(query) if has_query else {}
    for parameter in operation.parameters:
        texts = [path_values[parameter.name]] if parameter.place == "path" else query_values.get(parameter.name, [])
        if len(texts) == 1:
            value = parameter.value(texts[0])
            issues += [Issue(parameter.name, issue.message) for issue in parameter.schema.issues(value)]
            values[parameter.name] = value
        elif texts:
            issues.append(Issue(parameter.name, "It is given more than once."))
        elif parameter.required:
            issues.append(Issue(parameter.name, "It is required."))
    if issues:
        raise Problem(400, "A parameter is invalid.", issues)
    return values


def _query(query: bytes) -> dict[str, list[str]]:
    """The values in the query by name. Names that the document does not know are left alone, as most servers do."""
    values: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(query.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError:
        raise Problem(400, "The query is not UTF-8, or has more than 1000 fields.") from None
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values


def _body(operation: Operation, request: Request) -> Any:
    if operation.body is None:
        return None
    content_type = request.header("content-type")
    media_type = content_type[0].partition(";")[0].strip().lower() if content_type else ""
    if media_type not in operation.body.schemas:
        expected = " or ".join(operation.body.schemas)
        if not request.body:
            raise Problem(400, f"A body of type {expected} is required.")
        # 415 where the document has one; raia's has not.
        raise Problem(operation.documented(415, 400), f"The media type must be {expected}.")
    try:
        value = _json.decode(request.body)
    except ValueError as error:
        raise Problem(400, str(error), [Issue("", str(error))]) from None
    issues = operation.body.schemas[media_type].issues(value)
    if issues:
        raise Problem(400, "The body is invalid.", issues)
    return value
