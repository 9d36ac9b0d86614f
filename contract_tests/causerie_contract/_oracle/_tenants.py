"""The ids and texts of one tenant that must be in no answer to another."""

from __future__ import annotations

import re
from collections import Counter
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
class _Tenant:
    """The ids and texts that a tenant has created or seen."""

    made: set[str] = attrs.field(factory=set[str])
    seen: set[str] = attrs.field(factory=set[str])
    #: What it has sent itself.
    written: set[str] = attrs.field(factory=set[str])
    #: How often it has created something, and how many of the answers had a mark that was not sent.
    creations: int = 0
    times: Counter[str] = attrs.field(factory=Counter[str])

    def note(self, exchange: Exchange, others: set[str]) -> None:
        """Note what a request and its answer have; `others` is what the other tenant has seen."""
        asked, answered = ({*_MARK.findall(text)} for text in (exchange.sent.text, exchange.answered))
        if exchange.sent.method != "GET" and exchange.response.is_success:
            self.made |= (asked | answered) - others
            self.written |= asked
        if exchange.sent.method == "POST" and exchange.response.is_success:
            self.creations += 1
            self.times.update(answered - asked)
        # What a tenant only asked for is not stored, and no reason to show it later.
        self.seen |= answered - asked if exchange.sent.method == "GET" else answered | asked

    def has_made(self, mark: str) -> bool:
        """Say whether nobody else can know it: what every creation shows, none of them has made.

        That may be the id of an organization, which both tenants belong to.
        """
        return mark in self.written or self.times[mark] <= 1 < self.creations


@attrs.define
class Tenants:
    """The ids and texts that each of two tenants has created or seen."""

    _known: dict[str, _Tenant] = attrs.field(factory=lambda: {who: _Tenant() for who in _OTHER})

    def leak(self, exchange: Exchange) -> tuple[Pointer, str] | None:
        """Return the place and the text of another tenant that the answer shows; None if there is none.

        An answer may repeat what its request has, and what the tenant itself has sent or seen before.
        """
        who = exchange.sent.credential
        if who not in _OTHER:
            return None
        tenant, other = self._known[who], self._known[_OTHER[who]]
        asked, answered = exchange.sent.text, exchange.answered
        foreign = sorted(filter(other.has_made, other.made - tenant.seen))
        shown = next((mark for mark in foreign if mark in answered and mark not in asked), None)
        tenant.note(exchange, other.seen)
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
