"""What a test may set, checked where it is used, for it may be set at any time."""

from __future__ import annotations

import math
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
