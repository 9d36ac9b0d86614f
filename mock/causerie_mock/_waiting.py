"""The queue of webhook calls: in order of arrival, with a line of its own for each server."""

from __future__ import annotations

import heapq
import itertools
from collections import deque
from collections.abc import Sequence
from datetime import datetime

import attrs

from ._exchange import Request
from ._target import Target
from ._url import Server


@attrs.frozen(eq=False)
class Call:
    """One webhook call to be sent."""

    target: Target
    event: str
    due: datetime
    request: Request = attrs.field(repr=False)
    shown_headers: dict[str, str]
    shown_body: bytes
    attempt: int = 1
    duplicate: bool = False

    @property
    def server(self) -> Server | None:
        """The server that the call goes to; None for a receiver in this process."""
        return self.target.receiver if isinstance(self.target.receiver, Server) else None


@attrs.define
class _Line:
    """The queue of one server, which gets one call at a time."""

    #: Released calls, in the requested order. They go first.
    released: deque[Call] = attrs.field(factory=deque)
    #: A heap by time. Calls that were taken out of `_calls` meanwhile may still be in it.
    by_time: list[tuple[datetime, int, Call]] = attrs.field(factory=list)
    is_busy: bool = False


class Waiting:
    """The calls that wait. Not safe for several threads at once."""

    def __init__(self) -> None:
        # A dict keeps the order and removes a call quickly.
        self._calls: dict[Call, None] = {}
        self._lines: dict[Server, _Line] = {}
        self._numbers = itertools.count()

    def __len__(self) -> int:
        return len(self._calls) + sum(len(line.released) for line in self._lines.values())

    def add(self, call: Call) -> None:
        """Add a call."""
        self._calls[call] = None
        if call.server is not None and not call.target.held:
            line = self._lines.setdefault(call.server, _Line())
            heapq.heappush(line.by_time, (call.due, next(self._numbers), call))

    def take(self, call: Call) -> bool:
        """Take out a call that was not released. Return False if it no longer waits."""
        is_there = call in self._calls
        self._calls.pop(call, None)
        return is_there

    def oldest(self, most: int) -> Call | None:
        """Take out the oldest call when more than `most` wait."""
        if len(self._calls) <= most:
            return None
        call = next(iter(self._calls))
        self.take(call)
        return call

    def clear(self) -> None:
        """Remove every call."""
        self._calls.clear()
        for line in self._lines.values():
            line.released.clear()

    def dues(self) -> Sequence[datetime]:
        """Return the due times of the calls that were not released."""
        return [call.due for call in self._calls]

    def due(self, now: datetime) -> list[Call]:
        """Return the calls that are due and were not released, in order of time."""
        return sorted((call for call in self._calls if call.due <= now), key=lambda call: call.due)

    def release(self, call: Call, server: Server) -> None:
        """Release a call to its server, after those that were released before it."""
        self.take(call)
        self._lines.setdefault(server, _Line()).released.append(call)

    def start(self, now: datetime) -> list[tuple[Server, Call]]:
        """Take out the next call of every idle server."""
        found = []
        for server, line in self._lines.items():
            if self._has_next(line, now):
                line.is_busy = True
                call = line.released.popleft() if line.released else line.by_time[0][-1]
                self.take(call)
                found.append((server, call))
        return found

    def end(self, server: Server) -> None:
        """Mark a server as idle after its call."""
        self._lines[server].is_busy = False

    def is_idle(self, now: datetime) -> bool:
        """Return whether no call is running and none is due."""
        return not any(line.is_busy or self._has_next(line, now) for line in self._lines.values())

    def next_due(self) -> datetime | None:
        """Return when the next call of an idle server is due; None if there is no such call."""
        firsts = [self._first(line) for line in self._lines.values() if not line.is_busy]
        return min((due for due in firsts if due is not None), default=None)

    def _has_next(self, line: _Line, now: datetime) -> bool:
        first = self._first(line)
        return not line.is_busy and (bool(line.released) or (first is not None and first <= now))

    def _first(self, line: _Line) -> datetime | None:
        while line.by_time and line.by_time[0][-1] not in self._calls:
            heapq.heappop(line.by_time)
        return line.by_time[0][0] if line.by_time else None
