"""The descriptions of OpenAPI, 3.1 and 3.0, which say what is wrong with a document, and where.

That of 3.0 lists alternatives where a value decides which one it has to be. So that the validator can decide as well,
they are written here as those of 3.1 are: of a value that fits no alternative, it can only say that.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from jsonschema_rs import Validator, validator_for
from openapi_spec_validator.schemas import schema_v30, schema_v31

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
OLD_DIALECT: Final = "#/definitions/Schema"
"""What stands for the schemas of 3.0."""
IN_OLD: Final = frozenset(schema_v30["definitions"]["Schema"]["properties"])
"""The keys of a schema in OpenAPI 3.0."""
_REFERENCE: Final = {"$ref": "#/definitions/Reference"}


@cache
def validator(version: str) -> Validator:
    """Return what checks documents of a version, or the schemas of one: ``DIALECT`` or ``OLD_DIALECT``."""
    if version == DIALECT:
        return validator_for({"$ref": DIALECT})
    if version == OLD_DIALECT:
        described = _old()
        schema = _decided({"oneOf": [{"$ref": OLD_DIALECT}, _REFERENCE]})
        return validator_for({**schema, "$schema": described["$schema"], "definitions": described["definitions"]})
    return validator_for(_old() if version == "3.0" else json.loads(json.dumps(dict(schema_v31))))


def _old() -> Any:
    described = _decided(json.loads(json.dumps(dict(schema_v30))))
    described["$schema"] = "http://json-schema.org/draft-07/schema#"
    described["$id"] = described.pop("id")
    parts = described["definitions"]
    parts["Schema"]["properties"]["multipleOf"] = {"type": "number", "exclusiveMinimum": 0}
    for name, field in (("SecurityScheme", "type"), ("ParameterLocation", "in")):
        parts[name] = _by(field, parts[name]["oneOf"], parts)
    with_schema, with_content = parts["SchemaXORContent"].pop("oneOf")
    parts["SchemaXORContent"] |= {"if": {"required": ["content"]}, "then": with_content, "else": with_schema}
    return described


def _decided(node: Any) -> Any:
    """Return a part of the description in which a value is a reference when it has a ``$ref``, and only then."""
    if isinstance(node, list):
        return [_decided(each) for each in node]
    if not isinstance(node, dict):
        return node
    # The draft that the description is written in does not know this format, and nothing depends on it.
    node = {key: _decided(each) for key, each in node.items() if (key, each) != ("format", "uri-reference")}
    if isinstance(node.get("oneOf"), list) and _REFERENCE in node["oneOf"]:
        said, *other = [each for each in node.pop("oneOf") if each != _REFERENCE]
        if other:  # true and false, of additionalProperties
            said = {"if": {"type": "boolean"}, "else": said}
        node |= {"if": {"type": "object", "required": ["$ref"]}, "then": _REFERENCE, "else": said}
    return node


def _by(field: str, alternatives: list[dict[str, Any]], parts: dict[str, Any]) -> dict[str, Any]:
    """Return a description that chooses between alternatives by the value of a field."""
    known = {}
    for each in alternatives:
        described = parts[each["$ref"].rpartition("/")[2]] if "$ref" in each else each
        known[described["properties"][field]["enum"][0]] = each
    chosen = [
        {"if": {"required": [field], "properties": {field: {"const": value}}}, "then": each}
        for value, each in known.items()
    ]
    return {"type": "object", "required": [field], "properties": {field: {"enum": [*known]}}, "allOf": chosen}
