"""Where each ``$ref`` leads: somewhere, not back to itself, and to an object of the kind that belongs there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from causerie_spec import METHODS
from causerie_spec.pointer import follow, look, parse

from .openapi import shape_of_schema
from .walk import LISTS, MAPS, ONE, Problem, Steps, references

_EACH: Final = " {}"
"""Behind a kind, it stands for a list or a map of objects of this kind."""
_MEDIA: Final = {"schema": "schema", "content": "media type {}", "examples": "example {}"}
_PARTS: Final[dict[str, dict[str, str]]] = {
    "document": {"paths": "path item {}", "webhooks": "path item {}", "components": "components"},
    "components": {
        "schemas": "schema {}",
        "responses": "response {}",
        "parameters": "parameter {}",
        "examples": "example {}",
        "requestBodies": "request body {}",
        "headers": "header {}",
        "securitySchemes": "security scheme {}",
        "links": "link {}",
        "callbacks": "callback {}",
        "pathItems": "path item {}",
    },
    "path item": {"parameters": "parameter {}", **dict.fromkeys(METHODS, "operation")},
    "operation": {
        "parameters": "parameter {}",
        "requestBody": "request body",
        "responses": "response {}",
        "callbacks": "callback {}",
    },
    "request body": {"content": "media type {}"},
    "response": {"headers": "header {}", "content": "media type {}", "links": "link {}"},
    "parameter": _MEDIA,
    "header": _MEDIA,
    "media type": {"schema": "schema", "examples": "example {}", "encoding": "encoding {}"},
    "encoding": {"headers": "header {}"},
    "schema": dict.fromkeys((*ONE, "contentSchema", "unevaluatedItems", "unevaluatedProperties"), "schema")
    | dict.fromkeys((*LISTS, *MAPS, "definitions"), "schema {}"),
}
"""The kinds of the parts of an object, by its own kind."""
_SECTIONS: Final = {kind.removesuffix(_EACH): section for section, kind in _PARTS["components"].items()}
_OTHER: Final = ""
"""The kind of what stands in such an object, and is nothing that a ``$ref`` may lead to."""


def dangling(document: dict[str, Any]) -> Iterator[Problem]:
    """Yield the references that lead nowhere, back to themselves, or to what does not belong there."""
    pending = [(steps, _kind(steps), reference) for steps, reference in references(document)]
    seen: set[Steps] = set()
    for steps, expected, reference in pending:
        if not reference.startswith("#/"):
            yield steps, _out(reference)
            continue
        try:
            if "$ref" in follow(document, {"$ref": reference}):
                yield steps, f"the $ref to {reference} refers back to itself: describe what is meant"
                continue
            place = parse(reference)
            target = look(document, place)
        except (LookupError, TypeError, ValueError):
            yield steps, f"the $ref to {reference} leads nowhere: describe it, or leave it out"
            continue
        kind = _kind(place)
        if expected in _SECTIONS and (kind not in {None, expected} or not _is_object(target, expected)):
            found = f"leads to {_a(kind)}, where {_a(expected)} is expected" if kind else f"leads to no {expected}"
            remedy = f"name one in #/components/{_SECTIONS[expected]}, or describe it here"
            yield steps, f"the $ref to {reference} {found}: {remedy}"
        elif kind is None and expected in _SECTIONS and expected != "schema":
            yield steps, f"the $ref to {reference} leads to an extension: move it to #/components/{_SECTIONS[expected]}"
        elif kind is None and place not in seen:
            # Nobody has looked there yet.
            seen.add(place)
            yield from shape_of_schema(document, place, target)
            inner = references(target, place)
            pending += [(each, _kind(each[len(place) :], expected), further) for each, further in inner]
    yield from _parts_of_themselves(document)


def _out(reference: str) -> str:
    """Return what is wrong with a reference that leads to no place in the document, with its files taken into it."""
    file = reference.partition("#")[0]
    if not file:
        return f"the $ref to {reference} is no place in a document: write #/components/schemas/ and a name, or the like"
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", file):
        return f"{reference} leads out of the document: write what stands there into components"
    return f"there is no file {file} in the document's folder: put it there, or write what it has into components"


def _kind(steps: Steps, kind: str | None = "document") -> str | None:
    """Return the kind of what stands at a place, from one of a kind on; ``None`` for what stands in an extension."""
    for step in steps:
        if kind is None or (str(step).startswith("x-") and not kind.endswith(_EACH)):
            return None
        if kind.endswith(_EACH):
            kind = kind.removesuffix(_EACH)
        else:
            kind = "path item" if kind == "callback" else _PARTS.get(kind, {}).get(str(step), _OTHER)
    return kind


def _is_object(target: Any, expected: str) -> bool:
    return isinstance(target, dict) or (expected == "schema" and isinstance(target, bool))


def _a(kind: str) -> str:
    if kind.endswith(_EACH):
        return f"all that is {_a(kind.removesuffix(_EACH))}"
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _parts_of_themselves(document: dict[str, Any]) -> Iterator[Problem]:
    """Yield the components that are parts of themselves."""
    parts = {
        f"#/components/schemas/{name}": {
            each["$ref"] for each in schema.get("allOf", ()) if isinstance(each, dict) and "$ref" in each
        }
        for name, schema in document.get("components", {}).get("schemas", {}).items()
        if isinstance(schema, dict) and isinstance(schema.get("allOf", ()), list | tuple)
    }
    for name, found in parts.items():
        pending = [*found]
        for each in pending:
            pending += [inner for inner in parts.get(each, ()) if inner not in pending]
        if name in pending:
            yield tuple(name.split("/")[1:]), "it is a part of itself by allOf: leave that part out"
