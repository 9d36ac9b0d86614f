"""Tuples: arrays whose first items are described one by one.

openapi-python-client reads them as arrays of either. So a tuple refers to a component in place of its items, whose
properties are the items; no class is made of it.
"""

from __future__ import annotations

from typing import Any, Final

from openapi_python_client.strings import pascal_case

from .walk import Steps, operation_id, schemas

MARK: Final = "x-tuple"
_SILENT: Final = frozenset({"components", "schemas", "properties", "content", "schema"})


def name(document: dict[str, Any]) -> None:
    """Make a component of the items of each tuple, and refer to it."""
    for steps, schema in [*schemas(document)]:
        if "prefixItems" in schema:
            items = {f"item_{index}": each for index, each in enumerate(schema.pop("prefixItems"))}
            said = {"type": "object", "properties": items, "required": [*items], MARK: True}
            components = document.setdefault("components", {}).setdefault("schemas", {})
            called = _called(document, steps)
            while called in components:
                called += "Part"
            components[called] = said | {"additionalProperties": schema.get("items", True)}
            schema["items"] = {"$ref": f"#/components/schemas/{called}"}


def _called(document: dict[str, Any], steps: Steps) -> str:
    if steps[0] == "paths" and steps[2] != "parameters":
        operation = document["paths"][steps[1]][steps[2]]
        steps = (operation_id(steps[:3], operation), *steps[3:])
    return "".join(pascal_case(str(step)) for step in steps if step not in _SILENT) + "Tuple"
