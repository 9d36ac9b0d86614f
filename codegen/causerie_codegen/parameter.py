"""The parameters of an operation: how an argument becomes a part of a request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs
from openapi_python_client.parser.properties import Property
from openapi_python_client.strings import in_double_quote_literal

from causerie_spec.pointer import follow

from . import media
from .names import python_name
from .walk import ALL, Steps, kinds, required

USUAL: Final = {"path": "simple", "query": "form", "header": "simple", "cookie": "form", "part": "simple"}
"""The default style of a parameter, by place."""
SEPARATORS: Final = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}
"""The separators of values in one string, by style."""
_PLACES: Final = ("path", "query", "header", "cookie")
"""The order in which parameters get their names; one with the same name in another place is called ``id_in_query``."""
_IGNORED: Final = frozenset({"accept", "content-type", "authorization"})


@attrs.define
class Parameter:
    """A parameter as the document describes it; ``shape`` is ``value``, ``array``, ``object`` or ``json``.

    A header of a part of a form is one, too: ``where`` is ``part`` then, and ``field`` the field.
    """

    name: str
    where: str
    style: str
    explode: bool
    shape: str
    schema: dict[str, Any]
    required: bool
    reserved: bool
    given_name: str | None
    place: Steps
    is_always_array: bool
    """Whether nothing but an array can be given."""
    field: str = ""
    prop: Property | None = None

    @property
    def python_name(self) -> str:
        """The name of the argument."""
        assert self.prop is not None
        return str(self.prop.python_name)

    @property
    def is_plain(self) -> bool:
        """Whether it is one value in its usual style."""
        return self.shape == "value" and self.style == USUAL[self.where]

    @property
    def is_several(self) -> bool:
        """Whether it is an object whose fields are separate parameters."""
        return self.shape == "object" and (
            self.style == "deepObject" or (self.explode and self.where in {"query", "cookie"})
        )

    @property
    def code(self) -> str:
        """Its text in the path, its fields where ``is_several``, or its entry in a dict of parameters."""
        name, value = f'"{in_double_quote_literal(self.name)}"', self.python_name
        if self.where == "path":
            if self.is_plain or self.shape == "json":
                return f"_segment({value if self.is_plain else f'_json({name}, {value})'})"
            return f'_in_path({name}, {value}, "{self.style}", {self.explode})'
        if self.is_several:
            return f"_{'deep' if self.style == 'deepObject' else 'exploded'}({name}, {value})"
        if self.shape == "json":
            value = f"_json({name}, {value})"
        elif self.shape == "object":
            value = f"_joined({name}, _pairs({name}, {value}, {self.explode}))"
        elif self.shape == "array" and not (self.where in {"query", "cookie"} and self.explode):
            separator = SEPARATORS.get(self.style, ",")
            value = f"_joined({name}, {value if self.is_always_array else f'_listed({value})'}" + (
                ")" if separator == "," else f', "{separator}")'
            )
        return f"{name}: {value}"


def parameters(
    document: dict[str, Any], steps: Steps, item: dict[str, Any], operation: dict[str, Any]
) -> Iterator[Parameter]:
    """Yield the parameters of an operation: its own, and those of its path that it does not describe anew."""
    found: dict[tuple[str, str], Parameter] = {}
    for place, owner in ((steps, operation), (steps[:-1], item)):
        for index, node in enumerate(owner.get("parameters", ())):
            said = follow(document, node)
            name, where = str(said.get("name")), str(said.get("in"))
            if where == "header" and name.lower() in _IGNORED:
                continue  # as OpenAPI says: they are described elsewhere
            found.setdefault((name, where), _parameter(document, (*place, "parameters", index), said))
    for (name, where), each in found.items():
        places = {other for same, other in found if same == name}
        if where != min(places, key=_PLACES.index) and each.given_name is None:
            each.given_name = python_name(f"{name} in {where}")
    yield from found.values()
    yield from _in_parts(document, steps, operation)


def _in_parts(document: dict[str, Any], steps: Steps, operation: dict[str, Any]) -> Iterator[Parameter]:
    """Yield the headers of the parts of forms."""
    body = follow(document, operation.get("requestBody"))
    for media_type, content in media.bodies(document, body.get("content", {})) if body else ():
        needed = required(document, content.get("schema", {})) if body.get("required") else set()
        for field, encoding in content.get("encoding", {}).items() if media.kind(media_type) == "multipart" else ():
            for name, node in encoding.get("headers", {}).items():
                place = (*steps, "requestBody", "content", media_type, "encoding", field, "headers", name)
                if name.lower() == "content-type":
                    continue  # as OpenAPI says: ``contentType`` is that
                found = _parameter(document, place, {**follow(document, node), "in": "part", "name": name})
                found.field = field
                found.required = found.required and field in needed
                found.given_name = found.given_name or python_name(f"{field} {name}")
                yield found


def _parameter(document: dict[str, Any], place: Steps, said: dict[str, Any]) -> Parameter:
    where = said["in"]
    content = next(iter(said.get("content", {}).items()), None)
    schema = content[1].get("schema", {}) if content else said.get("schema", {})
    style = str(said.get("style", USUAL[where]))
    known = kinds(document, schema)
    shape = _shape(known)
    if content:
        shape = "json" if media.kind(content[0]) == "json" else "value"
    return Parameter(
        name=said["name"],
        where=where,
        style=style,
        explode=bool(said.get("explode", style == "form")),
        shape=shape,
        schema=schema,
        required=where == "path" or bool(said.get("required", False)),
        reserved=bool(said.get("allowReserved", False)),
        given_name=said.get("x-python-name"),
        place=place,
        is_always_array=known - {"null"} == {"array"},
    )


def _shape(known: frozenset[str]) -> str:
    if known == ALL:
        return "value"
    return "object" if known - {"null"} == {"object"} else "array" if "array" in known else "value"
