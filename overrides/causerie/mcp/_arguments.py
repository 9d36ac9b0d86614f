"""The arguments of a tool: their JSON Schema, and their conversion for a method."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs
import click

from ..cli._parameters import JSONObject, JSONValue, Moment, OneOf


class Refused(Exception):
    """A call of a tool with invalid arguments. The message is the tool's answer."""


_TYPES: Final[dict[str, type | tuple[type, ...]]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "object": dict,
}


@attrs.frozen
class Arguments:
    """The arguments of a method of the SDK, given as JSON."""

    parameters: Mapping[str, click.Parameter]

    @classmethod
    def of(cls, parameters: Iterable[click.Parameter]) -> Arguments:
        """Create them from the parameters of a command."""
        return cls({str(each.name): each for each in parameters})

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the object that holds the arguments."""
        return {
            "type": "object",
            "properties": {name: _schema(each) for name, each in self.parameters.items()},
            "required": [name for name, each in self.parameters.items() if each.required],
            "additionalProperties": False,
        }

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values for the method, without those that are null. Raises ``Refused``."""
        for name in given:
            if name not in self.parameters:
                raise Refused(f"{name} is no argument of this tool; it takes {', '.join(self.parameters) or 'none'}.")
        values = {name: each for name, each in given.items() if each is not None}
        for name, parameter in self.parameters.items():
            if parameter.required and name not in values:
                raise Refused(f"{name} is missing.")
        return {name: _read(self.parameters[name], name, value) for name, value in values.items()}


def _is_many(parameter: click.Parameter) -> bool:
    return parameter.nargs == -1 or parameter.multiple


def _schema(parameter: click.Parameter) -> dict[str, Any]:
    one = _schema_of(parameter.type)
    schema = {"type": "array", "items": one} if _is_many(parameter) else one
    sentence = parameter.help if isinstance(parameter, click.Option) else None
    described = sentence.removesuffix(" May be given more than once.") if sentence else None
    return {**schema, "description": described} if described else schema


def _schema_of(kind: click.ParamType[Any]) -> dict[str, Any]:
    if isinstance(kind, OneOf):
        return {"enum": list(kind.values.values())}
    names = _names(kind)
    return {"type": names[0] if len(names) == 1 else names} if names else {}


def _names(kind: click.ParamType[Any]) -> list[str]:
    """Return the types of a value in JSON Schema; an empty list if it may have any type."""
    if isinstance(kind, JSONObject):
        return ["object"]
    if isinstance(kind, Moment):
        return ["string", "integer"] if kind.seconds else ["string"]
    if isinstance(kind, click.types.BoolParamType):
        return ["boolean"]
    if isinstance(kind, click.types.IntParamType):
        return ["integer"]
    if isinstance(kind, click.types.FloatParamType):
        return ["number"]
    return [] if isinstance(kind, OneOf | JSONValue) else ["string"]


def _read(parameter: click.Parameter, name: str, value: Any) -> Any:
    if not _is_many(parameter):
        return _one(parameter.type, name, value)
    if not isinstance(value, list):
        raise Refused(f"{name}: {_shown(value)} is not an array.")
    return [_one(parameter.type, f"{name}[{index}]", each) for index, each in enumerate(value)]


def _one(kind: click.ParamType[Any], name: str, value: Any) -> Any:
    names = _names(kind)
    # For Python, True is a number.
    fits = (isinstance(value, _TYPES[each]) and (each == "boolean") == isinstance(value, bool) for each in names)
    if names and not any(fits):
        raise Refused(f"{name}: {_shown(value)} is not of type {' or '.join(names)}.")
    is_text = isinstance(value, str) and not isinstance(kind, JSONValue)
    try:
        return kind.convert(value if is_text else json.dumps(value), None, None)
    except click.BadParameter as error:
        raise Refused(f"{name}: {error.message}") from None


def _shown(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 100 else f"{text[:100]}…"
