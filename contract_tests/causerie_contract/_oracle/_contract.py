"""A compiled document, which judges single requests and answers."""

from __future__ import annotations

import codecs
import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from causerie_spec.documents import answer, media_type_of, operations, parameters, with_ranges
from causerie_spec.evidence import Evidence, evidence
from causerie_spec.fault import Fault, Schemas
from causerie_spec.pointer import Pointer, describing, look, resolve, spell

from .._text import decode
from ._secrets import is_sure, secrets

#: A URL or a header is too long: what stands before an operation says so of any, and no document has to (RFC 9110 and
#: RFC 6585). Whether the request was a good one is another question.
_TOO_LONG = (414, 431)
#: The longest path to an object whose properties are named: a schema may be a part of itself.
_DEEP = 6
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")


class Contract:
    """The compiled document of one vendor."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document: dict[str, Any] = with_ranges(document)
        self.operations = operations(document)
        self._schemas = Schemas(self.document)
        self._parameters: dict[str, Mapping[str, tuple[Pointer, dict[str, Any]]]] = {}

    def place(self, operation: str) -> Pointer:
        """Return the place of the operation."""
        method, path = self.operations[operation]
        return ("paths", path, method)

    def evidence(self, place: Pointer) -> Evidence | None:
        """Return the evidence for the place."""
        return evidence(self.document, place)

    def fault(self, operation: str, response: httpx.Response) -> Fault | None:
        """Return the first thing that an answer does otherwise than the operation promises."""
        place = answer(self.document, self.place(operation), response.status_code)
        if place is None and response.status_code in _TOO_LONG:
            return None
        if place is None:
            responses = (*self.place(operation), "responses")
            return Fault((), "status", f"{response.status_code} is no documented status", responses)
        content = look(self.document, place).get("content", {})
        media_type = media_type_of(response.headers.get("content-type", ""))
        if not content:
            return Fault((), "content", "a body where none is documented", place) if response.content else None
        if media_type not in content:
            return Fault((), "content-type", f"{media_type or 'no media type'} is not documented", (*place, "content"))
        schema = (*place, "content", media_type, "schema")
        return self._in_json(schema, response.content)

    def _in_json(self, schema: Pointer, content: bytes) -> Fault | None:
        if content.startswith(codecs.BOM_UTF8):
            return Fault((), "json", "a byte order mark stands before the JSON (RFC 8259, 8.1)", schema)
        try:
            value = decode(content)
        except ValueError as error:
            return Fault((), "json", f"the body is no JSON that can be read: {error}", schema)
        return next(self._schemas.faults(schema, value), None) or next(self._leaks(schema, value), None)

    def _leaks(self, schema: Pointer, value: Any) -> Iterator[Fault]:
        """Yield the fields that seem to be secret and that the document does not know, also where it is open."""
        for at in secrets(value):
            objects = [at[:end] for end, token in enumerate(at) if isinstance(token, str)]
            owners = [describing(self.document, schema, place) for place in objects]
            is_free = not all(map(self.closed, owners))
            if is_free and (not is_sure(str(at[-1])) or not self._written.isdisjoint(at)):
                continue  # clients may have written it
            if describing(self.document, schema, at) == owners[-1]:
                yield Fault(at, "leak", f"the document does not know {at[-1]}, which may be a secret", owners[-1])

    @functools.cached_property
    def _written(self) -> frozenset[str | int]:
        """The names of all properties that a client may write."""
        bodies = [schema for name in self.operations if (schema := self.body(name)) is not None]
        return frozenset(at[-1] for schema in bodies for at, *_ in self.properties(schema, {}, ()))

    def described(self, operation: str, status: int, instance: Pointer) -> Pointer:
        """Return the place in the document that describes a part of an answer's body, or the nearest one."""
        place = answer(self.document, self.place(operation), status)
        if place is None:
            return (*self.place(operation), "responses")
        for media_type in look(self.document, place).get("content", ()):
            return describing(self.document, (*place, "content", media_type, "schema"), instance)
        return place

    def is_beside(self, operation: str, status: int, instance: Pointer) -> bool:
        """Say whether a field of an answer stands beside those that the document names."""
        owner = self.described(operation, status, instance[:-1])
        return self.described(operation, status, instance) == owner and self.closed(owner)

    def success(self, operation: str) -> int:
        """Return the first status of success that the operation names."""
        responses = look(self.document, self.place(operation))["responses"]
        return next((int(status) for status in responses if status.startswith("2") and status.isdigit()), 200)

    def closed(self, schema: Pointer) -> bool:
        """Say whether the schema that stands there names fields: a free-form object has none to look for."""
        node = look(self.document, resolve(self.document, schema))
        return not {"properties", "allOf", "anyOf", "oneOf"}.isdisjoint(node)

    def is_locked(self, operation: str) -> bool:
        """Say whether the operation needs a credential."""
        security = look(self.document, self.place(operation)).get("security", self.document.get("security"))
        return bool(security) and all(security)  # where one alternative needs none, none is needed

    def body(self, operation: str) -> Pointer | None:
        """Return the place of the schema of the operation's JSON body, or None if it has no body."""
        place = (*self.place(operation), "requestBody")
        try:
            place = resolve(self.document, place)
        except LookupError:
            return None
        return (*place, "content", "application/json", "schema")

    def parameters(self, operation: str) -> Mapping[str, tuple[Pointer, dict[str, Any]]]:
        """Return the operation's query parameters by name: the pointer to each, and its node."""
        if operation not in self._parameters:
            found = parameters(self.document, self.place(operation))
            query = {node["name"]: (place, node) for place, node in found if node["in"] == "query"}
            self._parameters[operation] = query
        return self._parameters[operation]

    def properties(self, schema: Pointer, value: Any, at: Pointer) -> Iterator[tuple[Pointer, Pointer, Pointer]]:
        """Yield a body's possible properties: their places in it and in the document, and those of their schemas.

        Of a list these are the properties of its last item.
        """
        schema = resolve(self.document, schema)
        node = look(self.document, schema)
        for name in node.get("properties", ()):
            described = resolve(self.document, (*schema, "properties", name))
            yield (*at, name), (*schema, "properties", name), described
            inner = look(self.document, described)
            known = value.get(name, {}) if isinstance(value, dict) else {}
            if len(at) < _DEEP and (inner.get("properties") or inner.get("allOf") or (known and "items" in inner)):
                yield from self.properties(described, known, (*at, name))
        if "items" in node and isinstance(value, list) and value:
            yield from self.properties((*schema, "items"), value[-1], (*at, len(value) - 1))
        for index, _ in enumerate(node.get("allOf", ())):
            yield from self.properties((*schema, "allOf", index), value, at)
        for keyword in ("anyOf", "oneOf"):
            for index, _ in enumerate(node.get(keyword, ())):
                if self.allows((*schema, keyword, index), value):
                    yield from self.properties((*schema, keyword, index), value, at)

    def undescribed(self, operation: str, query: Mapping[str, str | list[str]], body: Any) -> str | None:
        """Return the parts of a request that the document has no place for, such as `query name` or `body /name`."""
        known = self.parameters(operation)
        for name in query:
            if name not in known:
                return f"query {name}"
        schema = self.body(operation)
        if isinstance(body, dict) and schema is not None:
            return next(self._undescribed(schema, (), body), None)
        return None

    def refused(self, operation: str, query: Mapping[str, str | list[str]], body: Any) -> Fault | None:
        """Return the first reason for which the document forbids a request, or None when it allows it."""
        for name, (where, node) in self.parameters(operation).items():
            if name in query:
                value = self._value((*where, "schema"), query[name], exploded=node.get("explode", True))
                for fault in self._schemas.faults((*where, "schema"), value):
                    return fault
            elif node.get("required"):
                return Fault((name,), "required", f"{name} is required", where)
        schema = self.body(operation)
        if schema is not None:
            return next(self._schemas.faults(schema, body), None)
        return None

    def allows(self, schema: Pointer, value: Any) -> bool:
        """Return whether the schema at the place allows the value."""
        return self._schemas.allows(schema, value)

    def _undescribed(self, schema: Pointer, at: Pointer, value: Any) -> Iterator[str]:
        if not isinstance(value, dict) or not self.closed(schema):
            return
        for name, inner in value.items():
            described = describing(self.document, schema, (name,))
            if described == schema:
                yield f"body {spell((*at, name))}"
            else:
                yield from self._undescribed(described, (*at, name), inner)

    def _value(self, schema: Pointer, text: str | list[str], *, exploded: bool) -> Any:
        kind = look(self.document, resolve(self.document, schema)).get("type")
        if isinstance(text, list):
            return text
        if kind == "array":
            return [text] if exploded else text.split(",")
        if kind == "integer" and _INTEGER.fullmatch(text):
            return int(text)
        if kind == "boolean" and text in {"true", "false"}:
            return text == "true"
        return text
