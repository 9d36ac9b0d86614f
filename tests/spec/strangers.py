"""Documents as strangers write them: ours in other words, among much that is not ours, with faults of all kinds."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

Document = dict[str, Any]
Place = tuple[str | int, ...]

#: What may stand where something else should.
FAULTS: list[Any] = [
    None,
    True,
    7,
    "word",
    [],
    {},
    [7, None],
    {"type": "file"},
    {"7": 7},
    {"$ref": "#/components/schemas/Nowhere"},
    {"$ref": "https://example.com/openapi.json#/components/schemas/User"},
    {"$ref": "other.yaml"},
    {"$ref": "#/components"},
    {"$ref": "#/paths/~1stranger~1loop"},
    {"$ref": "#"},
    {"$ref": 7},
    {"allOf": [{"$ref": "#/components/schemas/Loop"}], "oneOf": {}, "anyOf": [7]},
    {"properties": [], "required": True, "enum": "word", "items": [{}], "additionalProperties": 7},
    {"required": [7], "type": ["string", "null", 7], "exclusiveMinimum": True, "discriminator": {"propertyName": 7}},
    {"discriminator": {"propertyName": "kind", "mapping": {"a": "Nowhere", "b": 7}}, "oneOf": [True, False]},
    {
        "get": 7,
        "POST": {"parameters": {}, "responses": {"200": 7, "20": {}, "x-more": 7, "4xx": {"content": {"a": None}}}},
    },
    {
        "parameters": [
            7,
            {"name": "x", "in": "body"},
            {"name": "x", "in": "path"},
            {"name": "y", "in": "query", "content": {}},
        ]
    },
    {"security": [7, {"Nobody": []}], "requestBody": {"content": [], "required": "yes"}, "responses": []},
    {"content": {"application/json": {"schema": 7}, "text/plain": 7}, "headers": {"A": 7, "B": {"schema": []}}},
    {"url": "http://["},
]

#: Schemas that refer to themselves, and what they are missed for.
LOOPS: Document = {
    "Loop": {"allOf": [{"$ref": "#/components/schemas/Ring"}]},
    "Ring": {"anyOf": [{"$ref": "#/components/schemas/Loop"}, {"type": "string"}]},
}


def places(node: Any, place: Place = ()) -> Iterator[Place]:
    """Every place in a document."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield (*place, key)
        yield from places(child, (*place, key))


def put(document: Document, place: Place, value: Any) -> None:
    """Put `value` in place of what stands there, or at the end of a list."""
    node = _at(document, place[:-1])
    if isinstance(node, list) and len(node) == place[-1]:
        node.append(None)
    node[place[-1]] = copy.deepcopy(value)


def respelt(ours: Document) -> Document:
    """Return the contract of `ours` in other words, among operations of others that cannot be read.

    Parameters and components have other names, paths end with a slash and begin with the server's, their items stand
    behind references, and null is `nullable`.
    """
    theirs = json.loads(re.sub(r"#/components/schemas/(\w+)", r"#/components/schemas/\1%20DTO", json.dumps(ours)))
    components = theirs["components"]
    components["schemas"] = {f"{name} DTO": schema for name, schema in components["schemas"].items()} | LOOPS
    for place in list(places(theirs)):
        _rename(_at(theirs, place))
    prefix = urlsplit(ours["servers"][0]["url"]).path
    paths = dict[str, Any]()
    for number, (path, item) in enumerate(theirs["paths"].items()):
        components.setdefault("pathItems", {})[str(number)] = item
        paths[f"{prefix}{path.replace('}', '_}')}/"] = {"$ref": f"#/components/pathItems/{number}"}
    servers = [{"url": server["url"].removesuffix(prefix)} for server in ours["servers"]]
    return theirs | {"openapi": "3.0.3", "servers": servers, "paths": paths | strangers()}


def strangers() -> Document:
    """Paths of somebody else, in which nothing can be read."""
    return {
        "/stranger/loop": {"$ref": "#/paths/~1stranger~1loop"},
        "x-paths": 7,
        **{f"/stranger/{number}": fault for number, fault in enumerate(FAULTS)},
        **{f"/stranger/{number}/get": {"get": fault} for number, fault in enumerate(FAULTS)},
    }


def _rename(node: Any) -> None:
    if not isinstance(node, dict):
        return
    if node.get("in") == "path":
        node["name"] += "_"
    types = node.get("type")
    if isinstance(types, list) and "null" in types and len(types) == 2:
        node["type"], node["nullable"] = next(each for each in types if each != "null"), True


def _at(document: Document, place: Place) -> Any:
    node: Any = document
    for token in place:
        node = node[token]
    return node
