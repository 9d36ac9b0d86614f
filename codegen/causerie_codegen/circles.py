"""Components that hold themselves without a class between: arrays, maps and choices.

A class may refer to itself by its name, which a type of Python made of lists and dicts alone cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from typing import Any, Final

from .walk import fields, kinds

_PREFIX: Final = "#/components/schemas/"


def opened(document: dict[str, Any]) -> None:
    """Let be any JSON of its type what would begin again, and make components of the objects in other components.

    The class of an object is looked up by its name, so it may refer to the choice that it is a part of. Without a name
    of its own, it would be made twice.
    """
    components = document.get("components", {}).get("schemas", {})
    for name, schema in [*components.items()]:
        if not fields(document, schema):
            _name_inside(components, schema, name)
    for name in components:
        _open(document, components[name], (name,))


def _name_inside(components: dict[str, Any], schema: Any, name: str) -> None:
    """Make components of the objects inside a component that is not an object itself."""
    inner = [(each, f"{name}Type{index}") for index, each in enumerate(_alternatives(schema))]
    kind = f"{name}Type{len(inner)}" if inner or isinstance(schema.get("type"), list) else name
    inner += [(schema.get("items"), f"{kind}Item"), (schema.get("additionalProperties"), f"{kind}AdditionalProperty")]
    inner += [(each, f"{kind}ItemType{index}") for index, each in enumerate(schema.get("prefixItems", ()))]
    for each, called in inner:
        if not isinstance(each, dict) or "$ref" in each:
            continue
        if "properties" not in each and "allOf" not in each:
            _name_inside(components, each, called)
            continue
        free = next(name for extra in count() if (name := called + "Part" * extra) not in components)
        components[free] = {**each}
        each.clear()
        each["$ref"] = _PREFIX + free


def unwound(document: dict[str, Any]) -> None:
    """Leave out a choice between a component and others, where the component has it as a part, or is it itself.

    Being one of the alternatives, it says nothing by that; what stands beside the choice is meant, and when each of
    the alternatives has it, it is left out there.
    """
    components = document.get("components", {}).get("schemas", {})
    found: dict[str, set[str]] = {}
    for name, schema in components.items():
        for key in _CHOICE & schema.keys() - {"discriminator"}:
            schema[key] = [each for each in schema[key] if each != {"$ref": _PREFIX + name}]
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
    """Return the names of the components that a schema chooses between, and "" for each alternative without one."""
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
