"""What a test may set, checked where it is used, for it may be set at any time."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any


def function(name: str, value: Any) -> Any:
    """`value` as something to call. Raises `ValueError` with the option's `name`."""
    if not callable(value):
        raise ValueError(f"{name} is {value!r}; give a function.")  # noqa: TRY004 (as for other values)
    return value


def choice(name: str, value: Any, *choices: str) -> str:
    """`value` as one of the choices. Raises `ValueError` with the option's `name`."""
    if value not in choices:
        raise ValueError(f"{name} is {value!r}; give {' or '.join(map(repr, choices))}.")
    return str(value)


def flag(name: str, value: Any) -> bool:
    """`value` as yes or no. Raises `ValueError` with the option's `name`."""
    if value is not True and value is not False:
        raise ValueError(f"{name} is {value!r}; give True or False.")
    return value


def texts(name: str, value: Any) -> Collection[str]:
    """`value` as some texts. Raises `ValueError` with the option's `name`."""
    if not isinstance(value, tuple | list | set | frozenset) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"{name} is {value!r}; give a list of texts.")
    return value


def count(name: str, value: Any) -> int:
    """`value` as a number of times. Raises `ValueError` with the option's `name`."""
    if type(value) is not int or value < 0:
        raise ValueError(f"{name} is {value!r}; give a whole number, 0 or more.")
    return value


def seconds(name: str, value: Any) -> float:
    """`value` as a number of seconds. Raises `ValueError` with the option's `name`."""
    if type(value) not in {int, float} or math.isnan(value) or value < 0:
        raise ValueError(f"{name} is {value!r}; give a number of seconds, 0 or more.")
    return float(value)
