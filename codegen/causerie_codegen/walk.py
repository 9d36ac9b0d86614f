"""Finds the schemas and the operations in a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from causerie_spec import METHODS
from causerie_spec.pointer import follow, has_names

Steps = tuple[Any, ...]
Problem = tuple[Steps, str]

ONE: Final = ("items", "additionalProperties", "not", "contains", "propertyNames", "if", "then", "else")
LISTS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
MAPS: Final = ("properties", "patternProperties", "$defs", "dependentSchemas")
NOTES: Final = frozenset({"title", "description", "example", "examples", "deprecated", "externalDocs", "xml"})
"""Keys that change no type."""
BOUNDS: Final = frozenset({"uniqueItems", "minItems", "maxItems", "minContains", "maxContains"}) | {
    *("pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minProperties", "maxProperties", "dependentRequired", "unevaluatedItems", "unevaluatedProperties"),
    *("contentEncoding", "contentMediaType", "contentSchema"),
}
"""Keys that only limit the values of a type."""
CONSTRAINTS: Final = frozenset({*ONE, *LISTS, *MAPS, *BOUNDS}) | {
    *("type", "enum", "const", "format", "required", "discriminator", "$dynamicRef"),
}
"""The keys of a schema that say what its values are; whatever else stands in it only annotates them."""


def operations(document: dict[str, Any]) -> Iterator[tuple[Steps, dict[str, Any], dict[str, Any]]]:
    """Yield each operation, after its place and its path item."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if isinstance(item, dict) and isinstance(item.get(method), dict):
                yield ("paths", path, method), item, item[method]


def operation_id(steps: Steps, operation: dict[str, Any]) -> Any:
    """Return the operationId, or a replacement if there is none: ``get /things/{id}``."""
    return operation.get("operationId", "") or f"{steps[-1]} {steps[1]}"


def schemas(document: dict[str, Any]) -> Iterator[tuple[Steps, dict[str, Any]]]:
    """Yield each schema after its place, before the schemas inside it, so that a caller may change it first."""
    yield from _in_holder((), document)


def references(node: Any, steps: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """Yield the place and the target of each ``$ref``."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from references(item, (*steps, index))
    elif isinstance(node, dict):
        if isinstance(node.get("$ref"), str) and not has_names(steps):
            yield steps, node["$ref"]
        for key, value in node.items():
            if has_names(steps) or not (
                key in {"example", "examples", "default", "enum", "const"} or str(key).startswith("x-")
            ):
                yield from references(value, (*steps, key))


def fields(document: dict[str, Any], schema: Any) -> dict[str, Any]:
    """Return the properties of an object, those of the parts of ``allOf`` included."""
    return {name: node for part in _parts(document, schema) for name, node in part.get("properties", {}).items()}


def required(document: dict[str, Any], schema: Any) -> set[str]:
    """Return the names of an object's required properties, including those in ``allOf``."""
    return {name for part in _parts(document, schema) for name in part.get("required", ())}


def _parts(document: dict[str, Any], schema: Any, behind: tuple[int, ...] = ()) -> Iterator[dict[str, Any]]:
    schema = follow(document, schema)
    if id(schema) in behind:
        return
    yield schema
    for part in schema.get("allOf", ()):
        yield from _parts(document, part, (*behind, id(schema)))


def _in_holder(steps: Steps, node: Any) -> Iterator[tuple[Steps, dict[str, Any]]]:
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _in_holder((*steps, index), item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in {"example", "examples"} or str(key).startswith("x-"):
                continue
            if steps == ("components",) and key == "schemas" and isinstance(value, dict):
                for name, schema in value.items():
                    yield from _in_schema(("components", "schemas", name), schema)
            elif key == "schema" and len(steps) > 2:
                yield from _in_schema((*steps, key), value)
            else:
                yield from _in_holder((*steps, key), value)


def _in_schema(steps: Steps, schema: Any) -> Iterator[tuple[Steps, dict[str, Any]]]:
    if not isinstance(schema, dict):
        return
    yield steps, schema
    for key in ONE:
        yield from _in_schema((*steps, key), schema.get(key))
    for key in LISTS:
        if isinstance(schema.get(key), list):
            for index, item in enumerate(schema[key]):
                yield from _in_schema((*steps, key, index), item)
    for key in MAPS:
        if isinstance(schema.get(key), dict):
            for name, item in schema[key].items():
                yield from _in_schema((*steps, key, name), item)


def values(schema: dict[str, Any]) -> Any:
    """Return the values that a schema lists with ``const`` or ``enum``, or ``None``."""
    return [schema["const"]] if "const" in schema else schema.get("enum")


def types_of(schema: dict[str, Any]) -> list[str]:
    """Return the types in a schema's own ``type``."""
    said = schema.get("type", [])
    return [said] if isinstance(said, str) else said


ALL: Final = frozenset({"object", "array", "string", "number", "integer", "boolean", "null"})
"""The types of JSON."""


def kinds(document: dict[str, Any], schema: Any, behind: tuple[int, ...] = ()) -> frozenset[str]:  # noqa: PLR0911
    """Return the JSON types that a schema allows."""
    schema = follow(document, schema)
    if id(schema) in behind:
        return ALL
    behind = (*behind, id(schema))
    said = schema.get("type")
    if isinstance(said, str):
        return frozenset({said})
    if isinstance(said, list):
        return frozenset(said)
    if "properties" in schema:
        return frozenset({"object"})
    for keyword in ("oneOf", "anyOf"):
        if keyword in schema:
            return frozenset().union(*(kinds(document, each, behind) for each in schema[keyword]))
    if values(schema) is not None:
        return frozenset(KINDS[type(value)] for value in values(schema))
    return ALL.intersection(*(kinds(document, each, behind) for each in schema.get("allOf", ())))


def common_kinds(document: dict[str, Any], parts: list[Any]) -> frozenset[str]:
    """Return the JSON types that schemas have in common."""
    found = [kinds(document, each) for each in parts]
    return ALL.intersection(*(each | {"integer"} if "number" in each else each for each in found))


def has_texts(document: dict[str, Any], schema: Any, *, is_deep: bool, behind: tuple[int, ...] = ()) -> bool:
    """Return whether all parts of an array or object are single values; ``is_deep`` allows objects in objects."""
    schema = follow(document, schema)
    known = kinds(document, schema)
    if known == ALL or id(schema) in behind:
        return True
    inner = [schema.get("items", {})] if "array" in known else [*fields(document, schema).values()]
    behind = (*behind, id(schema))
    return not any(
        said <= {"array", "object"}
        and not (is_deep and said == {"object"} and has_texts(document, each, is_deep=True, behind=behind))
        for each in inner
        for said in [kinds(document, each) - {"null"}]
    )


KINDS: Final[dict[type, str]] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    dict: "object",
    list: "array",
    type(None): "null",
}
