"""JSON is read whatever it holds, comes back as it was, and nothing is written that reads as another value."""

from __future__ import annotations

import json
import math
from collections import OrderedDict
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from causerie_api.convocore.models import VapiCall
from causerie_api.jsontext import DEPTH, plain, read, write, write_readable, write_strictly
from causerie_api.jsonvalue import EncodeError, LongFloat, Viewed, printable, shortened

#: Any code point, lone surrogates too.
TEXTS = st.text(st.characters(exclude_categories=()))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=20
)
DIGITS = st.text("0123456789", min_size=1, max_size=40)


class Text(str):
    __slots__ = ()


class Real(float):
    pass


class Moment(datetime):
    """As pandas, pendulum and freezegun make them."""


class Pair(NamedTuple):
    a: Any
    b: Any


class Colour(Enum):
    RED = "red"
    NONE = object()
    LOST = math.nan


class Level(IntEnum):
    HIGH = 3


def same(value: Any) -> Any:
    """Itself, for a comparison that tells 1 from True and from 1.0, and -0.0 from 0.0."""
    return json.dumps(value, ensure_ascii=True)


@given(VALUES)
@example({"a": 2**70, "b": ["\ud83d", "\ude00", "\ud83d\ude00", None], "\udcff": -0.0})
def test_round_trip(value: Any) -> None:
    """What was written reads as the same value."""
    # Two halves that meet are one character, also to whoever reads the escapes.
    expected = json.loads(json.dumps(value))

    assert same(expected) == same(read(write(value)))


@given(VALUES)
def test_text_and_bytes(value: Any) -> None:
    """A text is read as its bytes are, and what was read is written in the same way again."""
    data = write(value)

    assert data == write(read(data)) == write(read(data.decode()))


@given(st.booleans(), DIGITS, DIGITS, st.none() | st.integers(-400, 400))
@example(False, "94", "22744077458751", None)
@example(False, "9", "007199254740993", None)
@example(True, "1", "0", 400)
def test_numbers(is_negative: bool, whole: str, part: str, exponent: int | None) -> None:
    """A number comes back as the same number, to the last digit, if it is not too small for a float."""
    text = f"{'-' * is_negative}{whole.lstrip('0') or '0'}.{part}{'' if exponent is None else f'e{exponent}'}"
    written = write(read(f'{{"a":[{text}]}}')).decode()[6:-2]

    assert Decimal(text) == Decimal(written) or abs(Decimal(text)) < Decimal("1e-300")


@given(st.integers())
@example(2**63)
@example(-(2**63) - 1)
@example(10**1100)
def test_whole_numbers(number: int) -> None:
    """A whole number comes back digit by digit, however many it has."""
    with_digits = f"[{number}]" if abs(number) < 10**999 else "[1" + "0" * 1100 + "]"

    assert with_digits.encode() == write(read(with_digits))


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, Real("nan"), Colour.LOST])
@pytest.mark.parametrize(
    "around",
    [
        lambda each: each,
        lambda each: [None, each],
        lambda each: {"a": None, "b": {"c": [1, each]}},
        lambda each: {"null": each},
        lambda each: ["null", (None, each)],
        lambda each: OrderedDict(a=None, b=each),
        lambda each: Pair(None, each),
        lambda each: VapiCall.of(cost=[None, each]),
    ],
)
def test_no_number(number: Any, around: Any) -> None:
    """NaN and infinities are refused wherever they stand, also beside a null."""
    with pytest.raises(EncodeError, match="JSON has no"):
        write(around(number))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Text("a"), b'"a"'),
        (Real(1.5), b"1.5"),
        (Level.HIGH, b"3"),
        (Colour.RED, b'"red"'),
        (Decimal("0.1"), b"0.1"),
        (Decimal("5.00"), b"5"),
        (Decimal("1e20"), b"1e+20"),
        (UUID(int=5), b'"00000000-0000-0000-0000-000000000005"'),
        (date(2024, 1, 2), b'"2024-01-02"'),
        (Moment(2024, 1, 2, tzinfo=UTC), b'"2024-01-02T00:00:00Z"'),
        (datetime(2024, 1, 2, tzinfo=timezone(timedelta(hours=-3))), b'"2024-01-02T00:00:00-03:00"'),
        (datetime(2024, 1, 2, tzinfo=timezone(timedelta(seconds=30))), b'"2024-01-01T23:59:30Z"'),
        (LongFloat("1.50e9999"), b"1.50e9999"),
        (Pair(1, None), b"[1,null]"),
        (OrderedDict(b=1, a=2), b'{"b":1,"a":2}'),
        (VapiCall.of(cost=1), b'{"cost":1}'),
    ],
)
@pytest.mark.parametrize("slow", [[], ["\ud83d"]])
def test_written(value: Any, expected: bytes, slow: list[str]) -> None:
    """What JSON can hold is written, in the same way beside what orjson refuses."""
    written = write([value, *slow])

    assert b"[%s%s]" % (expected, b',"\\ud83d"' if slow else b"") == written


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (Decimal("NaN"), "is more than a float holds"),
        (Decimal("1e999999"), "is more than a float holds"),
        (Decimal("0.10000000000000000001"), "is more than a float holds"),
        (datetime(2024, 1, 1), "has no time zone"),
        (time(1), "not JSON serializable: give a datetime"),
        (b"x", "is a bytes, which is not JSON serializable: give a text"),
        ({"a"}, "is a set, which is not JSON serializable: give a list"),
        (1j, "give its parts"),
        (object(), "is an object, which is not JSON serializable: give a text, a number"),
        (Path("x"), "Path"),
        (Colour.NONE, "object"),
    ],
)
def test_refused(value: Any, problem: str) -> None:
    """What JSON cannot hold is refused with its place, the value and the remedy."""
    with pytest.raises(EncodeError) as caught:
        write({"k": [0, value]})

    assert "['k'][1]" == caught.value.path
    assert value is caught.value.value
    assert problem in str(caught.value)


@pytest.mark.parametrize("key", [1, None, ("a",), 2.5])
def test_keys(key: Any) -> None:
    """A key that is no text is refused, for it would come back as another."""
    with pytest.raises(EncodeError, match=r"^\['a'\]: .* cannot be a key in JSON: give a text$"):
        write({"a": {key: 1}})


def test_lone_surrogates() -> None:
    """They are escaped, or replaced for readers that do not accept them, or refused with their place."""
    value = {"\ud83d": ["a\udc00", "\ud83d\ude00"]}
    with pytest.raises(EncodeError, match="holds half of a character") as key:
        write_strictly(value)
    with pytest.raises(EncodeError, match="holds half of a character") as text:
        write_strictly({"k": ["a\udc00"]})

    assert b'{"\\ud83d":["a\\udc00","\xf0\x9f\x98\x80"]}' == write({"\ud83d": ["a\udc00", "😀"]})
    assert '{"\ufffd":["a\ufffd","😀"]}'.encode() == write_readable(value)
    assert "['k'][0]" == text.value.path
    assert "\ud83d" == key.value.value
    assert "\ufffd😀" == printable("\ude00\ud83d\ude00")
    assert '"\ud83d"' == json.dumps(read(b'"\xed\xa0\xbd"'), ensure_ascii=False)


@pytest.mark.parametrize("number", [2**64, -(2**63) - 1, 2**70, 2**4000])
def test_numbers_that_are_sent(number: int) -> None:
    """A number beyond 64 bits is kept, and not sent."""
    with pytest.raises(EncodeError, match=r"^\[0\]: .* does not fit in 64 bits"):
        write_strictly([number])

    assert b"[18446744073709551615]" == write_strictly([2**64 - 1])


@pytest.mark.parametrize("levels", [1, 254, 255, 900])
def test_depth(levels: int) -> None:
    """What is nested deeper than orjson writes is written and copied all the same."""
    data = b'{"a":' * levels + b"[1]" + b"}" * levels

    assert data == write(read(data)) == write(plain(read(data)))


def test_too_deep() -> None:
    """What is deeper still, or holds itself, is refused."""
    circle: list[Any] = []
    circle.append(circle)
    with pytest.raises(EncodeError, match=f"more than {DEPTH} levels, or holds itself"):
        write(circle)
    with pytest.raises(EncodeError, match=f"more than {DEPTH} levels, or holds itself"):
        plain(circle)
    for levels in (DEPTH + 1, 5000):
        with pytest.raises(ValueError, match="nested too deep"):
            read(b"[" * levels + b"]" * levels)
    deep = read(b"[" * 1020 + b"0.12345678901234567890" + b"]" * 1020)

    assert isinstance(deep, list)
    assert b"[" * DEPTH + b"]" * DEPTH == write(read(b"[" * DEPTH + b"]" * DEPTH))


@pytest.mark.parametrize("data", [b"", b"NaN", b"[Infinity]", b"{'a':1}", b"[1", b"\xff", b"\xef\xbb\xbf1", "\ud83d"])
def test_not_json(data: bytes | str) -> None:
    """What is not JSON is refused in the words of orjson, not as something that Python would accept."""
    with pytest.raises(ValueError, match=r"line \d|column \d|empty|UTF-8"):
        read(data)


def test_copies() -> None:
    """A copy shares no object or array with what it was made from; a value that JSON does not have is kept."""
    made = object()
    given: dict[str, Any] = {"a": [{"b": 1}], "c": (1, 2), "d": Colour.RED, "e": date(2024, 1, 1), "f": made}
    copied = plain(given)
    given["a"][0]["b"] = 2

    assert {"a": [{"b": 1}], "c": [1, 2], "d": "red", "e": "2024-01-01", "f": made} == copied
    assert datetime(2024, 1, 1) == plain(datetime(2024, 1, 1))
    assert {"cost": 1} == plain([VapiCall.of(cost=1)])[0]


def test_shortened() -> None:
    """A value is shown in a few words, also where Python itself refuses to show it."""
    assert "<int>" == shortened(10**5000)
    assert len(shortened("x" * 1000)) < 50


def test_views() -> None:
    """A view says by itself how a path shows its keys."""
    with pytest.raises(NotImplementedError):
        Viewed()._step("a")
