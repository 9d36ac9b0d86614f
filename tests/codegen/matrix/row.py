"""A row of the matrix: one thing that a document may say, and what is to become of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
TEXTS = {"type": "array", "items": TEXT}


def ref(name: str) -> dict[str, str]:
    """Return a reference to a component."""
    return {"$ref": f"#/components/schemas/{name}"}


def an_object(*required: str, **properties: Any) -> dict[str, Any]:
    """Return an object with these properties."""
    return {"type": "object", "properties": properties} | ({"required": [*required]} if required else {})


@attrs.frozen
class Row:
    """An operation, the components that it needs, and what is expected.

    ``refused`` is the place, within the operation when it does not begin with ``#``, and a part of the sentence.
    Otherwise a call with ``arguments``, Python in which ``m`` are the models, is ``sent``: a part of the request line,
    of a header or of the body; ``answer`` is a status, a media type and a body, and ``parsed`` Python for what it is.
    """

    name: str
    operation: Mapping[str, Any] = attrs.field(factory=dict)
    schemas: Mapping[str, Any] = attrs.field(factory=dict)
    path: str = ""
    method: str = "post"
    refused: tuple[str, str] | None = None
    arguments: str = ""
    sent: tuple[str, ...] = ()
    answer: tuple[int, str | None, bytes] = (204, None, b"")
    parsed: str = "None"
    values: tuple[Any, ...] = ()
    """Values of the property ``f`` of the body, which an answer echoes."""
    wrong: tuple[Any, ...] = ()
    """Values that ``validate`` refuses."""
    client: str = "'secret'"
    """What the client is given, in Python."""
    base_url: str = "'https://example.com'"
    """Its address, in Python."""
    tag: str = "things"
    function: str = ""
    """Names of the package and of the module, where they are not as usual."""
    document: Mapping[str, Any] | None = None
    """What else the document says: such a row is tried alone."""
    url: str = ""
    """Where the document was read from."""


def property_(name: str, schema: Any, *values: Any, wrong: tuple[Any, ...] = (), **more: Any) -> Row:
    """Return a property ``f`` of a body and of an answer."""
    return Row(name, {"requestBody": schema}, values=values, wrong=wrong, **more)


def parameter(title: str, arguments: str, /, *sent: str, where: str = "query", refused: Any = None, **said: Any) -> Row:
    """Return a parameter ``f``."""
    said = {"name": "f", "in": where, **({} if "content" in said else {"schema": TEXT}), **said}
    if where == "path":
        said["required"] = True
    schemas = said.pop("schemas", {})
    path = f"/{{{said['name']}}}" if where == "path" else ""
    operation = {"parameters": [said], "responses": {"204": {"description": ""}}}
    return Row(title, operation, schemas, path, arguments=arguments, sent=sent, refused=refused)


def body(name: str, content: Any, arguments: str, *sent: str, required: bool = True, **more: Any) -> Row:
    """Return a body of a request."""
    said = {"content": content} | ({"required": True} if required else {})
    operation = {"requestBody": said, "responses": {"204": {"description": ""}}}
    return Row(name, operation, arguments=arguments, sent=sent, **more)


def answer(
    name: str, responses: Any, status: int, media_type: str | None, content: bytes, parsed: str, **more: Any
) -> Row:
    """Return an answer."""
    described = {code: {"description": "", **said} for code, said in responses.items()}
    return Row(
        name, {"responses": described}, method="get", answer=(status, media_type, content), parsed=parsed, **more
    )


def json_of(schema: Any, media_type: str = "application/json") -> dict[str, Any]:
    """Return the content of a media type."""
    return {media_type: {"schema": schema}}
