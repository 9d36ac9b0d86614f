"""Naming the argument that cannot be sent.

The encoder knows where a value is in the request, which may be far from where the caller wrote it. So after a call has
failed, this module searches its arguments for the value.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from causerie_api.annotations import annotations_of, readable
from causerie_api.jsontext import DEPTH
from causerie_api.jsonvalue import EncodeError, Viewed, shortened
from causerie_api.unset import Unset

from ._errors import ArgumentError, CauserieError


def refused(  # noqa: PLR0911 - one return for each kind of failure
    error: Exception, function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Exception:
    """Return an ``ArgumentError`` for a call that failed before anything was sent.

    It names the argument and the place in it. An error that has nothing to do with an argument is returned unchanged.
    """
    if isinstance(error, CauserieError):
        return error
    signature = inspect.signature(function)
    try:
        given = signature.bind(*args, **kwargs).arguments
    except TypeError:
        return error
    parameters = signature.parameters.values()
    variable = next((parameter.name for parameter in parameters if parameter.kind is parameter.VAR_KEYWORD), "")
    given = {**given, **given.pop(variable, {})}
    if isinstance(error, EncodeError):
        for name, value in given.items():
            for path in _places(value, error.value, 0):
                return ArgumentError(name + path, error.problem)
        return ArgumentError(error.path.removeprefix(".") or "body", error.problem)
    annotations = annotations_of(function)
    for name, value in given.items():
        if name not in annotations and isinstance(value, Unset):
            return ArgumentError(name, "it is required, and UNSET would leave it out: give a value")
        if name in annotations and not _fits(value, annotations[name]):
            expected = readable(annotations.text(name)).replace("builtins.", "").removesuffix(" | Unset")
            return ArgumentError(name, f"{shortened(value)} does not fit: give {expected}")
    return error


def items(argument: str, values: Iterable[Any]) -> list[Any]:
    """Return the values as a list.

    Raises ``ArgumentError`` for a string or a mapping, whose characters or keys would otherwise be taken for values.
    """
    if isinstance(values, str | bytes | bytearray | memoryview | Mapping | Viewed) or not isinstance(values, Iterable):
        raise ArgumentError(argument, f"a list is expected, such as [{shortened(values)}]")
    return list(values)


def _places(value: Any, wanted: Any, depth: int) -> Iterator[str]:
    """Yield the path to each place where the object is, as Python writes it."""
    if value is wanted:
        yield ""
    if depth > DEPTH // 4:  # the argument is named in any case
        return
    if isinstance(value, Viewed):
        for key, item in value._raw.items():
            yield from (value._step(key) + path for path in _places(item, wanted, depth + 1))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key is wanted:
                yield ""
            yield from (f"[{shortened(key)}]{path}" for path in _places(item, wanted, depth + 1))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from (f"[{index}]{path}" for path in _places(item, wanted, depth + 1))


def _fits(value: Any, kind: Any) -> bool:
    origin = get_origin(kind) or kind
    if origin in (Union, UnionType):
        return any(_fits(value, member) for member in get_args(kind))
    if origin is Literal:
        return any(value is choice or (isinstance(value, str) and value == choice) for choice in get_args(kind))
    if origin is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if origin is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if origin is Iterable:
        return isinstance(value, Iterable) and not isinstance(value, str | bytes)
    return not isinstance(origin, type) or isinstance(value, origin)
