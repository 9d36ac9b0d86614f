"""Cursors, which mark the places where lists of conversations continue."""

from __future__ import annotations

import base64
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from .. import _json
from .._seed import Record

# behaviour: latest-ts-comes-first, greater-id-comes-first
_place = itemgetter("ts", "ID")


def ordered(conversations: Iterable[Record], cursor: str | None = None, *, ascending: bool = False) -> list[Record]:
    """Return the conversations after the cursor, in the order of lists.

    Raises `ValueError` for a cursor that does not come from `after`.
    """
    # behaviour: cursor-outlives-its-conversation
    found = sorted(conversations, key=_place)
    if cursor is not None:
        mark = _read(cursor)
        found = (
            found[bisect_right(found, mark, key=_place) :]
            if ascending
            else found[: bisect_left(found, mark, key=_place)]
        )
    return found if ascending else found[::-1]


def after(conversation: Record) -> str:
    """Return the cursor for the conversations after this one."""
    return base64.urlsafe_b64encode(_json.encode(_place(conversation))).decode()


def _read(cursor: str) -> tuple[Any, Any]:
    match _json.decode(base64.urlsafe_b64decode(cursor)):
        case [int() | float() as ts, str() as conversation_id]:
            return ts, conversation_id
        case _:
            raise ValueError("it marks no place")
