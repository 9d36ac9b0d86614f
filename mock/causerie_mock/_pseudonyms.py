"""Placeholders for personal data in records: the same value always gets the same placeholder."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from causerie_spec.redact import is_private, vocabulary

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_PHONE = re.compile(r"\+?[\d\s()/.-]{5,}")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_ID = re.compile(r"ids?$|key$|sid$", re.IGNORECASE)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\S+")

#: The most placeholders that are remembered; the oldest are dropped first.
_LIMIT = 1_000_000

#: The placeholders by the form of a text: the first form that fits counts.
_FORMS: tuple[tuple[Callable[[str, str], object], str], ...] = (
    (lambda _, text: _EMAIL.fullmatch(text), "person{}@example.com"),
    (lambda _, text: _URL.fullmatch(text), "https://example.com/{}"),
    (lambda _, text: _PHONE.fullmatch(text), "+1555{:07}"),
    (lambda name, _: _ID.search(name), "id-{}"),
    (lambda _, __: True, "text {}"),
)


class Pseudonyms:
    """Placeholders, which keep references between records but not the values.

    Unchanged are values that the document lists, times, small numbers, and the names of fields in the document. Times
    identify no one once all other data of the person is gone.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._fields = vocabulary(dict(document))
        self._listed = frozenset(_listed(document))
        self._made: dict[str | float, Any] = {}
        self._count = 0

    def record(self, value: Any, name: str = "") -> Any:
        """Return the JSON value of the field `name` with placeholders for the values in it."""
        match value:
            case dict():
                return {key: self.record(each, key) for key, each in value.items() if key in self._fields}
            case list():
                return [self.record(each, name) for each in value]
            case str():
                return self.text(value, name)
            case int() | float() if not isinstance(value, bool):
                return self._number(value, name)
            case _:
                return value

    def text(self, value: str, name: str) -> str:
        """Return the placeholder for a text in the field `name`."""
        if not value or value in self._listed or (not is_private(name) and _is_time(value)):
            return value
        made: str = self._stand_in(value, lambda number: _new(value, name, number))
        return made

    def _number(self, value: float, name: str) -> float:
        is_kept = abs(value) < 1000 or _is_moment(value)
        if is_kept and not (is_private(name) or _ID.search(name)):
            return value
        made: float = self._stand_in(value, lambda number: number)
        return made

    def _stand_in(self, value: str | float, new: Callable[[int], Any]) -> Any:
        if value not in self._made:
            self._count += 1
            if len(self._made) == _LIMIT:
                del self._made[next(iter(self._made))]
            self._made[value] = new(self._count)
        return self._made[value]


def _new(value: str, name: str, number: int) -> str:
    if _is_uuid(value):
        return str(uuid.UUID(int=number, version=4))
    return next(form for fits, form in _FORMS if fits(name, value)).format(number)


def _listed(node: Any) -> Iterator[str]:
    """Yield the values in the enums and constants of a document."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "enum" and isinstance(value, list):
                yield from (each for each in value if isinstance(each, str))
            else:
                yield from _listed(value)
    elif isinstance(node, list):
        for each in node:
            yield from _listed(each)


def _is_uuid(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text, re.IGNORECASE) is not None


def _is_time(text: str) -> bool:
    try:
        return _TIME.fullmatch(text) is not None and datetime.fromisoformat(text.upper()).tzinfo is not None
    except ValueError:
        return False


def _is_moment(value: float) -> bool:
    """Return whether a number is a present-day time, in seconds or milliseconds since 1970."""
    return 1e9 <= value < 2.1e9 or 1e12 <= value < 2.1e12
