"""The time that waits and deadlines go by. Tests may skip the waits: the clock then jumps instead of sleeping."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_skipping = False
# Each thread and each task has its own: what they skip side by side does not add up.
_skipped: ContextVar[float] = ContextVar("palaver_skipped", default=0.0)


def now() -> float:
    """Seconds since some moment; never goes back."""
    return time.monotonic() + _skipped.get()


def sleep(seconds: float) -> None:
    """Block for so many seconds."""
    if _skipping:
        _skipped.set(_skipped.get() + seconds)
    elif seconds > 0:
        time.sleep(seconds)


async def sleep_async(seconds: float) -> None:
    """Let other tasks run for so many seconds."""
    import asyncio  # noqa: PLC0415 - a third of what the import of a client would cost, and not for blocking ones

    if _skipping:
        _skipped.set(_skipped.get() + seconds)
        seconds = 0
    await asyncio.sleep(seconds)


@contextmanager
def no_waiting() -> Iterator[None]:
    """Take no time for waits before retries and between polls, in the whole process, and keep deadlines true."""
    global _skipping  # noqa: PLW0603
    before, _skipping = _skipping, True
    try:
        yield
    finally:
        _skipping = before
