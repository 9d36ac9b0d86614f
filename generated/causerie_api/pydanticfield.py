"""Models as fields of pydantic models, and so in FastAPI's requests and responses. Only pydantic imports this."""

from __future__ import annotations

import re
from ast import literal_eval
from datetime import date, datetime
from enum import Enum
from functools import cache
from inspect import cleandoc
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic_core import InitErrorDetails, PydanticCustomError, SchemaSerializer, ValidationError, core_schema

from .annotations import annotations_of
from .jsontext import read, write, write_readable
from .jsonvalue import EncodeError
from .model import DecodeError, Model
from .unset import Unset

# A step of an error's path: .name, [0] or ['key'].
_STEP: Final = re.compile(r"""\.(\w+)|\[(\d+|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")]""")
_SCALARS: Final[dict[Any, dict[str, str]]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    NoneType: {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}


def schema_of(model: type[Model]) -> core_schema.CoreSchema:
    """Return the pydantic schema of a model: it accepts a model or its JSON object, and writes the JSON object."""

    def taken(value: Any) -> Model:
        return _taken(model, value)

    taken.__name__ = model.__name__  # pydantic's errors use this name where a field may have several types
    return core_schema.no_info_plain_validator_function(
        taken,
        ref=f"{model.__module__}.{model.__qualname__}",
        json_schema_input_schema=core_schema.dict_schema(),
        serialization=core_schema.plain_serializer_function_ser_schema(
            _written, info_arg=True, return_schema=core_schema.dict_schema()
        ),
    )


@cache
def serializer_of(model: type[Model]) -> SchemaSerializer:
    """Return the serializer for a model where the type does not say so, such as in a ``dict[str, Any]``."""
    return SchemaSerializer(schema_of(model))


def json_schema_of(model: type[Model]) -> dict[str, Any]:
    """Return the JSON schema of a model. Models nested in it are shown as objects with a title."""
    kinds = annotations_of(model)
    shown: dict[str, Any] = {"title": model.__name__, "type": "object"}
    if model.__doc__ is not None:
        shown["description"] = cleandoc(model.__doc__)
    shown["properties"] = {each.key: _kind(kinds[each.name]) for each in model._fields.values()}
    if model._required:
        shown["required"] = [each.key for each in model._fields.values() if each.required]
    return shown


def _kind(kind: Any) -> dict[str, Any]:  # noqa: PLR0911 - one return for each kind of type
    origin, parts = get_origin(kind), get_args(kind)
    if kind in _SCALARS:
        return {**_SCALARS[kind]}
    if origin in (Union, UnionType):
        kinds = [_kind(each) for each in parts if each is not Unset]
        return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    if origin is list:
        return {"type": "array", "items": _kind(parts[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _kind(parts[1]) or True}
    if origin is Literal:
        return {"enum": [*parts]}
    if isinstance(kind, type) and issubclass(kind, Enum):  # an open one: the vendor may add values
        values = [each.value for each in kind]
        return {**_SCALARS[type(values[0])], "examples": values}
    if isinstance(kind, type) and issubclass(kind, Model):
        return {"title": kind.__name__, "type": "object"}
    return {}


def _taken(model: type[Model], value: Any) -> Model:
    if isinstance(value, model):
        return value
    try:
        made = model.from_dict(value)
    except (DecodeError, EncodeError) as error:
        raise _refusal(model, value, error) from None
    try:
        write(made)  # refuses values that JSON does not have; pydantic itself accepts NaN
        return made.validate()
    except (DecodeError, EncodeError) as error:
        raise _refusal(model, made, error) from None


def _written(model: Model, info: core_schema.SerializationInfo) -> Any:
    # A vendor may send half of a surrogate pair, which pydantic cannot write.
    return read(write_readable(model)) if info.mode == "json" else model.to_dict()


def _refusal(model: type[Model], value: Any, error: DecodeError | EncodeError) -> ValidationError:
    """Return the error in pydantic's form: with the place in the JSON object and the value at that place."""
    place: list[str | int] = []
    for name, written in _STEP.findall(error.path):
        field = value._fields.get(name) if isinstance(value, Model) else None
        place.append(literal_eval(written) if written else name if field is None else field.key)
        value = _inside(value, name, place[-1])
    fields = value._fields.values() if isinstance(value, Model) else ()
    missing = [each.key for each in fields if each.required and each.key not in value]
    kind = PydanticCustomError("document_mismatch", error.problem)  # pyright: ignore[reportArgumentType] - any text
    lines = [InitErrorDetails(type="missing", loc=(*place, key), input=_plain(value)) for key in missing]
    return ValidationError.from_exception_data(
        model.__name__, lines or [InitErrorDetails(type=kind, loc=tuple(place), input=_plain(value))]
    )


def _inside(value: Any, name: str, key: Any) -> Any:
    if isinstance(value, Model):
        try:
            return getattr(value, name) if name else value._raw[key]
        except DecodeError:
            return value._raw[key]
    return value[key] if isinstance(key, int) else value.get(key)


def _plain(value: Any) -> Any:
    return value.to_dict() if isinstance(value, Model) else value
