"""How many requests a live run may send, how fast, and for how long."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Self

from ._limits import Limits


class Exhausted(Exception):
    """The run has to end; the message says why."""


class Budget:
    """`requests` in all, no more of them in any time than `limits` allow, within `seconds` from now."""

    def __init__(
        self,
        requests: int,
        limits: Limits,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.spent = 0
        self._requests = requests
        self.limits = limits
        self._seconds = seconds
        self._clock = clock
        self._sleep = sleep
        self._next = clock()
        self._end = self._next + seconds
        #: When the last requests were sent: as many as have to be counted.
        self._sent = deque[float](maxlen=max(limits.windows.values(), default=0))
        self._refusals = 0

    def renew(self, requests: int, seconds: float) -> Self:
        """Return a new budget that starts now, at the same pace, which also counts the requests sent so far."""
        other = type(self)(requests, self.limits, seconds, self._clock, self._sleep)
        other._next = max(other._next, self._next)
        other._sent.extend(self._sent)
        return other

    @property
    def left(self) -> float:
        """Seconds until the time limit."""
        return self._end - self._clock()

    async def spend(self) -> None:
        """Wait until the next request may be sent, and count it. Raises `Exhausted` if none is left."""
        if self.spent >= self._requests:
            raise Exhausted(f"The budget of {self._requests} requests is spent.")
        now = self._clock()
        full = [
            self._sent[-count] + seconds for seconds, count in self.limits.windows.items() if len(self._sent) >= count
        ]
        turn = max(self._next, now, *full)
        if turn >= self._end:
            raise Exhausted(
                f"The next request would have had to wait {turn - now:.0f} s, beyond the time limit of "
                f"{self._seconds:g} s."
                if turn > now
                else f"The time limit of {self._seconds:g} s is reached."
            )
        self._next = turn + 1 / self.limits.rate
        self._sent.append(turn)
        self.spent += 1
        await self._sleep(turn - now)

    def back_off(self, seconds: float | None) -> None:
        """Give the server the `seconds` that it asks for; without a number twice as many as the last time, from 1."""
        self._refusals += 1
        wait = 2.0 ** min(self._refusals - 1, 10) if seconds is None else seconds
        self._next = max(self._next, self._clock() + wait)

    def pause(self, turns: int) -> None:
        """Leaves out as many requests as could have been sent."""
        self._next = max(self._next, self._clock()) + turns / self.limits.rate

    def go_on(self) -> None:
        """Forget that the server asked for time: it answered again."""
        self._refusals = 0
