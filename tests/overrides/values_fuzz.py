"""Odd values for every parameter of every call.

``python -m tests.overrides.values_fuzz`` tries them, and odd answers on each transport, prints what went wrong, and
exits with 1 when anything did. It takes other numbers of arguments and of answers: ``20000 20000``.
"""

from __future__ import annotations

import datetime
import decimal
import enum
import fractions
import json
import pathlib
import random
import subprocess
import sys
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote

import httpx

import causerie
import causerie.testing
from causerie_api.unset import UNSET
from tests.overrides import answers_fuzz
from tests.overrides.answers_fuzz import ONCE, Operation, bounded, operations
from tests.overrides.conftest import SYNC, Vendor

ARGUMENTS = ANSWERS = 20_000


class Text(str):
    __slots__ = ()


class Whole(int):
    pass


class Real(float):
    pass


class Moment(datetime.datetime):
    """As pandas, pendulum and freezegun make them."""


class Colour(enum.Enum):
    RED = "red"
    NONE = object()


class Rude:
    def __repr__(self) -> str:
        raise RuntimeError


def _nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = {"a": value}
    return value


def corpus() -> list[Any]:
    """Return values that somebody has given to a client; they are made anew each time, as some hold themselves."""
    circle: list[Any] = []
    circle.append(circle)
    now = Moment(2024, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    plain = ["", " ", "a", "a,b", "a/b", "..", "é", "\ud83d\ude00"[0], "x\udc00y", "\0", "😀", "null", "x" * 10_000]
    numbers = [0, -1, 1, 2**53 + 1, 2**63, 2**64 - 1, 2**64, 2**70, -(2**63) - 1, True, False, 0.1, -0.0, 1e308]
    floats = [float("nan"), float("inf"), float("-inf"), Real(1.5), Real("nan"), Whole(7), Whole(2**70), 1j]
    decimals = [*map(decimal.Decimal, ("1.5", "0.1", "5", "0.10000000000000000001", "NaN", "1e999"))]
    times = [now, datetime.datetime(2024, 1, 1), now.date(), now.time(), now - now, Moment(2024, 1, 1)]
    zone = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
    others = [Text("t"), Text("\ud83d"), Colour.RED, Colour.NONE, Colour, pathlib.Path("a/b"), uuid.UUID(int=5), b"x"]
    shapes = [{"a"}, frozenset("a"), ["a"], ("a", "b"), [1, [float("nan")]], {"a": {1: 2}}, {"a": UNSET}, {1: 2}, []]
    deep = [_nested(300), _nested(1100), circle, {"a": circle}, {"k\ud83d": 1}, [None], {"a": None}, {}, [2**65], [{}]]
    rest = [None, UNSET, object(), Rude(), len, iter(["a"]), range(3), fractions.Fraction(1, 3), memoryview(b"x"), ...]
    more = [datetime.datetime(2024, 1, 1, tzinfo=zone), [("human", "x")], [("human", "\ud83d")], causerie.Retry()]
    return [*plain, *numbers, *floats, *decimals, *times, *others, *shapes, *deep, *rest, *more]


#: What is not sent, or stands for something else.
UNSENT = {"timeout", "concurrency", "record_history", "region", "path", "format", "page", "dry_run", "response_mode"}


def chosen_arguments(chance: random.Random, number: int) -> Iterator[tuple[Operation, str, int]]:
    """Yield calls, parameters and places in the corpus; nothing comes twice before everything came once."""
    size = len(corpus())
    pairs = [(each, name, index) for each in operations() for name in each.parameters for index in range(size)]
    while number > 0:
        yield from chance.sample(pairs, min(number, len(pairs)))
        number -= len(pairs)


def fault_of_arguments(operation: Operation, parameter: str, value: Any) -> str | None:
    """Call with one odd value; return what went wrong, if anything did."""
    # Not for ever: some values are a time to wait for a reply.
    vendor = Vendor(lambda request: httpx.Response(200 if len(vendor.requests) < 20 else 404, json={}))
    with SYNC[operation.vendor]("key", base_url="https://vendor.test", transport=vendor, retry=ONCE) as client:
        try:
            operation.call(client, {parameter: value})
        except causerie.CauserieError:
            pass
        except Exception as error:  # noqa: BLE001
            return f"{type(error).__name__}: {error}"
    if parameter in UNSENT or (operation.name, parameter) == ("export", "limit") or not vendor.requests:
        return None
    told = [each for request in vendor.requests for each in _told(request)]
    missing = [each for each in _leaves(value) if not any(_is_same(each, found) for found in told)]
    return f"{missing[0]!r:.80} is not among what was sent: {told!r:.200}" if missing else None


def _told(request: httpx.Request) -> list[Any]:
    """Return what a request says: keys and values of its body and its query, and the segments of its path."""
    query = [text for pair in parse_qsl(request.url.query.decode(), keep_blank_values=True) for text in pair]
    path = [unquote(each) for each in request.url.raw_path.decode().partition("?")[0].split("/")]
    body = json.loads(request.content, parse_float=decimal.Decimal) if request.content else None
    return [*query, *[text for each in query for text in each.split(",")], *path, *_leaves(body)]


def _leaves(value: Any) -> list[Any]:
    found, pending = [], [value]
    while pending:
        each = pending.pop()
        if isinstance(each, dict):
            pending += [*each, *each.values()]
        elif isinstance(each, list | tuple | set | frozenset):
            pending += each
        elif each is not None and each is not UNSET and not hasattr(each, "__next__") and not isinstance(each, range):
            found.append(each)
    return found


def _is_same(given: Any, found: Any) -> bool:  # noqa: PLR0911 - one for each kind of value
    if isinstance(given, enum.Enum):
        given = given.value
    if isinstance(given, datetime.datetime):
        moment = given.timestamp()
        if isinstance(found, int | float | decimal.Decimal):
            return int(found) in {int(moment), int(moment * 1000)}
        try:
            return datetime.datetime.fromisoformat(found) == given
        except ValueError:
            return str(int(moment)) == found
    if isinstance(given, bool) or isinstance(found, bool):
        return given is found or str(given).lower() == found
    if isinstance(given, int | float | decimal.Decimal):
        number = given if isinstance(given, int) else decimal.Decimal(str(given))
        try:
            return number == (decimal.Decimal(found) if isinstance(found, str) else found)
        except decimal.InvalidOperation:
            return False
    return bool(str(given) == found)


def main(*numbers: str) -> int:
    """Print what went wrong: 0 when nothing did."""
    how_many = [int(each) for each in numbers]
    arguments, answered = (*how_many, *(ARGUMENTS, ANSWERS)[len(how_many) :])
    seed = random.randrange(2**32)
    faults: dict[str, str] = {}
    with causerie.testing.no_waiting():
        for operation, parameter, index in chosen_arguments(random.Random(seed), arguments):
            with bounded():
                fault = fault_of_arguments(operation, parameter, corpus()[index])
            if fault:
                faults.setdefault(f"{operation}({parameter}) #{index}", fault)
    for place, fault in faults.items():
        print(f"{place}: {fault}"[:500])  # noqa: T201
    print(f"{arguments:,} arguments: {len(faults)} faults, seed {seed}", flush=True)  # noqa: T201
    # Each in a process of its own, whose memory is what the answers take.
    codes = [
        subprocess.run(
            [sys.executable, "-m", answers_fuzz.__name__, transport, str(answered), str(seed)], check=False
        ).returncode
        for transport in answers_fuzz.TRANSPORTS
    ]
    return bool(faults) or any(codes)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
