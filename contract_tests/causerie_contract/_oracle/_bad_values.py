"""Values in place of a property's good one, most of which a document forbids."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from causerie_spec.pointer import Pointer, look, resolve

from ._base import Base
from ._contract import Contract
from ._value import bounds, there, without

#: One value of each JSON type, and a number that is no integer.
BY_TYPE: tuple[Any, ...] = (None, True, 7, 0.5, "text", [], {})

#: What yields values for a property, which is described at one place, in a body where it stands at another.
Tried = Callable[[Contract, Base, Pointer, Pointer, Any], Iterator[Any]]


def few(contract: Contract, base: Base, described: Pointer, place: Pointer, _: Any) -> Iterator[Any]:
    """Yield a few values, for a property that another operation has too."""
    yield from (None, 7, "text", "true", [], [7], "x" * base.lengths.get(str(place[-1]), 1))
    yield from (str(each).swapcase() for each in look(contract.document, described).get("enum", ())[:1])


def every(contract: Contract, base: Base, described: Pointer, place: Pointer, body: Any) -> Iterator[Any]:
    """Yield everything that is tried in place of a property's value."""
    node = look(contract.document, described)
    yield from BY_TYPE
    for value in node.get("enum", ()):
        yield from (value, str(value).swapcase(), f" {value}")
    yield from bounds(node)
    kinds = node.get("type", ())
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if "string" in kinds:
        yield from ("", "x" * 256, "x" * base.lengths.get(str(place[-1]), 1))
    numbers = [each for each in node.get("enum", ()) if type(each) is int]
    if numbers:
        yield from (min(numbers) - 1, max(numbers) + 1)
    if "integer" in kinds or "number" in kinds:
        yield from (0, -1, 99, 2**31 - 1, 2**31, -(2**31) - 1, "7")
    if there(body, place):
        good = look(body, place)
        # What is one may stand where a list belongs, and the other way round.
        yield from good[:1] if isinstance(good, list) else [[good]]
        if isinstance(good, dict):
            yield json.dumps(good)
    if "boolean" in kinds:
        yield from ("true", 1, 0)
    if "array" in kinds:
        items = resolve(contract.document, (*described, "items"))
        for value in (*BY_TYPE, *look(contract.document, items).get("enum", ())):
            yield [value]
            # What is wrong may stand behind what is right.
            yield from ([good, value] for good in (look(body, place)[:1] if there(body, (*place, 0)) else ()))
        if "integer" in str(look(contract.document, items).get("type")):
            yield from ([2**31], [-(2**31) - 1])
        if there(body, (*place, 0)):
            for name in look(contract.document, items).get("required", ()):
                first = look(body, (*place, 0))
                yield [without(first, (name,))]
                yield [first, without(first, (name,))]
