"""How many requests a live run may send, how fast, and for how long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable


class Exhausted(Exception):
    """The run has to end; the message says why."""


class Budget:
    """`requests` in all, `rate` of them in a second, within `seconds` from now."""

    def __init__(
        self,
        requests: int,
        rate: float,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.spent = 0
        self._requests = requests
        self._interval = 1 / rate
        self._seconds = seconds
        self._clock = clock
        self._sleep = sleep
        self._next = clock()
        self._end = self._next + seconds
        self._refusals = 0

    @property
    def left(self) -> float:
        """Seconds until the time limit."""
        return self._end - self._clock()

    async def spend(self) -> None:
        """Waits for the turn of the next request, and counts it. Raises `Exhausted` when there is none."""
        if self.spent >= self._requests:
            raise Exhausted(f"The budget of {self._requests} requests is spent.")
        now = self._clock()
        turn = max(self._next, now)
        if turn >= self._end:
            raise Exhausted(
                f"The next request would have had to wait {turn - now:.0f} s, beyond the time limit of "
                f"{self._seconds:g} s."
                if turn > now
                else f"The time limit of {self._seconds:g} s is reached."
            )
        self._next = turn + self._interval
        self.spent += 1
        await self._sleep(turn - now)

    def back_off(self, seconds: float | None) -> None:
        """The server asks for time: `seconds`, or without a word of it twice as many as the last time, from 1."""
        self._refusals += 1
        wait = 2.0 ** min(self._refusals - 1, 10) if seconds is None else seconds
        self._next = max(self._next, self._clock() + wait)

    def go_on(self) -> None:
        """The server answered again."""
        self._refusals = 0
