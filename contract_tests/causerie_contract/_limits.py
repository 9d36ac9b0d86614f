"""The vendor's limits, `x-limits` of a document, and the pace that keeps within them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import attrs

from causerie_spec.documents import operations
from causerie_spec.pointer import look

from ._settings import Live

#: Requests in a second where no document allows fewer.
RATE = 2.0
#: Limits that say how fast requests may follow each other, and those that a short run never feels: seconds by name.
_PACES = {"requests_per_second": 1, "requests_per_minute": 60}
_WINDOWS = {"requests_per_hour": 3600, "requests_per_day": 86400}


@attrs.frozen
class Limits:
    """Requests in a second, and requests within each number of seconds that a long run has to count."""

    rate: float
    windows: Mapping[int, int]

    @classmethod
    def of(cls, document: dict[str, Any], live: Live) -> Self:
        """Return the lowest limits of `document`, as the account's plan is not known; `live` may name another rate."""
        rate = min((RATE, *(count / _PACES[name] for name, count in _numbers(document) if name in _PACES)))
        windows = dict[int, int]()
        for name, count in _numbers(document):
            if name in _WINDOWS:
                seconds = _WINDOWS[name]
                windows[seconds] = min(count, windows.get(seconds, count))
        return cls(rate if live.rate is None else live.rate, windows)

    def seconds(self, requests: int, before: int) -> float:
        """Return how many seconds `requests` take at most, with `before` others sent just before them."""
        full = sum(seconds * ((before + requests - 1) // count) for seconds, count in self.windows.items())
        return requests / self.rate + full

    def __str__(self) -> str:
        counted = "".join(f" and {count} in {seconds // 60} minutes" for seconds, count in self.windows.items())
        return f"at most {self.rate:g} a second{counted}"


def page_size(document: dict[str, Any], operation: str) -> int | None:
    """Return how many items a page may have with any plan, or None where no limit is known."""
    method, path = operations(document)[operation]
    sizes = look(document, ("paths", path, method)).get("x-limits", {}).get("page_size")
    return None if sizes is None else min(sizes.values())


def _numbers(document: dict[str, Any]) -> list[tuple[str, int]]:
    """Yield each limit of each operation, for each kind of account."""
    places = (("paths", path, method) for method, path in operations(document).values())
    return [
        (name, count)
        for place in places
        for name, kinds in look(document, place).get("x-limits", {}).items()
        if name in _PACES or name in _WINDOWS
        for count in kinds.values()
    ]
