"""What the SDK can send, seen from outside, and what a document describes: by operation."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import attrs
import httpx

import causerie
from causerie.testing import no_waiting
from causerie_codegen.document import load
from causerie_codegen.parameter import parameters
from causerie_codegen.prepare import prepared
from causerie_codegen.walk import fields
from causerie_codegen.walk import operations as in_document
from causerie_spec.pointer import follow
from tests.overrides.answers_fuzz import ONCE, Operation, operations
from tests.overrides.conftest import SYNC, Vendor

ROOT = Path(__file__).parents[2]
VENDORS = tuple(SYNC)
#: A field that no document has: where it arrives, any field does.
FIELD = "x"
#: One of these is good for any parameter.
VALUES: tuple[Any, ...] = (
    "x1",
    "a@b.c",
    5,
    True,
    "2026-01-02T03:04:05Z",
    ["x1"],
    {FIELD: "x1"},
    [{FIELD: "x1"}],
    [("human", "x1")],
    "desc",
    "https://hooks.test/",
)


@cache
def document_of(vendor: str) -> dict[str, Any]:
    """Return the document of a vendor, as it is generated from."""
    return prepared(load(ROOT / "spec" / f"{vendor}.yaml"))


def missing(vendor: str, document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the operations and names that a document describes and the SDK never sends.

    For an operation that the SDK never calls, the name is empty.
    """
    known = sent(vendor)
    for operation, names in described(document).items():
        if operation not in known:
            yield operation, ""
        elif FIELD not in known[operation]:  # otherwise it passes on what it is given
            for name in sorted(names - known[operation]):
                yield operation, name


def described(document: dict[str, Any]) -> dict[str, set[str]]:
    """Return what each operation of a document takes in its query, in its headers and in its body."""
    found = {}
    for steps, item, operation in in_document(document):
        names = {each.name for each in parameters(document, steps, item, operation) if each.where != "path"}
        for content in follow(document, operation.get("requestBody")).get("content", {}).values():
            names |= _fields(document, content.get("schema", {}))
        found[operation["operationId"]] = names
    return found


def _fields(document: dict[str, Any], schema: Any) -> set[str]:
    found = set(fields(document, schema))
    for each in (*follow(document, schema).get("oneOf", ()), *follow(document, schema).get("anyOf", ())):
        found |= _fields(document, each)
    return found


@cache
def sent(vendor: str) -> dict[str, set[str]]:
    """Return what the SDK sends of that, when its methods are given all that they take."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for operation in operations():
        if operation.vendor == vendor:
            for request in _attempts(operation):
                found[_operation_of(vendor, request)] |= _names(request)
    return dict(found)


def _attempts(operation: Operation) -> Iterator[httpx.Request]:
    """Yield the requests of calls with each parameter, beside what is needed and in place of it."""
    given = [{}, *({name: value} for name in operation.parameters for value in VALUES)]
    for arguments in given:
        yield from _requests(operation, arguments)
    for name in operation.required:
        others = attrs.evolve(operation, required={k: v for k, v in operation.required.items() if k != name})
        for arguments in given:
            if any(isinstance(value, list) for value in arguments.values()):
                yield from _requests(others, arguments)


def _requests(operation: Operation, arguments: dict[str, Any]) -> list[httpx.Request]:
    vendor = Vendor(lambda request: httpx.Response(200 if len(vendor.requests) < 3 else 404, json={}))
    client = SYNC[operation.vendor]("key", base_url="https://vendor.test", transport=vendor, retry=ONCE)
    # Some values are of the wrong kind, and no answer has what a call looks for.
    with client, no_waiting(), suppress(causerie.CauserieError, TypeError):
        operation.call(client, arguments)
    return vendor.requests


def _operation_of(vendor: str, request: httpx.Request) -> str:
    """Return the operation that a request is, the one with the fewest placeholders; of no operation, the empty text."""
    path = request.url.raw_path.decode().partition("?")[0]
    found = [
        (template.count("{"), operation["operationId"])
        for (_, template, method), _, operation in in_document(document_of(vendor))
        if method.upper() == request.method and re.fullmatch(re.sub(r"{[^}]*}", "[^/]+", template), path)
    ]
    return min(found)[1] if found else ""


def _names(request: httpx.Request) -> set[str]:
    names = {name for name, _ in parse_qsl(request.url.query.decode(), keep_blank_values=True)} | {*request.headers}
    body = json.loads(request.content) if request.content else {}
    return names | (set(body) if isinstance(body, dict) else set())
