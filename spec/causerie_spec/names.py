"""Names in a document that would become the same name in Python, which the generator refuses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .difference import NAME, Difference
from .documents import METHODS, describe, parameters
from .pointer import Pointer, has_names, look
from .shape import shape

#: A place, the kind of names at that place, and those that become the same name in Python.
Collision = tuple[Pointer, str, tuple[str, ...]]


def snake(name: str) -> str:
    """Return the Python name of a parameter or property, before keywords are avoided."""
    kept = "".join(each for each in name if each.isidentifier() or each.isdecimal() or each in ". _-")
    if any(each.isupper() for each in kept):
        kept = " ".join(re.split("([A-Z]?[a-z]+)", kept))
    return "_".join(re.findall(r"[^. _-]+", kept)).lower()


def collisions(document: dict[str, Any]) -> Iterator[Collision]:
    """Yield groups of names of parameters, properties, operations or components that become the same name."""
    functions = dict[str, list[tuple[str, str]]]()
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                place: Pointer = ("paths", path, method)
                node = item[method]
                sent = [(each["name"], _called(each["name"], each)) for _, each in parameters(document, place)]
                yield from _same(place, "parameters", sent)
                if "operationId" in node:
                    module = snake((*node.get("tags", ()), "default")[0])
                    functions.setdefault(module, []).append((node["operationId"], snake(node["operationId"])))
    for names in functions.values():
        yield from _same(("paths",), "operations", names)
    schemas = document.get("components", {}).get("schemas", {})
    yield from _same(("components", "schemas"), "components", [(name, snake(name)) for name in schemas])
    for place in _objects(document, ()):
        fields = shape(document, (place,)).properties
        yield from _same(
            place, "fields", [(name, _called(name, look(document, at[-1]))) for name, at in fields.items()]
        )


def clashes(base: dict[str, Any], head: dict[str, Any]) -> Iterator[Difference]:
    """Yield the names that become the same name in `head` but not in `base`."""
    known = {(place, names) for place, _, names in collisions(base)}
    for place, what, names in collisions(head):
        if (place, names) not in known:
            where = what if len(place) < 3 else describe(head, place)
            yield Difference(_operation(place), where, "name", None, names, sent=True, pointer=place, opposite=place)


def _operation(place: Pointer) -> str:
    match place:
        case ("paths", path, method, *_):
            return f"{str(method).upper()} {path}"
        case _:
            return ""


def _called(name: str, node: Any) -> str:
    given = node.get(NAME) if isinstance(node, dict) else None
    return str(given or snake(name))


def _same(place: Pointer, what: str, names: Iterable[tuple[str, str]]) -> Iterator[Collision]:
    by_name = dict[str, dict[str, None]]()
    for name, called in names:
        by_name.setdefault(called, {})[name] = None
    for some in by_name.values():
        if len(some) > 1:
            yield place, what, tuple(some)


def _objects(node: Any, place: Pointer) -> Iterator[Pointer]:
    """Yield the places of schemas that have properties, or whose parts may have them."""
    if isinstance(node, dict):
        if not has_names(place) and isinstance(node.get("properties", node.get("allOf")), dict | list):
            yield place
        for key, inner in node.items():
            if has_names(place) or key not in {"example", "examples", "default", "enum", "const"}:
                yield from _objects(inner, (*place, key))
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from _objects(inner, (*place, index))
