"""JSON as text: read whatever a server may write, and write nothing that reads as another value.

orjson does nearly all of it. But it refuses lone surrogates, does not write more than 254 levels, drops digits of
numbers that fit no machine word, and writes NaN as null. For those there is a slow way here.

A lone surrogate, such as ``\\ud83d``, is half of an emoji: what is left when a program that counts in UTF-16 cuts a
text in the middle of one. JSON can escape it, and UTF-8 cannot hold it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from enum import Enum
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Any, Final, Literal, NamedTuple

import orjson

from .jsonvalue import (
    INTEGERS,
    EncodeError,
    LongFloat,
    Viewed,
    has_surrogate,
    printable,
    refuse_surrogates,
    scalar,
    shortened,
)

Surrogates = Literal["refuse", "escape", "replace"]

DEPTH: Final = 1024
"""Levels of arrays and objects that are read and written."""

# A float holds any 15 digits; a longer number is at least 16 digits and a dot, or 17 digits. To look for such a run in
# all of a text takes time, so every fourth character is looked at first: of 17, four in a row are digits or dots, and
# hardly any date or UUID has that.
_DIGITS: Final = bytes(ord("0") if chr(code) in "0123456789." else ord(" ") for code in range(256))
_SAMPLE: Final = b"0" * 4
_RUN: Final = b"0" * 17
_OPTIONS: Final = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
_ATOMS: Final = frozenset({str, int, float, bool, type(None)})
_SHAPES: Final[frozenset[type]] = frozenset({dict, list})
_CLEAN: Final = frozenset({str, int, bool, type(None)})
_TOO_DEEP: Final = f"it has more than {DEPTH} levels, or holds itself: flatten it"
_loads = orjson.loads
_dumps = orjson.dumps


def read(data: bytes | str) -> Any:
    """Decode JSON. Lone surrogates are kept, and so is every digit of a number. Raises ``ValueError``."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    try:
        value = _loads(data)
    except ValueError as error:
        problem = str(error)
    else:
        if _SAMPLE in data[::4].translate(_DIGITS) and _RUN in data.translate(_DIGITS):
            with suppress(RecursionError):  # then orjson has read deeper, and digits are lost
                return _read_slowly(data)
        return value
    try:
        return _read_slowly(data)
    except RecursionError:
        problem = f"{problem}, and it is nested too deep to be read in any other way"
    except ValueError:
        pass
    raise ValueError(problem)


def _read_slowly(data: bytes) -> Any:
    # A surrogate may be escaped, or stand in what should be UTF-8 as three bytes.
    text = data.decode("utf-8", "surrogatepass")
    value = json.loads(text, parse_int=_integer, parse_float=_number, parse_constant=_refuse)
    if _is_too_deep(value):
        raise RecursionError
    return value


def _is_too_deep(root: Any) -> bool:
    """Return whether decoded JSON has more levels than can be written. Python reads that many from 3.12 on."""
    level: list[Any] = [root] if root.__class__ in _SHAPES else []
    for _ in range(DEPTH):
        level = [
            inner
            for each in level
            for inner in (each.values() if each.__class__ is dict else each)
            if inner.__class__ in _SHAPES
        ]
        if not level:
            return False
    return True


def _integer(text: str) -> int | float:
    # Python refuses to read thousands of digits, for it takes a time that grows with their square.
    return int(text) if len(text) <= 1000 else _number(text)


def _number(text: str) -> float:
    value = float(text)
    return value if _is_exact(text, value) else LongFloat(text)


def _is_exact(text: str, value: float) -> bool:
    """Return whether the float is written as the same number. ``Decimal`` would not end with a huge exponent."""
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) <= 16 and not exponent:
        return True
    return len(exponent) < 5 and Decimal(text) == Decimal(repr(value))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def write(value: Any) -> bytes:
    """Encode as JSON in UTF-8. Values from a server are written as they arrived. Raises ``EncodeError``."""
    return _written(value, "escape")


def write_readable(value: Any, option: int = 0) -> bytes:
    """Encode for readers that do not accept a lone surrogate: it becomes U+FFFD. Raises ``EncodeError``.

    ``option`` is for orjson. A value that orjson does not write is written without it.
    """
    return _written(value, "replace", option)


def write_strictly(value: Any) -> bytes:
    """Encode a value to be sent.

    Raises ``EncodeError`` also for a lone surrogate and for a number beyond 64 bits: few servers read them correctly.
    """
    return _written(value, "refuse")


def _written(value: Any, surrogates: Surrogates, option: int = 0) -> bytes:
    root = value._raw if isinstance(value, Viewed) else value
    try:
        data = _dumps(root, _of_json, _OPTIONS | option)
    except TypeError:
        return _Writer(surrogates).write(value)
    if b"null" in data and _has_nan(root):
        return _Writer(surrogates).write(value)
    return data


def _has_nan(root: Any) -> bool:
    """Return whether a value that orjson has written holds NaN or an infinity, which it writes as null."""
    pending = [root]
    for value in pending:
        kind = value.__class__
        if kind is dict:
            pending += [each for each in value.values() if each.__class__ not in _CLEAN]
        elif kind is list:
            pending += [each for each in value if each.__class__ not in _CLEAN]
        elif kind is float:
            if value - value != 0:
                return True
        elif isinstance(value, Viewed):
            pending.append(value._raw)
        elif isinstance(value, dict):
            pending += value.values()
        elif isinstance(value, list | tuple):
            pending += value
        elif isinstance(value, Enum):
            pending.append(value.value)
    return False


def _of_json(value: Any) -> Any:
    if isinstance(value, Viewed):
        return value._raw
    if type(value) is LongFloat:
        return orjson.Fragment(value.text)
    return scalar(value)


class _Level(NamedTuple):
    items: Iterator[tuple[Any, Any]]
    end: str
    is_empty: list[bool]
    source: Any


class _Writer:
    """Writes JSON without recursion, so depth is no problem for Python, and knows the place of every value."""

    def __init__(self, surrogates: Surrogates) -> None:
        self._surrogates = surrogates
        self._parts: list[str] = []
        self._levels: list[_Level] = []
        self._steps: list[Any] = []

    def write(self, root: Any) -> bytes:
        self._put(root)
        while self._levels:
            level = self._levels[-1]
            item = next(level.items, None)
            if item is None:
                self._parts.append(level.end)
                self._levels.pop()
                self._steps.pop()
                continue
            if level.is_empty:
                level.is_empty.clear()
            else:
                self._parts.append(",")
            self._steps[-1], value = item
            if level.end == "}":
                self._parts.append(self._key(item[0]))
            self._put(value)
        return "".join(self._parts).encode()

    def _put(self, value: Any) -> None:
        if isinstance(value, Viewed):
            self._open(iter(value._raw.items()), "{}", value)
        elif isinstance(value, dict):
            self._open(iter(value.items()), "{}", value)
        elif isinstance(value, list | tuple):
            self._open(iter(enumerate(value)), "[]", value)
        else:
            self._parts.append(self._text(value))

    def _open(self, items: Iterator[tuple[Any, Any]], ends: str, value: Any) -> None:
        if len(self._levels) >= DEPTH:
            raise self._refusal(value, _TOO_DEEP)
        self._parts.append(ends[0])
        self._levels.append(_Level(items, ends[1], [True], value))
        self._steps.append(None)

    def _key(self, key: Any) -> str:
        if not isinstance(key, str):
            self._steps.pop()
            raise self._refusal(key, f"{shortened(key)} cannot be a key in JSON: give a text")
        return self._quoted(str.__str__(key)) + ":"

    def _text(self, value: Any) -> str:
        try:
            plain = scalar(value)
        except EncodeError as error:
            raise self._refusal(value, error.problem) from None
        if isinstance(plain, str):
            return self._quoted(plain)
        if type(plain) is int:
            if self._surrogates == "refuse" and plain not in INTEGERS:
                problem = f"{_digits(plain)} does not fit in 64 bits, which few servers read: give a text"
                raise self._refusal(value, problem)
            return int.__repr__(plain)
        return plain.text if type(plain) is LongFloat else json.dumps(plain)

    def _quoted(self, text: str) -> str:
        if not has_surrogate(text):
            return encode_basestring(text)
        if self._surrogates == "replace":
            return encode_basestring(printable(text))
        if self._surrogates == "refuse":
            refuse_surrogates(text, self._path())
        return encode_basestring_ascii(text)

    def _refusal(self, value: Any, problem: str) -> EncodeError:
        return EncodeError(self._path(), value, problem)

    def _path(self) -> str:
        path = ""
        for level, step in zip(self._levels, self._steps, strict=False):
            path += level.source._step(step) if isinstance(level.source, Viewed) else f"[{shortened(step)}]"
        return path


def _digits(value: int) -> str:
    return repr(value) if value.bit_length() < 400 else f"a number of {value.bit_length()} bits"


def plain(root: Any) -> Any:
    """Return a copy in plain JSON values. A value that JSON does not have is kept as it is.

    Raises ``EncodeError`` beyond ``DEPTH`` levels.
    """
    holder = [root]
    pending: list[tuple[Any, Any, int]] = [(holder, 0, 0)]
    while pending:
        place, key, depth = pending.pop()
        value = place[key]
        if isinstance(value, Viewed):
            value = value._raw
        if isinstance(value, Mapping):
            made: Any = dict(value)
            pending += [(made, name, depth + 1) for name, each in made.items() if each.__class__ not in _ATOMS]
        elif isinstance(value, list | tuple):
            made = list(value)
            pending += [(made, index, depth + 1) for index, each in enumerate(made) if each.__class__ not in _ATOMS]
        else:
            made = value
            if isinstance(value, Enum | date):
                with suppress(EncodeError):
                    made = scalar(value)
        if depth > DEPTH:
            raise EncodeError("", root, _TOO_DEEP)
        place[key] = made
    return holder[0]
