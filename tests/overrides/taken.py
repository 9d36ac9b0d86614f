"""What the methods of the SDK name and send, and what a document describes: by operation."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import httpx

import causerie
from causerie.testing import no_waiting
from causerie_api.request import Request
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


def unnamed(vendor: str, document: dict[str, Any]) -> list[str]:
    """Return the operations of a document that no method of the SDK names."""
    named = {name for each in methods(vendor) for name in named_by(each)}
    return [operation for operation in described(document) if operation not in named]


def missing(vendor: str, document: dict[str, Any]) -> Iterator[tuple[Operation, str, str]]:
    """Yield what a method never sends of what a document describes of an operation that it names.

    It is the method, the operation and the name of a parameter or a field.
    """
    known = described(document)
    for method in methods(vendor):
        for operation, names in sent(vendor)[str(method)].items():
            if FIELD not in names:  # otherwise it passes on what it is given
                yield from ((method, operation, name) for name in sorted(known[operation] - names))


@cache
def methods(vendor: str) -> tuple[Operation, ...]:
    """Return the methods of the resources of a vendor's client."""
    return tuple(each for each in operations() if each.vendor == vendor)


def named_by(method: Operation) -> set[str]:
    """Return the operations that a method names."""
    return {each.NAME for each in method.method.endpoints}


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
def sent(vendor: str) -> dict[str, dict[str, set[str]]]:
    """Return what methods send of that when they are given all that they take: names by operation, by method."""
    known = described(document_of(vendor))
    found: dict[str, dict[str, set[str]]] = {}
    for method in methods(vendor):
        names = found[str(method)] = defaultdict[str, set[str]](set)
        for request in _attempts(method):
            if request.operation in known:  # a signed URL is of none
                names[request.operation] |= _names(request)
    return found


def _attempts(method: Operation) -> Iterator[Request[Any, Any]]:
    """Yield the requests of calls with each parameter, beside what is needed and in place of it."""
    given = [{}, *({name: value} for name in method.parameters for value in VALUES)]
    for arguments in given:
        yield from _requests(method, arguments)
    for name in method.required:
        others = attrs.evolve(method, required={k: v for k, v in method.required.items() if k != name})
        for arguments in given:
            if any(isinstance(value, list) for value in arguments.values()):
                yield from _requests(others, arguments)


def _requests(method: Operation, arguments: dict[str, Any]) -> list[Request[Any, Any]]:
    # A question gets an id, so that its answer is asked for.
    vendor = Vendor(lambda _: httpx.Response(200 if len(found) < 3 else 404, json={"id": "x1", "promptId": "x1"}))
    found: list[Request[Any, Any]] = []
    client = SYNC[method.vendor](
        "key", base_url="https://vendor.test", transport=vendor, retry=ONCE, on_request=found.append
    )
    # Some values are of the wrong kind, and no answer has what a call looks for.
    with client, no_waiting(), suppress(causerie.CauserieError, TypeError):
        method.call(client, arguments)
    return found


def _names(request: Request[Any, Any]) -> set[str]:
    body = json.loads(request.content) if request.content else {}
    return {name for name, _ in (*request.query, *request.headers)} | (set(body) if isinstance(body, dict) else set())
