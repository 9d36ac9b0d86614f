"""The calls that wait: in the order in which they came, and which one is next for each server."""

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
    """One call that is to be made."""

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
        """Where it goes over a socket; None in this process."""
        return self.target.receiver if isinstance(self.target.receiver, Server) else None


@attrs.define
class _Line:
    """The calls of one server, which gets one at a time."""

    #: What was released, in the order that was asked for. It goes first.
    released: deque[Call] = attrs.field(factory=deque)
    #: By time; what somebody has taken meanwhile may still be here.
    by_time: list[tuple[datetime, int, Call]] = attrs.field(factory=list)
    is_busy: bool = False


class Waiting:
    """Calls that wait. Not for several threads at once."""

    def __init__(self) -> None:
        # A dict, for it keeps the order and loses what is taken.
        self._calls: dict[Call, None] = {}
        self._lines: dict[Server, _Line] = {}
        self._numbers = itertools.count()

    def __len__(self) -> int:
        return len(self._calls) + sum(len(line.released) for line in self._lines.values())

    def add(self, call: Call) -> None:
        """Let one more wait."""
        self._calls[call] = None
        if call.server is not None and not call.target.held:
            line = self._lines.setdefault(call.server, _Line())
            heapq.heappush(line.by_time, (call.due, next(self._numbers), call))

    def take(self, call: Call) -> bool:
        """Take a call out that was not released; return False when it does not wait any more."""
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
        """Let none wait."""
        self._calls.clear()
        for line in self._lines.values():
            line.released.clear()

    def dues(self) -> Sequence[datetime]:
        """Return when each call is due that was not released."""
        return [call.due for call in self._calls]

    def due(self, now: datetime) -> list[Call]:
        """Return the calls that are due and were not released, by time."""
        return sorted((call for call in self._calls if call.due <= now), key=lambda call: call.due)

    def release(self, call: Call, server: Server) -> None:
        """Let a call go to its server, after those that were released before."""
        self.take(call)
        self._lines.setdefault(server, _Line()).released.append(call)

    def start(self, now: datetime) -> list[tuple[Server, Call]]:
        """Take the next call of each server that has nothing to do."""
        found = []
        for server, line in self._lines.items():
            if self._has_next(line, now):
                line.is_busy = True
                call = line.released.popleft() if line.released else line.by_time[0][-1]
                self.take(call)
                found.append((server, call))
        return found

    def end(self, server: Server) -> None:
        """Note that a server has done what it was given."""
        self._lines[server].is_busy = False

    def is_idle(self, now: datetime) -> bool:
        """Whether no server has anything to do."""
        return not any(line.is_busy or self._has_next(line, now) for line in self._lines.values())

    def next_due(self) -> datetime | None:
        """Return when the next server has something to do of which nothing is known yet; None for never."""
        firsts = [self._first(line) for line in self._lines.values() if not line.is_busy]
        return min((due for due in firsts if due is not None), default=None)

    def _has_next(self, line: _Line, now: datetime) -> bool:
        first = self._first(line)
        return not line.is_busy and (bool(line.released) or (first is not None and first <= now))

    def _first(self, line: _Line) -> datetime | None:
        while line.by_time and line.by_time[0][-1] not in self._calls:
            heapq.heappop(line.by_time)
        return line.by_time[0][0] if line.by_time else None
