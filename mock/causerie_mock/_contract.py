"""A document, compiled: its operations, found by path and method, and what each of them asks for."""

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
    #: Whether the values of an array stand in one text, separated by commas.
    joined: bool
    type: str
    schema: Schema

    @property
    def repeats(self) -> bool:
        """Whether it stands in the query once for each of its values."""
        return self.type == "array" and not self.joined

    def value(self, texts: list[str]) -> Any:
        """`texts` as this parameter's type; unchanged when they do not spell one, for the schema to refuse."""
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
    # ASCII alone and no underscores, all of which int() would accept, and no more digits than it will read.
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
    #: None when everybody may call it.
    credential: Credential | None
    parameters: tuple[Parameter, ...]
    body: Body | None
    responses: Mapping[int, Mapping[str, Any]]

    @property
    def success(self) -> int:
        """The one 2xx status that the document gives this operation."""
        return min(self.responses)

    def documented(self, *statuses: int) -> int:
        """Return the first of `statuses` that the document gives this operation, or the last of them."""
        return next((status for status in statuses if status in self.responses), statuses[-1])


@attrs.define
class Route:
    """A path template by its segments, parameters being None, and its operations by method."""

    names: tuple[str, ...]
    segments: tuple[str | None, ...]
    operations: dict[str, Operation] = attrs.field(factory=dict)

    def match(self, segments: list[str]) -> dict[str, str] | None:
        """Return the path parameters of a path that this template fits."""
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
    """What an OpenAPI 3.1 document promises.

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
        # As nearly every client spells them; `find` knows every other spelling too.
        self._static = {
            f"{base}{path}".encode(): (route.operations, dict[str, str]())
            for base in reversed(bases)
            for path, route in routes.items()
            if not route.names
        }

    def operations(self) -> Iterator[Operation]:
        """Every operation of the document."""
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
        """Return the operation that a request asks for, if there is one."""
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
        if not security or not all(security):  # one alternative needs none
            return None
        ((name,),) = security
        return credential(self.document, name)

    def _body(self, body: dict[str, Any]) -> Body:
        schemas = {media_type: self.schema(content["schema"]) for media_type, content in body["content"].items()}
        return Body(body.get("required", False), schemas)

    def schema(self, schema: Any) -> Schema:
        """Return `schema`, a part of this document, compiled."""
        return Schema(schema, self.components)
