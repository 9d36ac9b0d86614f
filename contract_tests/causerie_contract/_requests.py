"""Generated requests, made such as a server can accept: of some fields it knows more than any schema can say."""

from __future__ import annotations

import itertools
import weakref
from collections.abc import Callable
from typing import Any
from zlib import crc32

import schemathesis
from schemathesis import Case, HookContext
from schemathesis.schemas import BaseSchema

from ._vendor import vendor_of

#: By the identity of a schema, which cannot be hashed.
_made: dict[int, Callable[[Case[Any]], None]] = {}


def adapt(schema: BaseSchema, vendor: str, first: int) -> None:
    """Has Schemathesis send requests of `schema` that the vendor can accept; their numbers begin with `first`."""
    numbers = itertools.count(first)
    adaptations = vendor_of(vendor).requests

    def change(case: Case[Any]) -> None:
        known = adaptations.get(case.operation.definition.raw.get("operationId", ""))
        if known is None:
            return
        for name in known.query.keys() & case.query.keys():
            if isinstance(case.query[name], str):
                case.query[name] = known.query[name]
        # By what it asks for, not by a counter: a sequence that is played again has to be the same.
        if known.rare and crc32(repr(case.query).encode("utf-8", "surrogatepass")) % 3:
            for name in known.rare:
                case.query.pop(name, None)
        if isinstance(case.body, dict):
            for name in known.fields.keys() & case.body.keys():
                text = case.body[name]
                if isinstance(text, str):
                    case.body[name] = known.fields[name](text, next(numbers))
            known.complete(case.body)

    _made[id(schema)] = change
    weakref.finalize(schema, _made.pop, id(schema))


# Schemathesis has this hook for all schemas of a process only.
@schemathesis.hook
def before_call(_: HookContext, case: Case[Any], __: dict[str, Any]) -> None:
    """Change a request of a schema that asked for it, and no other."""
    change = _made.get(id(case.operation.schema))
    if change is not None:
        change(case)
