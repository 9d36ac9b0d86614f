"""Memory with an end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


class Store(dict[str, T]):
    """Records by id in order of arrival; when it is full, the oldest makes room, but never one of `seeded`.

    Without an end, a long fuzzing run slows the mock down and takes all memory.
    """

    def __init__(self, seeded: Mapping[str, T] | None = None, *, limit: int = 10_000) -> None:
        super().__init__(seeded or {})
        self._seeded = frozenset(self)
        self._limit = limit

    def __setitem__(self, key: str, value: T) -> None:
        if key not in self and len(self) >= self._limit:
            del self[next(old for old in self if old not in self._seeded)]
        super().__setitem__(key, value)
