"""The operations of a document: what a function takes, what it sends, and what comes back for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any, Final
from urllib.parse import urljoin

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


@attrs.define
class Body:
    """The body of a request."""

    place: Steps
    media_type: str
    kind: str
    schema: dict[str, Any]
    required: bool
    encodings: dict[str, str]
    prop: Property | None = None

    @property
    def code(self) -> str:
        """The bytes that are sent, in Python."""
        more = f", {self.encodings!r}" if self.encodings else ""
        return f"_{'content' if self.kind == 'json' else f'{self.kind}_content'}(body{more})"


@attrs.define
class Answer:
    """What an answer with certain statuses holds: nothing, where ``media_type`` is ``None``."""

    place: Steps
    status: str
    media_type: str | None
    kind: str
    schema: dict[str, Any]
    is_one_of_several: bool
    prop: Property | None = None

    @property
    def is_success(self) -> bool:
        return self.status[0] in "12"

    @property
    def is_range(self) -> bool:
        return not self.status.isdecimal()

    @property
    def statuses(self) -> str:
        """The status, or the range of statuses, in Python."""
        if self.status == "default":
            return "range(100, 600)"
        return f"range({self.status[0]}00, {self.status[0]}00 + 100)" if self.is_range else self.status


@attrs.define
class Operation:
    """One method of a path, and the function that is made of it."""

    place: Steps
    name: str
    tag: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Parameter]
    body: Body | None
    answers: list[Answer]
    servers: dict[str, str]
    """The server of this operation, by that of the document in whose place it stands; empty where it has none."""
    imports: set[str] = attrs.field(factory=set)
    """Statements that import what the types are made of."""

    @property
    def positional(self) -> list[Parameter]:
        """The parameters in the path, in its order."""
        found = [each for each in self.parameters if each.where == "path"]
        return sorted(found, key=lambda each: self.path.index(f"{{{each.name}}}"))

    def within(self, where: str) -> list[Parameter]:
        """Return the parameters in this place."""
        return [each for each in self.parameters if each.where == where]

    @property
    def path_code(self) -> str:
        """The path, in Python, without a fragment, which only tells operations apart."""
        parameters = {each.name: each for each in self.positional}
        path = self.path.partition("#")[0]
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
        """The media types to ask for, where an answer may have one of several."""
        if not any(each.is_one_of_several for each in self.answers):
            return None
        return ", ".join(sorted({each.media_type for each in self.answers if each.media_type}))

    @property
    def headers(self) -> list[str]:
        """The headers of a request, as entries of a dict in Python."""
        found = [] if self.accept is None else [f'"Accept": "{in_double_quote_literal(self.accept)}"']
        if self.body is not None and self.body.media_type != "application/json":
            text = f'"{in_double_quote_literal(self.body.media_type)}"'
            if self.body.kind == "multipart":
                text = "_MULTIPART"
            found.append(f'"Content-Type": {text if self.body.required else f"{text} if body is not UNSET else UNSET"}')
        found += [each.code for each in self.within("header")]
        cookies = ", ".join(each.code for each in self.within("cookie"))
        return [*found, f'"Cookie": _cookies(**{{{cookies}}})'] if cookies else found

    @property
    def described(self) -> list[Parameter | Body | Answer]:
        """Everything that has a schema."""
        body: list[Parameter | Body | Answer] = [self.body] if self.body else []
        return [*self.parameters, *(each for each in self.answers if each.media_type), *body]


def read(document: dict[str, Any]) -> Iterator[Operation]:
    """Yield the operations of a document."""
    for steps, item, operation in operations(document):
        yield Operation(
            place=steps,
            name=function_name(operation["operationId"]),
            tag=str(PythonIdentifier(next(iter(operation.get("tags", ())), "default"), prefix="tag")),
            method=steps[-1],
            path=steps[1],
            summary=operation.get("summary", ""),
            description=operation.get("description", ""),
            parameters=[*parameters(document, steps, item, operation)],
            body=_body(document, steps, operation),
            answers=sorted(
                _answers(document, steps, operation),
                key=lambda each: (each.status != "default", not each.is_range, each.status),
            ),
            servers=_servers(document, item, operation),
        )


def _servers(document: dict[str, Any], *nodes: dict[str, Any]) -> dict[str, str]:
    """Return the servers of the innermost node that has some.

    As many as the document has stand for one of them each, such as a region; of any other number, the first does.
    """
    known = servers(document)
    found = [servers(node) for node in nodes if node.get("servers")]
    if not found:
        return {}
    own = found[-1]
    pairs = zip(known, own if len(own) == len(known) else cycle(own[:1]), strict=False)
    return {old.rstrip("/"): urljoin(old, new).rstrip("/") for old, new in pairs if old != new}


def _body(document: dict[str, Any], steps: Steps, operation: dict[str, Any]) -> Body | None:
    said = follow(document, operation.get("requestBody"))
    content = media.chosen(said.get("content", {}))
    if content is None:
        return None
    media_type, more = content
    kind = media.kind(media_type)
    schema = more.get("schema", {})
    required = bool(said.get("required", False))
    return Body((*steps, "requestBody"), media_type, kind, schema, required, encoding.of(kind, more))


def _answers(document: dict[str, Any], steps: Steps, operation: dict[str, Any]) -> Iterator[Answer]:
    for status, node in operation.get("responses", {}).items():
        content = follow(document, node).get("content", {})
        media_type, more = media.chosen(content) or (None, {})
        kind = media.answered(media_type) if media_type else "nothing"
        place = (*steps, "responses", status)
        yield Answer(place, status, media_type, kind, more.get("schema", {}), len(content) > 1)
