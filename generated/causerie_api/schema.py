"""The JSON types that a document uses: how each is decoded when it is read, and what ``validate()`` allows.

An attribute that is ``None`` or ``UNSET`` is read without its ``Schema``: an answer may say null where the document
does not, and a client that dies of it helps nobody. ``validate()`` is where that is said. An item of an array that has
to be decoded is null only where the document allows it.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from . import times
from .jsonvalue import LongFloat
from .unset import UNSET

if TYPE_CHECKING:
    from .model import Model


class Mismatch(ValueError):
    """A value that does not fit its schema. ``path`` grows on the way out: ``.user``, ``.files[2].id``."""

    def __init__(self, problem: str, path: str = "") -> None:
        super().__init__(problem, path)
        self.problem = problem
        self.path = path

    @classmethod
    def expected(cls, what: str, value: Any) -> Mismatch:
        return cls(f"expected {what}, not {reprlib.repr(value)}")

    def inside(self, step: str) -> Mismatch:
        return Mismatch(self.problem, step + self.path)


class Schema(NamedTuple):
    """One JSON type of a document."""

    check: Callable[[Any], None]
    """Raises ``Mismatch`` for a value that the document does not allow."""
    decode: Callable[[Any], Any] | None = None
    """Converts a JSON value to a Python value, and returns a Python value unchanged; ``None`` if they are the same."""
    keep: bool = False
    """Whether the decoded value takes the place of the JSON value, as its reader may change it."""
    encode: Callable[[Any], Any] | None = None
    """Converts a value that is set; ``None`` if it is sent as it is."""
    is_listed: Callable[[Any], bool] | None = None
    """Whether a value is among those that are listed, for an enum; for an object, whether that holds of its fields."""
    fits: tuple[type, ...] = ()
    """Classes whose values need no ``check``: most values are plain, and a call for each would be most of the work."""


def _plain(what: str, *classes: type) -> Schema:
    def check(value: Any) -> None:
        if value.__class__ not in classes:
            raise Mismatch.expected(what, value)

    return Schema(check, fits=classes)


def _check_integer(value: Any) -> None:
    if value.__class__ is not int and not (value.__class__ is float and value.is_integer()):
        raise Mismatch.expected("an integer", value)


ANY = Schema(lambda _: None)
STRING = _plain("a string", str)
OBJECT = _plain("an object", dict)
BOOLEAN = _plain("true or false", bool)
NUMBER = _plain("a number", int, float, LongFloat)
INTEGER = Schema(_check_integer, fits=(int,))


def _text(what: str, kind: type[date], parse: Callable[[str], date]) -> Schema:
    def decode(value: Any) -> date:
        if value.__class__ is str:
            try:
                return parse(value)
            except ValueError:
                raise Mismatch.expected(what, value) from None
        if isinstance(value, kind):
            return value
        raise Mismatch.expected(what, value)

    def check(value: Any) -> None:
        decode(value)

    return Schema(check, decode)


DATE = _text("a date (RFC 3339)", date, date.fromisoformat)
DATETIME = _text("a date and time (RFC 3339)", datetime, times.parse)


def _unix_time(unit: timedelta) -> Schema:
    def encode(value: Any) -> Any:
        return times.since_epoch(value, unit) if isinstance(value, datetime) else value

    return Schema(_check_integer, encode=encode, fits=(int,))


UNIX_SECONDS = _unix_time(times.SECOND)
UNIX_MILLISECONDS = _unix_time(times.MILLISECOND)


def from_unix_time(value: Any) -> Any:
    """Return a Unix time, in seconds or in milliseconds, as a ``datetime`` in UTC; leave ``None`` and ``UNSET``.

    A vendor may write either unit into the same field. Raises ``Mismatch`` for a value that is not a time.
    """
    if value is None or value is UNSET:
        return value
    try:
        return times.after_epoch(value)
    except (TypeError, ValueError, OverflowError):
        raise Mismatch.expected("a Unix time", value) from None


def enum(load: Callable[[], type[Enum]]) -> Schema:
    """Read an open enum: a value that the document does not list becomes a member of its own."""
    members: dict[Any, Enum] = {}

    def decode(value: Any) -> Enum:
        try:
            return members[value]
        except (KeyError, TypeError):
            pass
        cls = load()
        if value.__class__ in (dict, list):  # enum's own error would show all of it, however deep
            raise Mismatch.expected(f"a value of {cls.__name__}", value)
        try:
            member = cls(value)
        except ValueError:
            raise Mismatch.expected(f"a value of {cls.__name__}", value) from None
        if value in cls._value2member_map_:
            members[value] = member
        return member

    def check(value: Any) -> None:
        if value.__class__ is bool:  # equal to 0 or 1, and no number
            raise Mismatch.expected(f"a value of {load().__name__}", value)
        decode(value)

    return Schema(check, decode, is_listed=lambda value: value in load()._value2member_map_)


def constant(expected: Any) -> Schema:
    """Read one value and no other."""

    def is_it(value: Any) -> bool:
        return value.__class__ is expected.__class__ and bool(value == expected)

    def check(value: Any) -> None:
        if not is_it(value):
            raise Mismatch.expected(repr(expected), value)

    return Schema(check, is_listed=is_it)


def ref(load: Callable[[], type[Model]]) -> Schema:
    """Read a model.

    ``load`` imports its module when the first value is read, so models may refer to each other in a circle.
    """
    model: type[Model] | None = None

    def decode(value: Any) -> Model:
        nonlocal model
        if model is None:
            model = load()
        if value.__class__ is model:
            return value
        return model._view(value)

    def check(value: Any) -> None:
        decode(value)._check()

    return Schema(check, decode, keep=True, is_listed=lambda value: decode(value)._is_listed())


class Items(list[Any]):
    """A list whose items are decoded."""

    __slots__ = ()


def array(item: Schema) -> Schema:
    """Read a list. If its items need no decoding, the result is the JSON array itself."""
    check_item, decode_item = item.check, item.decode

    def check(value: Any) -> None:
        if not isinstance(value, list):
            raise Mismatch.expected("an array", value)
        for index, each in enumerate(value):
            try:
                check_item(each)
            except Mismatch as error:
                raise error.inside(f"[{index}]") from None

    if decode_item is None:
        return Schema(check)

    def decode(value: Any) -> list[Any]:
        if value.__class__ is Items:
            return value
        if not isinstance(value, list):
            raise Mismatch.expected("an array", value)
        items = Items()
        changed = False
        for index, each in enumerate(value):
            try:
                decoded = decode_item(each)
            except Mismatch as error:
                raise error.inside(f"[{index}]") from None
            changed |= decoded is not each
            items.append(decoded)
        return items if changed else value

    return Schema(check, decode, keep=True)


def sequence(first: Sequence[Schema], rest: Schema | None) -> Schema:
    """Read a list whose first items have a schema each, and the others that of the rest; ``None`` allows no others."""

    def of(index: int) -> Schema:
        if index < len(first):
            return first[index]
        if rest is None:
            raise Mismatch(f"expected at most {len(first)} items")
        return rest

    def check(value: Any) -> None:
        if not isinstance(value, list):
            raise Mismatch.expected("an array", value)
        for index, each in enumerate(value):
            try:
                of(index).check(each)
            except Mismatch as error:
                raise error.inside(f"[{index}]") from None

    def decode(value: Any) -> list[Any]:
        if value.__class__ is Items:
            return value
        if not isinstance(value, list):
            raise Mismatch.expected("an array", value)
        items = Items(value)
        for index, each in enumerate(value):
            decode_item = (first[index] if index < len(first) else rest or ANY).decode
            if decode_item is not None:
                try:
                    items[index] = decode_item(each)
                except Mismatch as error:
                    raise error.inside(f"[{index}]") from None
        return items

    return Schema(check, decode, keep=True)


class Entries(dict[str, Any]):
    """A dict whose values are decoded."""

    __slots__ = ()


def mapping(value: Schema) -> Schema:
    """Read a dict with any keys. If its values need no decoding, the result is the JSON object itself."""
    check_value, decode_value = value.check, value.decode

    def check(given: Any) -> None:
        if not isinstance(given, dict):
            raise Mismatch.expected("an object", given)
        for key, each in given.items():
            try:
                check_value(each)
            except Mismatch as error:
                raise error.inside(f"[{key!r}]") from None

    if decode_value is None:
        return Schema(check)

    def decode(given: Any) -> dict[str, Any]:
        if given.__class__ is Entries:
            return given
        if not isinstance(given, dict):
            raise Mismatch.expected("an object", given)
        entries = Entries()
        for key, each in given.items():
            try:
                entries[key] = decode_value(each)
            except Mismatch as error:
                raise error.inside(f"[{key!r}]") from None
        return entries

    return Schema(check, decode, keep=True)


def nullable(inner: Schema) -> Schema:
    """Read null, or a value of the inner schema."""

    def check(value: Any) -> None:
        if value is not None:
            inner.check(value)

    is_listed = inner.is_listed
    if is_listed is not None:
        inner = inner._replace(is_listed=lambda value: value is None or is_listed(value))
    decode_inner = inner.decode
    if decode_inner is None:
        return inner._replace(check=check)

    def decode(value: Any) -> Any:
        return None if value is None else decode_inner(value)

    return inner._replace(check=check, decode=decode)


def union(*alternatives: Schema) -> Schema:
    """Read the first alternative that the value fits; a value that fits none is read as the JSON value it is.

    An alternative that fits only because its enums are open gives way to one that lists the values.
    """

    def fitting(value: Any) -> Schema | None:
        first = None
        for alternative in alternatives:
            try:
                alternative.check(value)
            except Mismatch:
                continue
            if alternative.is_listed is None or alternative.is_listed(value):
                return alternative
            first = first or alternative
        return first

    def check(value: Any) -> None:
        if fitting(value) is None:
            raise Mismatch.expected(f"one of {len(alternatives)} documented shapes", value)

    def decode(value: Any) -> Any:
        alternative = fitting(value)
        if alternative is None or alternative.decode is None:
            return value
        return alternative.decode(value)

    return Schema(check, decode, keep=any(alternative.keep for alternative in alternatives))


def spelled(value: Any) -> str:
    """Return a text, a number, true or false as the document spells it where a discriminator maps it."""
    if value.__class__ is bool:
        return "true" if value else "false"
    if isinstance(value, float | int):
        is_exact = -_EXACT < value < _EXACT
        return str(int(value)) if is_exact and value == int(value) else repr(value) if is_exact else ""
    return str(value) if isinstance(value, str) else ""


_EXACT: Final = 2**63
"""From here on, a number stands for no kind of object, and may be too long for a text."""


def discriminated(field: str, alternatives: Mapping[str, Schema]) -> Schema:
    """Read the kind of object that a field names; without such a name, the object is read as JSON."""

    def named(value: Any) -> Schema | None:
        raw = getattr(value, "_raw", value)  # a model, or the JSON object of one
        if not isinstance(raw, dict):
            raise Mismatch.expected("an object", value)
        name = raw.get(field)
        return alternatives.get(name if isinstance(name, str) else spelled(name))

    def check(value: Any) -> None:
        alternative = named(value)
        if alternative is None:
            raise Mismatch(f"expected one of {', '.join(alternatives)}", f".{field}")
        alternative.check(value)

    def decode(value: Any) -> Any:
        alternative = named(value)
        return value if alternative is None or alternative.decode is None else alternative.decode(value)

    return Schema(check, decode, keep=True)
