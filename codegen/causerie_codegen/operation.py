"""The operations of a document: parameters, request bodies and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle, groupby
from typing import Any, Final
from urllib.parse import quote, urljoin

import attrs
from openapi_python_client.parser.properties import Property
from openapi_python_client.strings import PythonIdentifier, in_double_quote_literal, in_f_string_literal

from causerie_spec.pointer import follow

from . import encoding, media
from .document import servers
from .names import function_name
from .parameter import Parameter, parameters
from .walk import Steps, operations

RESERVED: Final = frozenset({"DECODERS", "METHOD", "NAME", "Request", "body"})
"""What the module of an operation uses: a parameter of such a name gets an underscore."""
_WRITTEN: Final = "%/:?@!$&'()*+,;=[]"
"""Characters that stay as they are in the query of a path."""


@attrs.define
class Body:
    """A request body."""

    place: Steps
    media_type: str
    kind: str
    schema: dict[str, Any]
    required: bool
    encodings: dict[str, str]
    reserved: list[str]
    headers: list[Parameter]
    """The headers of its parts."""
    is_usual: bool
    """Whether it is the default among several bodies."""
    prop: Property | None = None

    @property
    def code(self) -> str:
        """The content to send, as Python code."""
        more = [repr(self.encodings)] if self.encodings or self.reserved or self.headers else []
        more += [repr(self.reserved)] if self.reserved else []
        headers = [
            f'"{in_double_quote_literal(field)}": {_dict_of("_headers", [*found])}'
            for field, found in groupby(self.headers, key=lambda each: each.field)
        ]
        more += [f"{{{', '.join(headers)}}}"] if headers else []
        return f"_{'content' if self.kind == 'json' else f'{self.kind}_content'}({', '.join(['body', *more])})"

    @property
    def literal(self) -> str:
        """The media type, as Python code."""
        return f'"{in_double_quote_literal(self.media_type)}"'

    @property
    def header(self) -> str:
        """The value of ``Content-Type``, as Python code."""
        return "_MULTIPART" if self.kind == "multipart" else self.literal


@attrs.define
class Answer:
    """The content of answers with certain statuses; nothing if ``media_type`` is ``None``."""

    place: Steps
    status: str
    media_type: str | None
    kind: str
    schema: dict[str, Any]
    names: list[str]
    """All media types for which it is read so."""
    accepted: list[str] | None
    """Those that the document names, if there are others."""
    is_usual: bool
    """Whether it is preferred to others with this status."""
    prop: Property | None = None

    @property
    def is_success(self) -> bool:
        return self.status[0] in "12"

    @property
    def is_range(self) -> bool:
        return not self.status.isdecimal()

    @property
    def statuses(self) -> str:
        """The status or the range of statuses, as Python code."""
        if self.status == "default":
            return "range(100, 600)"
        return f"range({self.status[0]}00, {self.status[0]}00 + 100)" if self.is_range else self.status


@attrs.define
class Operation:
    """One method of a path, and the function that is generated for it."""

    place: Steps
    name: str
    tag: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Parameter]
    bodies: list[Body]
    """The body, or the bodies from which the caller chooses, the default first."""
    answers: list[Answer]
    """The answers by status; among those with one status, the preferred one first."""
    servers: dict[str, str]
    """This operation's own servers, by the document's server that each replaces; empty if it has none."""
    imports: set[str] = attrs.field(factory=set)
    """The import statements for the types."""

    @property
    def positional(self) -> list[Parameter]:
        """The parameters in the path, in its order."""
        found = [each for each in self.parameters if each.where == "path"]
        return sorted(found, key=lambda each: self.path.index(f"{{{each.name}}}"))

    def within(self, where: str) -> list[Parameter]:
        """Return the parameters in this place."""
        return [each for each in self.parameters if each.where == where]

    @property
    def reserved(self) -> frozenset[str]:
        """What the module of the operation uses: a parameter of such a name gets an underscore."""
        return RESERVED | ({"media_type"} if len(self.bodies) > 1 else set())

    @property
    def raw_query(self) -> str:
        """The parts of the query that are already percent-encoded, as Python code."""
        query = self.path.partition("#")[0].partition("?")[2]
        known = {each.name: each for each in self.positional}
        pieces = [
            f'_in_query("{in_double_quote_literal(piece)}", {known[piece].python_name})'
            if is_name
            else f'"{quote(piece, safe=_WRITTEN)}"'
            for piece, is_name in zip(re.split(r"\{([^{}]*)\}", query), cycle((False, True)))
            if piece
        ]
        found = [" + ".join(pieces)] if pieces else []
        reserved = [each for each in self.within("query") if each.reserved]
        found += [f"_encoded({_dict_of('_query', reserved)}, is_reserved=True)"] if reserved else []
        return " + ".join(found) if len(found) < 2 else f'"&".join(filter(None, [{", ".join(found)}]))'

    @property
    def query(self) -> list[Parameter]:
        """The parameters that are percent-encoded in the query as a whole."""
        return [each for each in self.within("query") if not each.reserved]

    @property
    def query_code(self) -> str:
        """Those parameters, as Python code."""
        return _dict_of("_query", self.query)

    @property
    def path_code(self) -> str:
        """The path, in Python, without its query, and without a fragment, which only tells operations apart."""
        path = self.path.partition("#")[0].partition("?")[0]
        parameters = {each.name: each for each in self.positional if f"{{{each.name}}}" in path}
        pieces = re.split(r"\{([^{}]*)\}", path)
        if all(each.is_plain for each in parameters.values()):
            text = "".join(
                f"{{{parameters[piece].code}}}" if is_name else in_f_string_literal(piece)
                for piece, is_name in zip(pieces, cycle((False, True)))
            )
            return f'f"{text}"' if parameters else f'"{in_double_quote_literal(path)}"'
        # Before Python 3.12, nothing with quotes stands in an f-string.
        return " + ".join(
            parameters[piece].code if is_name else f'"{in_double_quote_literal(piece)}"'
            for piece, is_name in zip(pieces, cycle((False, True)))
            if piece
        )

    @property
    def accept(self) -> str | None:
        """The media types to request, if an answer may have one of several."""
        if all(each.accepted is None for each in self.answers):
            return None
        named = [(each, each.names if each.accepted is None else each.accepted) for each in self.answers]
        usual = {name for each, names in named if each.is_usual for name in names[:1]}
        others = {name for _, names in named for name in names} - usual
        return ", ".join([*sorted(usual), *(f"{each};q=0.5" for each in sorted(others))])

    @property
    def headers(self) -> list[str]:
        """The headers of a request, as Python code for entries of a dict."""
        found = [] if self.accept is None else [f'"Accept": "{in_double_quote_literal(self.accept)}"']
        if self.bodies and (len(self.bodies) > 1 or self.bodies[0].media_type != "application/json"):
            text = self.bodies[0].header
            if len(self.bodies) > 1:
                others = [f"{each.literal}: _MULTIPART" for each in self.bodies if each.kind == "multipart"]
                text = f"{{{', '.join(others)}}}.get(media_type, media_type)" if others else "media_type"
            found.append(
                f'"Content-Type": {text if self.bodies[0].required else f"{text} if body is not UNSET else UNSET"}'
            )
        found += [each.code for each in self.within("header")]
        cookies = self.within("cookie")
        return [*found, f'"Cookie": {_dict_of("_cookies", cookies)}'] if cookies else found

    @property
    def described(self) -> list[Parameter | Body | Answer]:
        """All objects that have a schema."""
        return [*self.parameters, *(each for each in self.answers if each.media_type), *self.bodies]

    @property
    def by_status(self) -> list[list[Answer]]:
        """The answers, grouped by status."""
        return [[*found] for _, found in groupby(self.answers, key=lambda each: each.status)]


def _dict_of(function: str, parameters: list[Parameter]) -> str:
    """Return a call of a function with parameters, as Python code."""
    arguments: list[str] = []
    for is_several, found in groupby(parameters, key=lambda each: each.is_several):
        codes = [each.code for each in found]
        arguments += codes if is_several else [f"{{{', '.join(codes)}}}"]
    if not any(each.is_several for each in parameters):
        arguments = [f"**{each}" for each in arguments]
    return f"{function}({', '.join(arguments)})"


def read(document: dict[str, Any]) -> Iterator[Operation]:
    """Yield the operations of a document."""
    for steps, item, operation in operations(document):
        found = [*parameters(document, steps, item, operation)]
        yield Operation(
            place=steps,
            name=function_name(operation["operationId"]),
            tag=str(PythonIdentifier(next(iter(operation.get("tags", ())), "default"), prefix="tag")),
            method=steps[-1],
            path=steps[1],
            summary=operation.get("summary", ""),
            description=operation.get("description", ""),
            parameters=found,
            bodies=[*_bodies(document, steps, operation, found)],
            answers=sorted(
                _answers(document, steps, operation),
                key=lambda each: (each.status != "default", not each.is_range, each.status),
            ),
            servers=_servers(document, item, operation),
        )


def _servers(document: dict[str, Any], *nodes: dict[str, Any]) -> dict[str, str]:
    """Return the servers of the innermost node that has any.

    If they are as many as the document's servers, they replace these one by one, such as for regions; otherwise, the
    first one replaces all of them.
    """
    known = servers(document)
    found = [servers(node) for node in nodes if node.get("servers")]
    if not found:
        return {}
    own = found[-1]
    pairs = zip(known, own if len(own) == len(known) else cycle(own[:1]), strict=False)
    return {old.rstrip("/"): urljoin(old, new).rstrip("/") for old, new in pairs if old != new}


def _bodies(
    document: dict[str, Any], steps: Steps, operation: dict[str, Any], parameters: list[Parameter]
) -> Iterator[Body]:
    said = follow(document, operation.get("requestBody"))
    place = (*steps, "requestBody")
    known: list[Any] = []
    for index, (media_type, more) in enumerate(media.bodies(document, said.get("content", {}))):
        kind = media.kind(media_type)
        schema = more.get("schema", {})
        known.append(schema)
        yield Body(
            place=place,
            media_type=media_type,
            kind=kind,
            schema={} if schema in known[:-1] else schema,  # a text or bytes, and there is a class already
            required=bool(said.get("required", False)),
            encodings=encoding.of(kind, more),
            reserved=encoding.reserved(kind, more),
            headers=[each for each in parameters if each.where == "part" and media_type in each.place[len(place) :]],
            is_usual=index == 0,
        )


def is_bare(method: str, status: str) -> bool:
    """Return whether HTTP lets an answer have no body, whatever the document says."""
    return method == "head" or status in {"204", "205", "304"}


def _answers(document: dict[str, Any], steps: Steps, operation: dict[str, Any]) -> Iterator[Answer]:
    for status, node in operation.get("responses", {}).items():
        content = {} if is_bare(steps[-1], status) else follow(document, node).get("content", {})
        offers = media.answers(document, content)
        known = [each.schema for each in offers]
        for index, each in enumerate(offers or [media.Offer("nothing", {}, [])]):
            named = [name for name in each.names if name in content]
            yield Answer(
                place=(*steps, "responses", status),
                status=status,
                media_type=next(iter(each.names), None),
                kind=each.kind,
                schema={} if each.schema in known[:index] else each.schema,  # as with bodies
                names=each.names,
                accepted=(named if len(offers) > 1 else named[:1]) if len(content) > 1 else None,
                is_usual=index == 0,
            )
