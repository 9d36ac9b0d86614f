"""The record of the webhook calls that a mock has sent."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, overload

import attrs

from . import _json

#: Limits, as for the log of requests: the oldest are dropped first, and the latest is kept however long it is.
_LIMIT = 1000
_BYTES = 32 * 1024 * 1024


@attrs.frozen
class Delivery:
    """One webhook call and its result. Secrets are masked, in the headers and in the body."""

    #: How many calls came before it since the last reset.
    index: int
    #: Mock time.
    at: datetime
    event: str
    #: The receiver's name.
    target: str
    #: 1 is the first; more are retries.
    attempt: int
    #: Whether it repeats a call on purpose, even if that arrived.
    duplicate: bool
    #: The answer's status; 0 if there was no answer.
    status: int
    #: Why there was no answer.
    error: str | None
    headers: dict[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        """Whether the answer was a success, so that the call is not repeated."""
        return 200 <= self.status < 300

    @property
    def json(self) -> Any:
        """The decoded body."""
        return _json.decode(self.body)

    def __str__(self) -> str:
        return f"{self.event} to {self.target}: {self.status or self.error}"


class Deliveries(Sequence[Delivery]):
    """The latest calls, oldest first."""

    def __init__(self) -> None:
        self._kept: deque[Delivery] = deque()
        self._bytes = 0
        #: The number of calls since the last reset, including dropped ones.
        self.total = 0

    def append(self, delivery: Delivery) -> None:
        """Add a delivery."""
        self._kept.append(delivery)
        self._bytes += len(delivery.body)
        self.total += 1
        while len(self._kept) > _LIMIT or (self._bytes > _BYTES and len(self._kept) > 1):
            self._bytes -= len(self._kept.popleft().body)

    @overload
    def __getitem__(self, index: int) -> Delivery: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Delivery]: ...
    def __getitem__(self, index: int | slice) -> Delivery | Sequence[Delivery]:
        return tuple(self._kept)[index]

    def __iter__(self) -> Iterator[Delivery]:
        return iter(tuple(self._kept))

    def __len__(self) -> int:
        return len(self._kept)
