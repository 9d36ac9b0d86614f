"""Shortening answers that are too long for an AI, with a sentence on what is left out and how to get more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import click

from causerie_api.jsontext import write_readable

from ..cli._parameters import Integer
from ._arguments import Refused

MOST: Final = 60_000
"""The most bytes of JSON in an answer, some 15,000 tokens: clients accept that, and an AI still reads it carefully."""

_LEAST: Final = 40
"""Values with fewer bytes are not cut."""

SHOWN_FROM: Final = "shown_from"

Place = tuple[str | int, ...]


def going_on() -> click.Option:
    """Return the argument with which a call continues a list that was cut."""
    described = "Where to continue a list that an earlier answer has cut, as that answer says; 0 by default."
    return click.Option([f"--{SHOWN_FROM}"], type=Integer(), help=described)


def fitted(value: dict[str, Any], first: int | None) -> dict[str, Any]:
    """Return an answer as JSON of up to about ``MOST`` bytes, with a note on what is left out.

    The longest list begins at its item ``first``, which is None for tools that cannot continue a list. Raises
    ``Refused`` for a negative number.
    """
    if first is not None and first < 0:
        raise Refused(f"{SHOWN_FROM}: {first} is below 0.")
    fits = _size(value) <= MOST
    if fits and not first:
        return value
    longest = _longest(value)
    if fits and longest is None:
        return value
    cut = _Cut(longest, first)
    shown = cut.fit(value, MOST, ())
    return {"shortened": list(cut.said()), **shown}


def _size(value: Any) -> int:
    return len(write_readable(value))


def _longest(value: Any) -> Place | None:
    """Return the path of the list that makes an answer long, found by always following the longest value.

    None if the answer is not long because of a list.
    """
    place: Place = ()
    while not isinstance(value, list) or len(value) == 1:
        if not value or not isinstance(value, list | dict):
            return None
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        key, value = max(pairs, key=lambda pair: _size(pair[1]))
        place = (*place, key)
    return place


class _Cut:
    """Cuts a value, and records what it left out."""

    def __init__(self, longest: Place | None, first: int | None) -> None:
        self._longest = longest
        self._first = first
        self._sentences: list[str] = []
        self._others = 0

    def said(self) -> Iterator[str]:
        """Yield sentences about what was left out."""
        yield from self._sentences
        if self._others:
            yield f"Where … stands, a text or a list is cut ({self._others} in all); an export to a file has all of it."

    def fit(self, value: Any, most: int, place: Place) -> Any:
        """Return the value, cut to about this many bytes."""
        leads_there = self._longest is not None and place == self._longest[: len(place)]
        if _size(value) <= most and not (leads_there and self._first):
            return value
        if isinstance(value, dict) and sum(_size(key) + _LEAST for key in value) <= most:
            return self._fit_dict(value, most, place)
        if isinstance(value, list) and place == self._longest:
            return self._go_on(value, most, place)
        if isinstance(value, list):
            self._others += 1
            kept = self._items(value, most - _LEAST, place)
            return [*kept, f"… ({len(value) - len(kept)} more)"] if len(kept) < len(value) else kept
        # Where there is no room for all keys of an object, it is a text; a number of so many digits is one, too.
        text = value if isinstance(value, str) else write_readable(value).decode()
        if len(text) <= _LEAST:
            return value
        self._others += 1
        # A character is up to six bytes of JSON.
        kept_text = text[: max(most - _LEAST, 0) // (1 if _size(text) < 1.1 * len(text) else 6)]
        return f"{kept_text}… ({len(text) - len(kept_text)} more characters)"

    def _fit_dict(self, value: dict[str, Any], most: int, place: Place) -> dict[str, Any]:
        """Give each value its share of the bytes, and divide what short values leave among the long ones."""
        found, left = dict[str, Any](), most
        sizes = {key: _size(each) for key, each in value.items()}
        for index, key in enumerate(sorted(sizes, key=lambda key: sizes[key])):
            share = max(left // (len(value) - index) - len(key) - 4, 0)
            found[key] = self.fit(value[key], share, (*place, key))
            left -= len(key) + 4 + (sizes[key] if found[key] is value[key] else _size(found[key]))
        return {key: found[key] for key in value}

    def _go_on(self, value: list[Any], most: int, place: Place) -> list[Any]:
        first = self._first or 0
        kept = self._items(value[first:], most, place)
        end = first + len(kept)
        where = ".".join(map(str, place))
        sentence = f"{where} has {len(value)} items; these are {len(kept)} of them, from number {first} on."
        if end < len(value) and self._first is not None:
            sentence = f"{sentence} For the next, call again with the same arguments and {SHOWN_FROM}={end}."
        self._sentences.append(sentence)
        return kept

    def _items(self, items: list[Any], most: int, place: Place) -> list[Any]:
        """Return the first items that fit, but at least one."""
        kept, left = list[Any](), most
        for index, item in enumerate(items):
            size = _size(item) + 1
            if kept and size > left:
                break
            kept.append(self.fit(item, left, (*place, index)))
            left -= size
        return kept
