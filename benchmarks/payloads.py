"""What is decoded: answers that carry every documented field, made from the documents' own schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

SPEC = Path(__file__).parents[1] / "spec"
DATE = "2026-01-02T03:04:05Z"
PLAIN = {
    "string": "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b",
    "integer": 1_700_000_000,
    "number": 1.5,
    "boolean": True,
    None: "anything",
}


def document(vendor: str) -> dict[str, Any]:
    """One vendor's document."""
    return yaml.safe_load((SPEC / f"{vendor}.yaml").read_text(encoding="utf-8"))


def resolve(root: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema behind a reference, an ``allOf`` merged, and null left out of an ``anyOf``."""
    while "$ref" in schema:
        schema = root["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "allOf" in schema:
        parts = [resolve(root, part) for part in schema["allOf"]]
        properties = {name: each for part in [*parts, schema] for name, each in part.get("properties", {}).items()}
        required = [name for part in [*parts, schema] for name in part.get("required", [])]
        return {"type": "object", "properties": properties, "required": required}
    if "anyOf" in schema:
        return resolve(root, next(each for each in schema["anyOf"] if each.get("type") != "null"))
    return schema


def kind(schema: dict[str, Any]) -> str | None:
    """Return the JSON type of a resolved schema, null left out."""
    declared = schema.get("type")
    return next(each for each in declared if each != "null") if isinstance(declared, list) else declared


def sample(root: dict[str, Any], schema: dict[str, Any]) -> Any:
    """Return a value of a schema with every field that it declares."""
    schema = resolve(root, schema)
    if "enum" in schema:
        return schema["enum"][0]
    declared = kind(schema)
    if declared == "object":
        return {name: sample(root, each) for name, each in schema.get("properties", {}).items()}
    if declared == "array":
        return [sample(root, schema["items"])]
    return DATE if schema.get("format") == "date-time" else PLAIN[declared]


def payloads() -> dict[str, tuple[str, str, Any]]:
    """Name to (vendor, component, value)."""
    convocore, raia = document("convocore"), document("raia")
    create = convocore["paths"]["/agents/{agentId}/convos"]["post"]["responses"]["200"]["content"]["application/json"]
    small = next(iter(create["examples"].values()))["value"]
    conversation = sample(raia, {"$ref": "#/components/schemas/Conversation"})
    page = {**sample(raia, {"$ref": "#/components/schemas/ConversationPage"}), "data": [conversation] * 50}
    return {
        "small": ("convocore", "ConversationResponse", small),
        "full": (
            "convocore",
            "ConversationResponse",
            sample(convocore, {"$ref": "#/components/schemas/ConversationResponse"}),
        ),
        "page": ("raia", "ConversationPage", page),
    }
