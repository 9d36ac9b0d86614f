"""Checking and converting the arguments of Convocore's operations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from causerie_api.jsonvalue import shortened
from causerie_api.model import Model
from causerie_api.unset import Unset

from .._arguments import items
from .._errors import ArgumentError

M = TypeVar("M", bound=Model)


def choice(argument: str, value: object, *choices: str) -> None:
    """Raise ``ArgumentError`` unless the value is one of the choices."""
    if value not in choices:
        raise ArgumentError(argument, f"{value!r} is not allowed: give one of {', '.join(map(repr, choices))}")


def unix_time(argument: str, value: datetime | int | Unset, rounded: Callable[[float], int]) -> int | Unset:
    """Return a ``datetime`` as Unix seconds, and a number unchanged. Raises ``ArgumentError``."""
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise ArgumentError(argument, f"{value!r} has no time zone; give one, for example datetime.now(UTC)")
        return rounded(value.timestamp())
    if not isinstance(value, int | Unset):
        raise ArgumentError(argument, f"{value!r} is neither a whole number of Unix seconds nor a datetime")
    return value


def texts(argument: str, values: Iterable[str]) -> list[str]:
    """Return the values as a list of strings. Raises ``ArgumentError`` for a single string, an empty one, or none."""
    found = items(argument, values)
    for value in found:
        if not isinstance(value, str) or not value:
            raise ArgumentError(argument, f"{shortened(value)} is not a string with at least one character")
    return found


def texts_if_set(argument: str, values: Iterable[str] | Unset) -> list[str] | Unset:
    """Do the same as ``texts`` for values that may be left out."""
    return values if isinstance(values, Unset) else texts(argument, values)


def models_of(argument: str, model: type[M], values: Iterable[M | Mapping[str, Any]]) -> list[M]:
    """Return the values, which are models or JSON objects, as models. Raises ``ArgumentError`` for anything else."""
    if isinstance(values, str | bytes | Mapping | Model):
        raise ArgumentError(argument, f"a list of {model.__name__} is expected, not one {type(values).__name__}")
    found = []
    for value in values:
        if isinstance(value, model):
            found.append(value)
        elif isinstance(value, Mapping):
            found.append(model.from_dict(value))
        else:
            raise ArgumentError(argument, f"{value!r:.80} is neither a {model.__name__} nor a JSON object of one")
    return found
