"""The ids and texts of one tenant that must be in no answer to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs

from causerie_spec.pointer import Pointer

from .._text import decode
from ._story import Exchange

_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
#: Texts that two records do not share by chance: UUIDs, and ids that are long enough.
_MARK = re.compile(rf'(?<="id":")[^"\\]{{8,}}|(?<="ID":")[^"\\]{{8,}}|(?<="id": ")[^"\\]{{8,}}|{_UUID}')
_OTHER = {"own": "other", "other": "own"}


@attrs.define
class Tenants:
    """The ids and texts that each of two tenants has created or seen."""

    _made: dict[str, set[str]] = attrs.field(factory=lambda: {who: set[str]() for who in _OTHER})
    _seen: dict[str, set[str]] = attrs.field(factory=lambda: {who: set[str]() for who in _OTHER})

    def leak(self, exchange: Exchange) -> tuple[Pointer, str] | None:
        """Return the place and the text of another tenant that the answer shows; None if there is none.

        An answer may repeat what its request has, and what the tenant itself has sent or seen before.
        """
        who = exchange.sent.credential
        if who not in _OTHER:
            return None
        asked, answered = exchange.sent.text, exchange.response.text
        foreign = self._made[_OTHER[who]] - self._seen[who]
        shown = next((mark for mark in sorted(foreign) if mark in answered and mark not in asked), None)
        seen = {*_MARK.findall(asked), *_MARK.findall(answered)}
        if exchange.sent.method != "GET" and exchange.response.is_success:
            self._made[who] |= seen - self._seen[_OTHER[who]]
        self._seen[who] |= seen
        return None if shown is None else (place_of(answered, shown), shown)


def place_of(text: str, mark: str) -> Pointer:
    """Return the place of the mark in JSON; the whole answer if it is not JSON."""
    try:
        return next(_places(decode(text), mark, ()), ())
    except ValueError:
        return ()


def _places(value: Any, mark: str, at: Pointer) -> Iterator[Pointer]:
    if isinstance(value, str) and mark in value:
        yield at
    elif isinstance(value, dict):
        for name, each in value.items():
            if mark in name:
                yield at
            yield from _places(each, mark, (*at, name))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _places(each, mark, (*at, index))
