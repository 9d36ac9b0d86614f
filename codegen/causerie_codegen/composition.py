"""Schemas that consist of others: what stands in ``allOf``, ``oneOf`` and ``anyOf``, and beside them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final

from causerie_spec.pointer import follow

from . import overlaps
from .walk import CONSTRAINTS, NOTES, fields, kinds, required, types_of

STRUCTURE: Final = frozenset({"properties", "required", "additionalProperties", "type", "patternProperties"})
"""Keys that describe an object."""
LIMITS: Final = frozenset({"required", "not", "title", "description", "minProperties", "maxProperties"})
"""Keys that only limit an object described elsewhere."""


def compose(document: dict[str, Any], schema: dict[str, Any]) -> None:
    """Make one list of parts that have no parts themselves, or one schema of what is no object."""
    if "allOf" in schema:
        schema["allOf"] = [each for each in schema["allOf"] if not each.keys() <= NOTES] or [{}]
        is_alone = len(schema["allOf"]) == 1 and schema.keys().isdisjoint(CONSTRAINTS - {"allOf"})
        is_alias = is_alone and "$ref" in schema["allOf"][0]
        if not is_alias and (is_alone or "object" not in kinds(document, schema)):
            _fuse(document, schema)
            return
    parts: list[dict[str, Any]] = []
    if "$ref" in schema and not STRUCTURE.isdisjoint(schema):
        parts.append({"$ref": schema.pop("$ref")})
    for part in schema.get("allOf", ()):
        parts += _flat(part)
    if not parts:
        return
    own = {key: schema.pop(key) for key in STRUCTURE & schema.keys()}
    others = [each for part in (*parts, own) if (each := follow(document, part).get("additionalProperties"))]
    others = [each for each in others if isinstance(each, dict)]
    if others:
        # openapi-python-client reads what stands beside allOf alone.
        schema["additionalProperties"] = overlaps.joined(document, others) or {"allOf": deepcopy(others)}
    elif "additionalProperties" in own:
        schema["additionalProperties"] = own["additionalProperties"]
    if "properties" in own or "required" in own:
        parts.append(own)
    schema["allOf"] = parts


def _fuse(document: dict[str, Any], schema: dict[str, Any]) -> None:
    """Make one schema of parts that are no objects; they stay where no single one says what they say together."""
    own = {key: schema[key] for key in schema if key in CONSTRAINTS and key != "allOf"}
    parts = [each for part in schema["allOf"] for each in _flat(follow(document, part))]
    if (joined := overlaps.joined(document, [own, *parts] if own else parts)) is not None:
        del schema["allOf"]
        for key in own:
            del schema[key]
        schema |= deepcopy(joined) | schema
        if "allOf" in schema:
            compose(document, schema)


def distribute(document: dict[str, Any], schema: dict[str, Any]) -> None:
    """Put what stands beside a choice into each alternative; alternatives that only set limits are no choice."""
    parts = schema.get("allOf", [])
    for index, part in enumerate(parts):
        choice = follow(document, part)
        keyword = _choice(choice)
        if keyword is not None and _choice(schema) is None and len(parts) > 1:
            schema[keyword] = deepcopy(choice[keyword])
            parts[index] = {key: value for key, value in deepcopy(choice).items() if key != keyword}
    keyword = _choice(schema)
    if keyword is None or "discriminator" in schema:
        return
    if all(isinstance(each, dict) and each.keys() <= LIMITS for each in schema[keyword]):
        del schema[keyword]
        return
    beside = {key: schema.pop(key) for key in (*STRUCTURE, "allOf") if key in schema}
    if not beside:
        return
    types = types_of(beside) or sorted(kinds(document, {"allOf": beside.get("allOf", [])}))
    own = {key: each for key, each in beside.items() if key not in {"allOf", "type"}}
    parts = [*beside.get("allOf", ()), *([{"type": "object", **own}] if own else ())]
    schema[keyword] = [
        {"allOf": [*deepcopy(parts), each]} if parts and "object" in kinds(document, each) else each
        for alternative in schema[keyword]
        if (each := overlaps.narrowed(document, alternative, types)) is not None
    ]


def describe_required(document: dict[str, Any], schema: dict[str, Any]) -> None:
    """Describe as any JSON the properties that an object requires, and nobody describes."""
    known = fields(document, schema)
    if known and kinds(document, schema) == {"object"} and "$ref" not in schema:
        missing: dict[str, Any] = {name: {} for name in sorted(required(document, schema) - known.keys())}
        if missing and "allOf" in schema:
            schema["allOf"].append({"type": "object", "properties": missing})
        elif missing:
            schema["properties"] |= missing


def _choice(schema: dict[str, Any]) -> str | None:
    found = [keyword for keyword in ("oneOf", "anyOf") if keyword in schema]
    return found[0] if len(found) == 1 else None


def _flat(part: dict[str, Any]) -> list[dict[str, Any]]:
    if "allOf" not in part:
        return [part]
    rest = {key: value for key, value in part.items() if key != "allOf"}
    inner = [each for item in part["allOf"] for each in _flat(item)]
    return [*inner, rest] if not STRUCTURE.isdisjoint(rest) else inner
