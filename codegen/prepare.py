"""Say what a document means in the words that openapi-python-client reads right.

What it would lose or take for something else is written in another way, with the same meaning:

- a path that is a ``$ref`` is what the reference leads to;
- the ``title`` of a schema, which would rename its class, goes;
- ``format: uuid`` goes: the values are texts, and stay texts;
- what is ``readOnly`` is not required, since a body need not have it;
- what stands beside ``$ref`` or ``allOf``, or in a part that has parts itself, becomes a part of ``allOf``.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final

from walk import fields, resolve, schemas

TEXTS: Final = frozenset({"uuid"})
"""Formats of text that would get a type of their own, which no value has at run time."""
STRUCTURE: Final = frozenset({"properties", "required", "additionalProperties", "type", "patternProperties"})
"""What describes an object."""


def prepared(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of the document that means the same."""
    document = deepcopy(document)
    for path, item in document.get("paths", {}).items():
        if isinstance(item, dict) and "$ref" in item:
            document["paths"][path] = deepcopy(resolve(document, item))
    for steps, schema in schemas(document):
        if isinstance(schema.get("title"), str):
            del schema["title"]
        if schema.get("format") in TEXTS:
            del schema["format"]
        if not (len(steps) > 1 and steps[-2] == "allOf"):
            _compose(schema)
            for part in (schema, *schema.get("allOf", ())):
                _without_read_only(document, part, fields(document, schema))
    return document


def _without_read_only(document: dict[str, Any], part: dict[str, Any], properties: dict[str, Any]) -> None:
    def is_read_only(name: str) -> bool:
        node = properties.get(name)
        return isinstance(node, dict) and bool(node.get("readOnly") or resolve(document, node).get("readOnly"))

    if isinstance(part.get("required"), list):
        part["required"] = [name for name in part["required"] if not is_read_only(name)]
        if not part["required"]:
            del part["required"]


def _compose(schema: dict[str, Any]) -> None:
    """Make one list of parts, none of which has parts itself."""
    parts: list[dict[str, Any]] = []
    if "$ref" in schema and not STRUCTURE.isdisjoint(schema):
        parts.append({"$ref": schema.pop("$ref")})
    for part in schema.get("allOf", ()):
        parts += _flat(part)
    if not parts:
        return
    own = {key: schema.pop(key) for key in STRUCTURE & schema.keys()}
    if "properties" in own or "required" in own:
        parts.append(own)
    elif own.get("additionalProperties") is not None:
        schema["additionalProperties"] = own["additionalProperties"]
    schema["allOf"] = parts


def _flat(part: dict[str, Any]) -> list[dict[str, Any]]:
    if "allOf" not in part:
        return [part]
    rest = {key: value for key, value in part.items() if key != "allOf"}
    inner = [each for item in part["allOf"] for each in _flat(item)]
    return [*inner, rest] if not STRUCTURE.isdisjoint(rest) else inner
