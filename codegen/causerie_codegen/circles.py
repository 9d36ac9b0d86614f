"""Components that hold themselves without a class between: arrays, maps and choices.

A class may refer to itself by its name, which a type of Python made of lists and dicts alone cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from .walk import fields, kinds

_PREFIX: Final = "#/components/schemas/"


def opened(document: dict[str, Any]) -> None:
    """Let be any JSON of its type what would begin again, and make components of objects in choices.

    The class of an object is looked up by its name, so it may refer to the choice that it is a part of. Of what a
    component's array holds, the classes would be made twice.
    """
    components = document.get("components", {}).get("schemas", {})
    for name, schema in [*components.items()]:
        for index, alternative in enumerate(_alternatives(schema)):
            if _holds(document, alternative, name):
                _name(components, alternative, f"{name}Type{index}")
        for index, alternative in enumerate(_alternatives(schema.get("items"))):
            _name(components, alternative, f"{name}ItemType{index}")
    for name in components:
        _open(document, components[name], (name,))


def _name(components: dict[str, Any], schema: dict[str, Any], name: str) -> None:
    """Make a component of an object that is described where it is used."""
    if "$ref" in schema or "properties" not in schema:
        return
    while name in components:
        name += "Part"
    components[name] = {**schema}
    schema.clear()
    schema["$ref"] = _PREFIX + name


def unwound(document: dict[str, Any]) -> None:
    """Leave the choice out where a component has a part that is a choice between it and others.

    Being one of the alternatives, it says nothing by that; what stands beside the choice is meant, and when each of
    the alternatives has it, it is left out there.
    """
    components = document.get("components", {}).get("schemas", {})
    found: dict[str, set[str]] = {}
    for name, schema in components.items():
        for part in schema.get("allOf", ()):
            base = str(part.get("$ref", "")).removeprefix(_PREFIX)
            if name in _names(components.get(base, {})):
                found.setdefault(base, set()).add(name)
                part.clear()
                part |= {key: deepcopy(each) for key, each in components[base].items() if key not in _CHOICE}
    for base, names in found.items():
        if names == {*_names(components[base])}:
            components[base] = {key: each for key, each in components[base].items() if key not in _BESIDE}


_CHOICE: Final = frozenset({"oneOf", "anyOf", "discriminator"})
_BESIDE: Final = frozenset({"properties", "required", "additionalProperties"})


def _names(schema: Any) -> list[str]:
    """Return the names of the components that a schema chooses between, and "" for what is none."""
    return [str(each.get("$ref", "")).removeprefix(_PREFIX) for each in _alternatives(schema)]


def _alternatives(schema: Any) -> Iterator[dict[str, Any]]:
    for key in ("oneOf", "anyOf") if isinstance(schema, dict) else ():
        yield from (each for each in schema.get(key, ()) if isinstance(each, dict))


def _open(document: dict[str, Any], schema: Any, behind: tuple[str, ...]) -> None:
    """Break the circles in a schema that ``behind`` lead to."""
    for inner in _inner(document, schema):
        name = str(inner.get("$ref", "")).removeprefix(_PREFIX)
        if name in behind:
            known = kinds(document, inner)
            inner.clear()
            inner.update({"type": next(iter(known))} if len(known) == 1 else {})
        elif "$ref" not in inner:
            _open(document, inner, behind)
        elif name in document["components"]["schemas"]:
            _open(document, document["components"]["schemas"][name], (*behind, name))


def _inner(document: dict[str, Any], schema: Any) -> Iterator[dict[str, Any]]:
    """Yield the schemas that a schema consists of, unless it becomes a class."""
    if not isinstance(schema, dict) or fields(document, schema):
        return
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield schema[key]
    for key in ("prefixItems", "oneOf", "anyOf"):
        yield from (each for each in schema.get(key, ()) if isinstance(each, dict))


def _holds(document: dict[str, Any], schema: Any, name: str, behind: frozenset[int] = frozenset()) -> bool:
    """Return whether a schema leads to a component."""
    if isinstance(schema, list):
        return any(_holds(document, each, name, behind) for each in schema)
    if not isinstance(schema, dict) or id(schema) in behind:
        return False
    if schema.get("$ref") == _PREFIX + name:
        return True
    return any(_holds(document, each, name, behind | {id(schema)}) for each in schema.values())
