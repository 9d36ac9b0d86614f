"""Choices between schemas: in which order they are tried, and whether a value is taken for another than it is."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import attrs

from causerie_spec.pointer import follow

from .walk import ALL, fields, kinds, required, schemas, values


def settle(document: dict[str, Any]) -> None:
    """Put alternatives into an order in which no value is taken for another, wherever there is one.

    Where there is none, and a field that is not required has other values in each, it becomes a discriminator: an
    object without it is read as JSON. A discriminator knows components alone; of objects that are described where they
    are used, each requires its field.
    """
    for _, schema in schemas(document):
        for keyword in [each for each in ("oneOf", "anyOf") if isinstance(schema.get(each), list)]:
            choice = schema[keyword]
            found = None if "discriminator" in schema else ordered(document, choice)
            if found is None and "discriminator" not in schema:
                _discriminate(document, schema, choice)
            if "discriminator" in schema and all("properties" in each for each in choice):
                name = schema.pop("discriminator")["propertyName"]
                for each in choice:
                    each["required"] = sorted({*each.get("required", ()), name})
            if "discriminator" not in schema:
                schema[keyword] = found or ordered(document, choice) or choice


def _discriminate(document: dict[str, Any], schema: dict[str, Any], choice: list[Any]) -> None:
    """Add a discriminator to a choice of components or of objects, where a field has other texts in each."""
    objects = [each for each in choice if each != {"type": "null"}]
    is_inline = all("properties" in each for each in choice)
    if not (is_inline or all("$ref" in each for each in objects)):
        return
    for name in fields(document, objects[0]):
        mapping: dict[str, str] = {}
        for each in objects:
            listed = values(follow(document, fields(document, each).get(name, {})))
            if kinds(document, each) != {"object"} or not listed or not all(isinstance(text, str) for text in listed):
                break
            if not mapping.keys().isdisjoint(listed):
                break
            mapping |= dict.fromkeys(listed, each.get("$ref", ""))
        else:
            wire_name = name if is_inline else document.get("x-names", {}).get(name, name)
            schema["discriminator"] = {"propertyName": wire_name, "mapping": mapping}
            return


def ordered(document: dict[str, Any], choice: list[Any]) -> list[Any] | None:
    """Return alternatives in the order in which each can be tried before those behind it, or ``None``."""
    shapes = [_Shape.of(document, each) for each in choice]
    left, found = [*range(len(choice))], []
    while left:
        for first in left:
            if all(first == other or _is_apart(document, shapes[first], shapes[other]) for other in left):
                left.remove(first)
                found.append(choice[first])
                break
        else:
            return None
    return found


def confused(document: dict[str, Any], choice: list[Any]) -> list[tuple[int, int]]:
    """Return the pairs of alternatives of which a value of the second is taken for one of the first."""
    shapes = [_Shape.of(document, each) for each in choice]
    return [
        (first, second)
        for first, second in combinations(range(len(choice)), 2)
        if not _is_apart(document, shapes[first], shapes[second])
    ]


@attrs.frozen
class _Shape:
    """What tells a schema from another."""

    schema: Any
    kinds: frozenset[str]
    fields: dict[str, Any]
    required: set[str]

    @classmethod
    def of(cls, document: dict[str, Any], schema: Any) -> _Shape:
        """Return the shape of a schema."""
        return cls(
            follow(document, schema), kinds(document, schema), fields(document, schema), required(document, schema)
        )


def _is_apart(document: dict[str, Any], first: _Shape, second: _Shape) -> bool:
    """Return whether a value of the second is never taken for one of the first, which is tried before it."""
    common = first.kinds & second.kinds
    if not common & {"object", "array"} or first.schema is second.schema:
        return True
    if common == ALL:
        return False
    if "array" in common and not _are_items_apart(document, first.schema, second.schema):
        return False
    if "object" not in common:
        return True
    if first.required - second.fields.keys():
        return True
    needed = first.required & second.required & first.fields.keys() & second.fields.keys()
    return any(_differs(document, first.fields[name], second.fields[name]) for name in needed)


def _are_items_apart(document: dict[str, Any], first: dict[str, Any], second: dict[str, Any]) -> bool:
    pairs = zip(first.get("prefixItems", ()), second.get("prefixItems", ()), strict=False)
    if any(_differs(document, *pair) for pair in pairs):
        return True
    return _is_apart(document, *(_Shape.of(document, each.get("items", {})) for each in (first, second)))


def _differs(document: dict[str, Any], first: Any, second: Any) -> bool:
    ours, theirs = (values(follow(document, each)) for each in (first, second))
    if ours is not None and theirs is not None:
        return not any(each in theirs for each in ours)
    return not kinds(document, first) & kinds(document, second)
