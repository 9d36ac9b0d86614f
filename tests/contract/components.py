"""The named schemas of a document, and the bodies that it gives as examples."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import attrs
import orjson
import schemathesis
from hypothesis.strategies import SearchStrategy
from jsonschema_rs import Draft202012Validator
from schemathesis import Case
from schemathesis.config import SchemathesisConfig

from causerie_spec.documents import operations
from causerie_spec.pointer import Pointer, look, parse, resolve, spell


@attrs.frozen
class Component:
    """A named schema with fields."""

    vendor: str
    name: str
    document: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.vendor}-{self.name}"

    @cached_property
    def fields(self) -> dict[str, Pointer]:
        """Where the document describes each field, by key."""
        return dict(self._fields(self._place))

    @cached_property
    def documented(self) -> dict[str, Any]:
        """The documented values of fields, by key."""
        nodes = {key: look(self.document, place) for key, place in self.fields.items()}
        return {key: node["examples"][0] for key, node in nodes.items() if "examples" in node}

    @cached_property
    def validator(self) -> Draft202012Validator:
        """The document's own judgement."""
        return _validator(self.document, self._reference)

    def values(self) -> SearchStrategy[bytes]:
        """Return a strategy for JSON objects that the document allows."""
        # Schemathesis generates requests, so the schema becomes the body of one.
        body = {"required": True, "content": {"application/json": {"schema": self._reference}}}
        operation = {"requestBody": body, "responses": {"200": {"description": "Anything."}}}
        document = {**self.document, "paths": {"/": {"post": operation}}}
        made = schemathesis.openapi.from_dict(document, config=SchemathesisConfig())
        return made["/"]["POST"].as_strategy().map(_body)

    @property
    def _place(self) -> Pointer:
        return ("components", "schemas", self.name)

    @property
    def _reference(self) -> dict[str, str]:
        return {"$ref": f"#{spell(self._place)}"}

    def _fields(self, schema: Pointer) -> Iterator[tuple[str, Pointer]]:
        schema = resolve(self.document, schema)
        node = look(self.document, schema)
        for index, _ in enumerate(node.get("allOf", ())):
            yield from self._fields((*schema, "allOf", index))
        for key in node.get("properties", ()):
            yield key, (*schema, "properties", key)


@attrs.frozen
class Example:
    """A documented body. `name` is the component that it is, or that each of its items is."""

    vendor: str
    #: JSON pointer into the document.
    place: str
    name: str
    value: Any

    def __str__(self) -> str:
        return f"{self.vendor}-{self.place}"


def components(vendor: str, document: dict[str, Any]) -> Iterator[Component]:
    """Yield the named schemas that have fields."""
    for name, schema in document["components"]["schemas"].items():
        if "properties" in schema or "allOf" in schema:
            yield Component(vendor, name, document)


def examples(vendor: str, document: dict[str, Any]) -> Iterator[Example]:
    """Yield the documented bodies of requests and answers."""
    for place in _media_types(document):
        node = look(document, place)
        values: dict[Pointer, Any] = {("example",): node["example"]} if "example" in node else {}
        values |= {("examples", name): example["value"] for name, example in node.get("examples", {}).items()}
        for tokens, value in values.items():
            yield Example(vendor, spell((*place, *tokens)), _component(document, node["schema"], value), value)


def _media_types(document: dict[str, Any]) -> Iterator[Pointer]:
    owners: list[Pointer] = [("components", "responses", name) for name in document["components"]["responses"]]
    for method, path in operations(document).values():
        operation = ("paths", path, method)
        owners += [(*operation, "responses", status) for status in look(document, operation)["responses"]]
        owners += [(*operation, "requestBody")] if "requestBody" in look(document, operation) else []
    for owner in owners:
        for media_type in look(document, owner).get("content", ()):
            yield (*owner, "content", media_type)


def _validator(document: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": document["components"]})


def _component(document: dict[str, Any], schema: dict[str, Any], value: Any) -> str:
    if "anyOf" in schema:
        schema = next(each for each in schema["anyOf"] if _validator(document, each).is_valid(value))
    if "discriminator" in schema:
        said = schema["discriminator"]
        schema = {"$ref": said["mapping"][value[said["propertyName"]]]}
    if schema.get("type") == "array":
        schema = schema["items"]
    return str(parse(schema["$ref"])[-1])


def _body(case: Case[Any]) -> bytes:
    return orjson.dumps(_bounded(case.body))


def _bounded(value: Any) -> Any:
    """Return the value with its integers limited to 64 bits: orjson neither writes nor reads others."""
    if isinstance(value, dict):
        return {key: _bounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_bounded(item) for item in value]
    if type(value) is int:
        return max(-(2**63), min(value, 2**64 - 1))
    return value
