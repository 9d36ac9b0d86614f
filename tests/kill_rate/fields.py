"""The fields of the documented answers: what may be wrong with them."""

from __future__ import annotations

import functools
import json
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import attrs

from causerie_contract._vendor import vendor_of
from causerie_mock import Mock, Request
from causerie_spec.documents import load, operations, parameters, vendors
from causerie_spec.pointer import look, parse

_KNOWN_BY = frozenset({"phoneNumber", "email", "fkId"})
_BASES = {vendor: oracle[0] for vendor in vendors() if (oracle := vendor_of(vendor).oracle)}


@attrs.frozen
class Field:
    """A field of an answer. Its `path` has `*` for every item of a list."""

    path: tuple[str, ...]
    types: frozenset[str]
    required: bool
    enum: tuple[Any, ...]
    format: str | None
    #: What it is in the answer to the documented request.
    example: Any

    def __str__(self) -> str:
        return "/".join(("", *self.path))


def requests(vendor: str) -> dict[str, list[Request]]:
    """Return the documented requests by operationId, and those of the model oracle where none is documented."""
    document = load(vendor)
    mock = Mock(vendor)
    found: dict[str, list[Request]] = {}
    for name, (method, template) in operations(document).items():
        path, query = template, dict(_BASES[vendor].queries.get(name, {}))
        for _, parameter in parameters(document, ("paths", template, method)):
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", quote(parameter["example"]))
            elif "example" in parameter:
                query[parameter["name"]] = parameter["example"]
        headers = [(key.lower().encode(), value.encode()) for key, value in mock.headers().items()]
        headers.append((b"content-type", b"application/json"))
        for body in _bodies(document["paths"][template][method]) or _own_bodies(vendor, name):
            sent = Request(method.upper(), path.encode(), urlencode(query).encode(), headers, body)
            found.setdefault(name, []).append(sent)
    return found


@functools.cache
def fields(vendor: str) -> dict[str, list[Field]]:
    """Return, by operationId, the fields that the answers to the documented requests have."""
    document = load(vendor)
    found: dict[str, list[Field]] = {}
    for name, sent in requests(vendor).items():
        method, path = operations(document)[name]
        by_path: dict[tuple[str, ...], Field] = {}
        for request in sent:
            reply = Mock(vendor).handle(request)
            content = look(document, ("paths", path, method, "responses", str(reply.status))).get("content", {})
            for media_type in content.values():
                for field in _walk(document, media_type["schema"], json.loads(reply.body), ()):
                    by_path.setdefault(field.path, field)
        found[name] = list(by_path.values())
    return found


def chosen(items: list[Any], count: int, *reason: str) -> list[Any]:
    """Draw `count` of the items for a `reason`: the same ones every time."""
    return items if len(items) <= count else random.Random(" ".join(reason)).sample(items, count)


def flat(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Merge a schema with its references and its parts; of alternatives, take the first that is not null."""
    merged: dict[str, Any] = {"properties": {}, "required": []}
    parts = [node]
    while parts:
        part = parts.pop(0)
        if "$ref" in part:
            parts.append(look(document, parse(part["$ref"])))
        parts += part.get("allOf", ())
        alternatives = part.get("anyOf", ())
        parts += [each for each in alternatives if each != {"type": "null"}][:1]
        if {"type": "null"} in alternatives:
            merged["null"] = True
        merged["properties"] |= part.get("properties", {})
        merged["required"] += part.get("required", ())
        merged |= {key: value for key, value in part.items() if key not in {"properties", "required"}}
    return merged


def types(schema: dict[str, Any]) -> frozenset[str]:
    """Return the JSON types that a flat schema allows; an empty set means any."""
    kind = schema.get("type", ())
    found = {kind} if isinstance(kind, str) else set(kind)
    return frozenset(found | ({"null"} if "null" in schema else set()))


def _bodies(operation: dict[str, Any]) -> list[bytes]:
    if "requestBody" not in operation:
        return [b""]
    return [
        json.dumps(_new(operation["operationId"], example["value"])).encode()
        for content in operation["requestBody"]["content"].values()
        for example in [*content.get("examples", {}).values(), {"value": content.get("example")}]
        if example["value"] is not None
    ]


def _new(operation: str, body: Any) -> Any:
    # The documented users exist already.
    return (
        {**body, **{name: f"{body[name]}0" for name in _KNOWN_BY & body.keys()}} if operation == "create_user" else body
    )


def _own_bodies(vendor: str, operation: str) -> list[bytes]:
    return [json.dumps(body).encode() for body in _BASES[vendor].bodies({})[operation]]


def _walk(document: dict[str, Any], node: dict[str, Any], value: Any, path: tuple[str, ...]) -> Iterator[Field]:
    schema = flat(document, node)
    if isinstance(value, list) and "items" in schema:
        for item in value:
            yield from _walk(document, schema["items"], item, (*path, "*"))
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in schema["properties"]:
                field = flat(document, schema["properties"][name])
                yield Field(
                    (*path, name),
                    types(field),
                    name in schema["required"],
                    tuple(field.get("enum", ())),
                    field.get("format"),
                    inner,
                )
                yield from _walk(document, schema["properties"][name], inner, (*path, name))
