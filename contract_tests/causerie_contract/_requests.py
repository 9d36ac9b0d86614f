"""Adapts generated requests so that a server can accept them: for some fields, a schema does not say enough."""

from __future__ import annotations

import itertools
import weakref
from collections.abc import Callable
from typing import Any
from zlib import crc32

import schemathesis
from schemathesis import BaseSchema, Case, HookContext

from ._stand_ins import StandIns
from ._vendor import Adaptation, vendor_of

_NOTHING = Adaptation()
#: Headers of the connection (RFC 9110, 7.6.1, and RFC 9112): a server refuses what it cannot frame before it knows the
#: operation, and no document says so.
CONNECTION = (
    *("connection", "content-length", "expect", "host", "keep-alive", "proxy-connection", "te", "trailer"),
    *("transfer-encoding", "upgrade"),
)
#: Segments that clients remove from a path (RFC 3986, 5.2.4), so that the request would be for another operation.
_NO_SEGMENTS = frozenset({"", ".", ".."})
#: An id that no server assigns.
_NOTHING_THERE = "causerie-names-nothing"

#: By the identity of a schema, which cannot be hashed.
_made: dict[int, Callable[[Case[Any]], None]] = {}


def adapt(schema: BaseSchema, vendor: str, first: int, stand_ins: StandIns | None) -> None:
    """Have Schemathesis send requests of `schema` that the vendor can accept, numbered from `first`."""
    numbers = itertools.count(first)
    adaptations = vendor_of(vendor).requests

    def change(case: Case[Any]) -> None:
        operation = case.operation.definition.raw.get("operationId", "")
        known = adaptations.get(operation, _NOTHING)
        for name in CONNECTION:
            case.headers.pop(name, None)
        for name in known.query.keys() & case.query.keys():
            if isinstance(case.query[name], str):
                case.query[name] = known.query[name]
        # Derived from the request, not from a counter: a sequence that is replayed must be the same.
        if known.rare and crc32(repr(case.query).encode("utf-8", "surrogatepass")) % 3:
            for name in known.rare:
                case.query.pop(name, None)
        if isinstance(case.body, dict):
            for name in known.fields.keys() & case.body.keys():
                text = case.body[name]
                if isinstance(text, str):
                    case.body[name] = known.fields[name](text, next(numbers))
            known.complete(case.body)
            for name in known.unknown if stand_ins is not None and stand_ins.are_needed else ():
                case.body.pop(name, None)
        if stand_ins is not None:
            stand_ins.put(operation, "path", case.path_parameters)
            stand_ins.put(operation, "query", case.query)
            stand_ins.put(operation, "body", case.body)
            if isinstance(case.body, (dict, list)):
                case.body = stand_ins.without_credential(case.body)
        # An earlier answer may have had such an id.
        for name, value in case.path_parameters.items():
            if isinstance(value, str) and value in _NO_SEGMENTS:
                case.path_parameters[name] = _NOTHING_THERE

    _made[id(schema)] = change
    weakref.finalize(schema, _made.pop, id(schema))


# Schemathesis has this hook for all schemas of a process only.
@schemathesis.hook
def before_call(_: HookContext, case: Case[Any], __: dict[str, Any]) -> None:
    """Change a request if its schema was registered for it."""
    change = _made.get(id(case.operation.schema))
    if change is not None:
        change(case)
