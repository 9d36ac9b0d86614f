"""Null: how a document says that a value may be null, said in one way."""

from __future__ import annotations

from typing import Any, Final

from .composition import STRUCTURE
from .walk import CONSTRAINTS, kinds, schemas, types_of

_NULL: Final = {"type": "null"}


def spell(document: dict[str, Any]) -> None:
    """Say what ``nullable`` of OpenAPI 3.0 says by types, values and alternatives."""
    for _, schema in [*schemas(document)]:
        if schema.pop("nullable", False) is not True or "$ref" in schema:
            continue
        if isinstance(schema.get("enum"), list) and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
        choice = next((schema[key] for key in ("oneOf", "anyOf") if key in schema), None)
        if "allOf" in schema:
            moved = {key: schema.pop(key) for key in [*schema] if key in CONSTRAINTS}
            schema["anyOf"] = [moved, _NULL.copy()]
            continue
        if "type" in schema:
            schema["type"] = [*dict.fromkeys([*types_of(schema), "null"])]
        if choice is not None and not any("null" in kinds(document, each) for each in choice):
            choice.append(_NULL.copy())


def settle(document: dict[str, Any]) -> None:
    """Say where an object is used that it may be null, where its component says so: the component keeps its class."""
    components = document.get("components", {}).get("schemas", {})
    found = {
        f"#/components/schemas/{name}": each
        for name, each in components.items()
        if {*types_of(each)} == {"object", "null"} and "properties" in each
    }
    for each in found.values():
        each["type"] = "object"
    for steps, schema in [*schemas(document)] if found else ():
        parts = schema.get("allOf", ())
        if schema.get("$ref") in found and "allOf" not in steps[-2:]:
            schema["anyOf"] = [{"$ref": schema.pop("$ref")}, {"type": "null"}]
        elif len(parts) == 1 and parts[0].get("$ref") in found and STRUCTURE.isdisjoint(schema):
            schema["anyOf"] = [*schema.pop("allOf"), {"type": "null"}]
