"""The arguments and options of a command, created from a method's signature and type hints."""

from __future__ import annotations

import inspect
import json
import math
import os
import re
import sys
import types
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import click
import orjson

from causerie_api.model import DecodeError, Model
from causerie_api.unset import Unset

from .._method import Method
from ._docstring import option
from ._hints import field_docs, hints

_LONGEST = 86_400


class Text(click.ParamType[Any]):
    """A string that can be encoded."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the string."""
        try:
            value.encode()
        except UnicodeEncodeError:
            self.fail(f"{value!r} is not UTF-8.", param, ctx)
        return value


class Integer(click.types.IntParamType):
    """An integer that all JSON parsers read exactly."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return an int."""
        number = super().convert(value, param, ctx)
        if not -(2**63) <= number < 2**63:
            self.fail(f"{value} has more than 64 bits.", param, ctx)
        return number


class Number(click.types.FloatParamType):
    """A number that JSON can hold."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a float."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a finite number.", param, ctx)
        return number


class Seconds(Number):
    """A number of seconds to wait, up to what the clocks of all systems support."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a float."""
        number = super().convert(value, param, ctx)
        if not 0 < number <= _LONGEST:
            self.fail(f"{number:g} is not a number of seconds above 0, up to {_LONGEST} (a day).", param, ctx)
        return number


class OneOf(click.Choice[str]):
    """One of a fixed set of values, which need not be strings."""

    def __init__(self, values: Iterable[Any]) -> None:
        self.values = {str(value): value for value in values}
        super().__init__(list(self.values))

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """Return the values, if they are few. An argument is shown by its name, and its values are in the help."""
        first, *others = self.values
        if isinstance(param, click.Argument):
            return str(param.name).upper()
        return super().get_metavar(param, ctx) if len("|".join(others)) < 40 else f"[{first}|...|{others[-1]}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the value for the text."""
        return self.values[super().convert(value, param, ctx)]


class Moment(click.ParamType[Any]):
    """A date and time with a time zone, or Unix seconds if the vendor uses them."""

    def __init__(self, *, seconds: bool) -> None:
        self.name = "time|seconds" if seconds else "time"
        self.seconds = seconds

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a ``datetime``, or an int."""
        if self.seconds and re.fullmatch(r"-?[0-9]+", value):
            return Integer().convert(value, param, ctx)
        expected = f"give one such as 2026-01-31T12:00:00Z{', or Unix seconds' if self.seconds else ''}"
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a time; {expected}.", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value!r} has no time zone; {expected}.", param, ctx)
        return moment


class JSONObject(click.ParamType[Any]):
    """A JSON object, or a model if one is given; after an @, the name of a file with the object."""

    name = "json|@file"

    def __init__(self, model: type[Model] | None = None) -> None:
        self.model = model

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a dict, or the model."""
        try:
            decoded = _decoded(Path(value[1:]).read_text(encoding="utf-8") if value.startswith("@") else value)
        except OSError as error:
            self.fail(f"{value!r} cannot be read: {error.strerror}.", param, ctx)
        except ValueError as error:
            self.fail(f"{_shortened(value)!r} is not JSON: {error}.", param, ctx)
        if not isinstance(decoded, dict):
            self.fail(f"{_shortened(value)!r} is not a JSON object.", param, ctx)
        if self.model is None:
            return decoded
        try:
            return self.model.from_dict(decoded).validate()
        except DecodeError as error:
            self.fail(f"{error}.", param, ctx)


class JSONValue(Text):
    """Any JSON value; text that is not JSON is a string."""

    name = "json|text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the decoded value, or the string."""
        try:
            return _decoded(value)
        except ValueError:
            return super().convert(value, param, ctx)


def _decoded(text: str) -> Any:
    """Return a JSON value without loss: orjson would round integers of more than 64 bits, and read NaN as null."""
    try:
        value = json.loads(text)
        same = orjson.loads(orjson.dumps(value)) == value
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except TypeError as error:
        raise ValueError(error) from None
    if not same:
        raise ValueError("it holds a number that JSON has not")
    return value


def _shortened(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:200]}…"


class Accepted(NamedTuple):
    """The parameter for an annotation."""

    type: click.ParamType[Any]
    many: bool = False


_PLAIN: dict[Any, click.ParamType[Any]] = {
    str: Text(),
    int: Integer(),
    float: Number(),
    bool: click.BOOL,
    Any: JSONValue(),
}


def accepted(annotation: Any) -> Accepted:
    """Return the parameter for a value of this annotation. Raises ``TypeError`` if there is none."""
    union = get_origin(annotation) in (Union, types.UnionType)
    kinds = [each for each in (get_args(annotation) if union else (annotation,)) if each not in (Unset, types.NoneType)]
    # An enum has str beside it, a time int or str, a path str: what says more goes first.
    special = filter(None, (_special(kind, kinds) for kind in kinds))
    takes = next(special, None) or _PLAIN.get(kinds[0]) or _json(kinds[0])
    if takes is not None:
        return Accepted(takes)
    if _is(kinds[0], Iterable) and len(get_args(kinds[0])) == 1:
        return Accepted(accepted(get_args(kinds[0])[0]).type, many=True)
    raise TypeError(f"{annotation} cannot be given on a command line")


def _special(kind: Any, kinds: Container[Any]) -> click.ParamType[Any] | None:
    if get_origin(kind) is Literal:
        return OneOf(get_args(kind))
    if _is(kind, Enum):
        return OneOf(member.value for member in kind)
    if _is(kind, datetime):
        return Moment(seconds=int in kinds)
    return click.Path(path_type=Path) if _is(kind, os.PathLike) else None


def _json(kind: Any) -> click.ParamType[Any] | None:
    if _is(kind, Model):
        return JSONObject(kind)
    return JSONObject() if _is(kind, Mapping) else None


def _is(kind: Any, parent: type) -> bool:
    kind = get_origin(kind) or kind
    return isinstance(kind, type) and issubclass(kind, parent)


def parameters(method: Method[..., Any, Any]) -> Iterator[click.Parameter]:
    """Yield a method's parameters: positional ones become arguments, the others options."""
    types_, docs = hints(method), _docs(method)
    for name, parameter in inspect.signature(method).parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD:
            (fields,) = get_args(types_[name])
            yield from _fields(fields)
        elif name in types_:  # self has no type
            required = parameter.default is parameter.empty
            if required and parameter.kind is not parameter.KEYWORD_ONLY:
                yield _argument(name, accepted(types_[name]))
            else:
                default = None if required or isinstance(parameter.default, Unset) else parameter.default
                yield _option(name, accepted(types_[name]), docs.get(name, ""), required, default)


def _fields(fields: Any) -> Iterator[click.Parameter]:
    # The keyword arguments have the names of a model's fields, and the model has the sentences.
    docs = field_docs(getattr(sys.modules[fields.__module__], fields.__name__.removesuffix("Params")))
    for name, annotation in get_type_hints(fields).items():
        yield _option(name, accepted(annotation), docs[name], name in fields.__required_keys__, None)


def _docs(method: Method[..., Any, Any]) -> dict[str, str]:
    """Return descriptions of the fields in the bodies that a method sends, nested objects included, by name."""
    found = dict[str, str]()
    for endpoint in method.endpoints:
        for body in _models(hints(endpoint.request).get("body")):
            inner = (each for kind in hints(body).values() for each in _models(kind))
            for model in (body, *inner):
                found = field_docs(model) | found
    return found


def _models(annotation: Any) -> Iterator[Any]:
    return (each for each in get_args(annotation) or (annotation,) if _is(each, Model))


def _argument(name: str, takes: Accepted) -> click.Argument:
    return click.Argument([name], type=takes.type, nargs=-1 if takes.many else 1, required=True)


def _option(name: str, takes: Accepted, sentence: str, required: bool, default: Any) -> click.Option:
    spelled = option(name)
    if takes.type is click.BOOL:
        spelled = f"{spelled}/--no-{spelled.removeprefix('--')}"
    if takes.many:
        sentence = f"{sentence} May be given more than once."
    # For click, None is a default like others: what is required has none, and a flag without any is False.
    given = {} if required else {"default": default}
    return click.Option(
        [spelled, name],
        type=takes.type,
        multiple=takes.many,
        help=sentence.replace("`", "").strip(),
        required=required,
        show_default=default is not None,
        **given,
    )
