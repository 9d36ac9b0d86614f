"""A store of records with a limit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


class Store(OrderedDict[str, T]):
    """Records by id in order of arrival. When it is full, the oldest is dropped, but never one of `seeded`.

    Without a limit, a long fuzzing run would slow the mock down and use up all memory.
    """

    # behaviour: 10000-records-are-remembered
    # An OrderedDict finds its oldest record at once; a dict searches the gaps that removed records have left.

    def __init__(self, seeded: Mapping[str, T] | None = None, *, limit: int = 10_000) -> None:
        self.limit = limit
        self.seeded = frozenset(seeded or ())
        super().__init__(seeded or {})

    def __setitem__(self, key: str, value: T) -> None:
        if len(self) >= self.limit and key not in self:
            del self[next(old for old in self if old not in self.seeded)]
        super().__setitem__(key, value)
