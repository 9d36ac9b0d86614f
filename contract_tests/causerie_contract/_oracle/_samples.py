"""Values that a schema describes, for parts of a body that no good body of the model has."""

from __future__ import annotations

from typing import Any

from causerie_spec.pointer import Pointer, look, resolve

from ._contract import Contract
from ._value import changed, there

_BY_FORMAT = {
    "date-time": "2024-03-20T12:00:00Z",
    "date": "2024-03-20",
    "uri": "https://example.com/",
    "email": "a@example.com",
}
#: The longest path in a value: a schema may be a part of itself.
_DEEP = 4


def with_lists(contract: Contract, operation: str, body: Any) -> Any:
    """Return a good body with an item in each list of objects that the document describes and the body lacks."""
    schema, document = contract.body(operation), contract.document
    if schema is None:
        return body
    for place, _, described in list(contract.properties(schema, body, ())):
        if "items" not in look(document, described) or there(body, place) or not there(body, place[:-1]):
            continue
        value = _sample(document, described, 0)
        if look(document, resolve(document, (*described, "items"))).get("properties"):
            more = changed(body, place, value)
            body = more if contract.refused(operation, {}, more) is None else body
    return body


def _sample(document: dict[str, Any], schema: Pointer, depth: int) -> Any:
    schema = resolve(document, schema)
    node = look(document, schema)
    for keyword in ("const", "example", "default"):
        if node.get(keyword) is not None:
            return node[keyword]
    for keyword in ("enum", "examples"):
        if node.get(keyword):
            return node[keyword][0]
    for keyword in ("anyOf", "oneOf"):
        if node.get(keyword):
            return _sample(document, (*schema, keyword, 0), depth)
    kinds = node.get("type", "object")
    return _of(document, schema, kinds if isinstance(kinds, str) else kinds[0], depth)


def _of(document: dict[str, Any], schema: Pointer, kind: str, depth: int) -> Any:
    node = look(document, schema)
    if kind == "array":
        return [_sample(document, (*schema, "items"), depth + 1)] if "items" in node else []
    if kind == "object":
        parts = [_sample(document, (*schema, "allOf", index), depth) for index, _ in enumerate(node.get("allOf", ()))]
        names = node.get("properties", ()) if depth < _DEEP else node.get("required", ())
        own = {name: _sample(document, (*schema, "properties", name), depth + 1) for name in names}
        return {name: value for part in (*parts, own) if isinstance(part, dict) for name, value in part.items()}
    text = _BY_FORMAT.get(node.get("format", ""), "x" * node.get("minLength", 1))
    return {"string": text, "boolean": True, "null": None}.get(kind, node.get("minimum", 1))
