"""A compiled document: finds operations by path and method, and has their parameters, bodies and answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import attrs

from causerie_spec import METHODS, Credential, credential
from causerie_spec.documents import with_ranges
from causerie_spec.pointer import follow

from ._schema import Schema


@attrs.frozen
class Parameter:
    """A path or query parameter."""

    name: str
    place: str
    required: bool
    #: Whether an array is one string, with commas between its values.
    joined: bool
    type: str
    schema: Schema

    @property
    def repeats(self) -> bool:
        """Whether the query repeats it for each of its values."""
        return self.type == "array" and not self.joined

    def value(self, texts: list[str]) -> Any:
        """Return `texts` as this parameter's type, or unchanged for the schema to refuse."""
        if self.repeats:
            return texts
        text = texts[0]
        if self.joined:
            return text.split(",")
        if self.type in _TYPES:
            pattern, convert = _TYPES[self.type]
            if pattern.fullmatch(text):
                return convert(text)
        return text


_TYPES: dict[str, tuple[re.Pattern[str], Callable[[str], Any]]] = {
    # Only ASCII digits and no underscores, though int() would accept those, and no more digits than int() can read.
    "integer": (re.compile("-?(?:0|[1-9][0-9]{0,999})"), int),
    "boolean": (re.compile("true|false"), "true".__eq__),
}


@attrs.frozen
class Body:
    """A request body: one schema for each media type."""

    required: bool
    schemas: Mapping[str, Schema]


@attrs.frozen
class Operation:
    """One operation. `responses` holds the documented bodies as raw schemas: status, media type, schema."""

    id: str
    #: None if it needs no credential.
    credential: Credential | None
    parameters: tuple[Parameter, ...]
    body: Body | None
    responses: Mapping[int, Mapping[str, Any]]

    @property
    def success(self) -> int:
        """The only 2xx status that the document has for this operation."""
        return min(self.responses)

    def documented(self, *statuses: int) -> int:
        """Return the first of `statuses` that the document has for this operation, or else the last of them."""
        return next((status for status in statuses if status in self.responses), statuses[-1])


@attrs.define
class Route:
    """The segments of a path template, with None for parameters, and its operations by method."""

    names: tuple[str, ...]
    segments: tuple[str | None, ...]
    operations: dict[str, Operation] = attrs.field(factory=dict)

    def match(self, segments: list[str]) -> dict[str, str] | None:
        """Return the values of the parameters in a path, if it matches this template."""
        if len(segments) != len(self.segments):
            return None
        values: list[str] = []
        for expected, actual in zip(self.segments, segments, strict=True):
            if expected is None and actual:
                values.append(actual)
            elif expected != actual:
                return None
        return dict(zip(self.names, values, strict=True))


class Contract:
    """A compiled OpenAPI 3.1 document.

    Raises `ValueError` or `KeyError` for a document that is outside the subset that spec/ is written in: every
    operation names one security scheme, a bearer token or an API key in a header, or none (`security: []`).
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.document: dict[str, Any] = with_ranges(document)
        document = self.document
        self.components: dict[str, Any] = document.get("components", {})
        routes = {path: self._route(path, item) for path, item in document["paths"].items()}
        bases = dict.fromkeys(["", *(urlsplit(server["url"]).path.rstrip("/") for server in document["servers"])])
        # A static path wins over a templated one (OpenAPI 3.1, 4.8.8.2): /states over /{conversationId}.
        self.routes = sorted(routes.values(), key=lambda route: [segment is None for segment in route.segments])
        self._prefixes = [base.split("/") for base in bases]
        # The paths as nearly every client spells them. `find` also handles every other spelling.
        self._static = {
            f"{base}{path}".encode(): (route.operations, dict[str, str]())
            for base in reversed(bases)
            for path, route in routes.items()
            if not route.names
        }

    def operations(self) -> Iterator[Operation]:
        """All operations of the document."""
        for route in self.routes:
            yield from route.operations.values()

    def find(self, path: bytes) -> tuple[dict[str, Operation], dict[str, str]] | None:
        """Return the operations at `path`, by method, and its path parameters."""
        # behaviour: servers-path-may-stand-before
        if path in self._static:
            return self._static[path]
        try:
            # Split before decoding: %2F is part of a value, never a separator.
            segments = [unquote_to_bytes(segment).decode("utf-8") for segment in path.split(b"/")]
        except UnicodeDecodeError:
            return None
        for prefix in self._prefixes:
            if segments[: len(prefix)] == prefix:
                for route in self.routes:
                    values = route.match(segments[len(prefix) :])
                    if values is not None:
                        return route.operations, values
        return None

    def operation(self, method: str, path: bytes) -> Operation | None:
        """Return the operation that a request is for, if there is one."""
        found = self.find(path)
        return found[0].get(method) if found else None

    def _route(self, path: str, item: dict[str, Any]) -> Route:
        segments = path.split("/")[1:]
        names = tuple(segment[1:-1] for segment in segments if segment.startswith("{"))
        route = Route(names, tuple(None if segment.startswith("{") else segment for segment in segments))
        shared = item.get("parameters", [])
        for method in METHODS:
            if method in item:
                route.operations[method.upper()] = self._operation(item[method], shared)
        return route

    def _operation(self, operation: dict[str, Any], shared: list[Any]) -> Operation:
        nodes = [*shared, *operation.get("parameters", [])]
        return Operation(
            id=operation["operationId"],
            credential=self._credential(operation["security"]),
            parameters=tuple(self._parameter(follow(self.document, node)) for node in nodes),
            body=self._body(follow(self.document, operation["requestBody"])) if "requestBody" in operation else None,
            responses={
                int(status): {
                    media_type: content["schema"]
                    for media_type, content in follow(self.document, response).get("content", {}).items()
                }
                for status, response in operation["responses"].items()
            },
        )

    def _parameter(self, parameter: dict[str, Any]) -> Parameter:
        schema = parameter["schema"]
        return Parameter(
            name=parameter["name"],
            place=parameter["in"],
            required=parameter.get("required", False),
            joined=parameter.get("explode", True) is False,
            type=follow(self.document, schema)["type"],
            schema=self.schema(schema),
        )

    def _credential(self, security: list[dict[str, Any]]) -> Credential | None:
        if not security or not all(security):  # one alternative needs no credential
            return None
        ((name,),) = security
        return credential(self.document, name)

    def _body(self, body: dict[str, Any]) -> Body:
        schemas = {media_type: self.schema(content["schema"]) for media_type, content in body["content"].items()}
        return Body(body.get("required", False), schemas)

    def schema(self, schema: Any) -> Schema:
        """Compile and return `schema`, a part of this document."""
        return Schema(schema, self.components)
