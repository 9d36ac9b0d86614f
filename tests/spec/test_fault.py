"""What in a value departs from its schema, and where the document says so."""

from __future__ import annotations

from typing import Any

import pytest

from causerie_spec.fault import Schemas
from causerie_spec.pointer import Pointer

THING = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "integer"},
        "at": {"type": "string", "format": "date-time"},
        "either": {
            "anyOf": [
                {"type": "string"},
                {"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "integer"}}},
            ]
        },
        "one": {"oneOf": [{"minimum": 1}, {"minimum": 2}]},
    },
}
DOCUMENT: dict[str, Any] = {"paths": {}, "components": {"schemas": {"Thing": THING}}}
PLACE: Pointer = ("components", "schemas", "Thing")
PROPERTIES = (*PLACE, "properties")
OBJECT = (*PROPERTIES, "either", "anyOf", 1)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"id": 1, "at": "2024-03-20T12:00:00Z", "either": "text", "one": 1}, []),
        ({}, [(("id",), "required", (*PROPERTIES, "id"))]),
        ({"id": "1"}, [(("id",), "type", (*PROPERTIES, "id", "type"))]),
        ({"id": 1, "at": "soon"}, [(("at",), "format", (*PROPERTIES, "at", "format"))]),
        (
            {"id": 1, "either": {"a": "1"}},
            [
                (("either", "a"), "type", (*OBJECT, "properties", "a", "type")),
                (("either", "b"), "required", OBJECT),
            ],
        ),
        ({"id": 1, "either": 7}, [(("either",), "anyOf", (*PROPERTIES, "either", "anyOf"))]),
        ({"id": 1, "one": 2}, [(("one",), "oneOf", (*PROPERTIES, "one", "oneOf"))]),
    ],
)
def test_faults(value: Any, found: list[tuple[Pointer, str, Pointer]]) -> None:
    """Each has its place in the value and in the document; of alternatives, those of the one that was meant."""
    schemas = Schemas(DOCUMENT)
    faults = {(each.instance, each.keyword, each.schema) for each in schemas.faults(PLACE, value)}

    assert set(found) == faults
    assert bool(found) != schemas.allows(PLACE, value)
