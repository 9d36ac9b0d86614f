"""Values that JSON can hold, and those that it cannot."""

from __future__ import annotations

import re
import reprlib
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from types import EllipsisType
from typing import Any, Final, Self
from uuid import UUID

INTEGERS: Final = range(-(2**63), 2**64)
"""The whole numbers that fit in 64 bits, with or without a sign."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_MINUTE: Final = timedelta(minutes=1)


class EncodeError(TypeError, ValueError):
    """A value that JSON cannot hold. Nothing was sent.

    ``path`` is its place (``.custom_data['score']``), ``value`` is the value itself, and ``problem`` says what is wrong
    with it and what to give instead.

    It is a ``TypeError`` and a ``ValueError``, because JSON encoders raise the first for an unknown type and the second
    for an invalid value.
    """

    def __init__(self, path: str, value: Any, problem: str) -> None:
        super().__init__(path, value, problem)
        self.path = path
        self.value = value
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"

    def inside(self, step: str) -> EncodeError:
        return EncodeError(step + self.path, self.value, self.problem)


class LongFloat(float):
    """A number with more digits than a float holds, or too large for one.

    It calculates as the nearest float, and is written as it was read.
    """

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> Self:
        self = super().__new__(cls, text)
        self.text = text
        return self

    def __reduce__(self) -> tuple[type[LongFloat], tuple[str]]:
        return LongFloat, (self.text,)


class Viewed:
    """A view on a JSON object. It is written as that object."""

    __slots__ = ("__weakref__", "_raw")
    _raw: dict[str, Any]

    def _step(self, key: str) -> str:
        """Return how a path shows a key."""
        raise NotImplementedError


def scalar(value: Any) -> Any:  # noqa: PLR0911 - one for each kind of value
    """Return the JSON value of anything but objects and arrays. Raises ``EncodeError``."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return scalar(value.value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, LongFloat):
        return value
    if isinstance(value, float):
        if value - value != 0:
            raise EncodeError("", value, f"JSON has no {value!r}: leave it out, or give None")
        return float(value)
    if isinstance(value, Decimal):
        return _number_of(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return date.isoformat(value)
    if isinstance(value, UUID):
        return str(value)
    problem = f"{shortened(value)} is {_kind(value)}, which is not JSON serializable: {_remedy_for(value)}"
    raise EncodeError("", value, problem)


_REMEDIES: Final[dict[type, str]] = {
    bytes: "give a text, for example value.decode()",
    set: "give a list, for example sorted(value)",
    frozenset: "give a list, for example sorted(value)",
    time: "give a datetime, or a text",
    complex: "give its parts",
    EllipsisType: "leave it out, which is what UNSET says",
}


def _remedy_for(value: Any) -> str:
    return _REMEDIES.get(type(value), "give a text, a number, True, False, None, a list or a dict")


def refuse_surrogates(text: str, path: str = "") -> None:
    """Raise ``EncodeError`` for a lone surrogate, which UTF-8 cannot hold."""
    if has_surrogate(text):
        problem = f"{shortened(text)} holds half of a character (a lone surrogate), which cannot be sent: leave it out"
        raise EncodeError(path, text, problem)


def has_surrogate(text: str) -> bool:
    """Return whether a text holds a lone surrogate."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def printable(text: str) -> str:
    """Return a text that any stream can write: a lone surrogate becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _kind(value: Any) -> str:
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def shortened(value: Any) -> str:
    """Return a short ``repr``, or the name of the type if Python has no ``repr``, as for thousands of digits."""
    try:
        return reprlib.repr(value)
    except Exception:  # noqa: BLE001 - whatever a class of the caller raises
        return f"<{type(value).__name__}>"


def moment_text(value: datetime) -> str:
    """Return a time as RFC 3339, with ``Z`` for UTC. Raises ``EncodeError`` when it has no time zone."""
    offset = value.utcoffset()
    if offset is None:
        problem = f"{value!r} has no time zone; give one, for example datetime.now(timezone.utc)"
        raise EncodeError("", value, problem)
    text = datetime.isoformat(value if offset % _MINUTE == timedelta(0) else value.astimezone(UTC))
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def _number_of(value: Decimal) -> int | float:
    """Return an int or a float that is written as the same number. Raises ``EncodeError`` if there is none."""
    if value.is_finite() and abs(value.adjusted()) < 400:
        if value == value.to_integral_value() and int(value) in INTEGERS:
            return int(value)
        if Decimal(repr(float(value))) == value:
            return float(value)
    raise EncodeError("", value, f"{value!r} is more than a float holds: give a text, or round it")
