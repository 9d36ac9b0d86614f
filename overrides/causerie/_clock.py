"""The clock for waits and deadlines. Tests may skip waits: the clock then jumps instead of sleeping."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Timer
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from threading import Event

#: Seconds. Locks and sockets of the standard library overflow with more.
SECONDS_MAX: Final = 10**9

# These hear of the waits that are skipped; waits are skipped as long as there are any of these.
_told: list[Callable[[float], object]] = []
# Each thread and each task has its own: what they skip side by side does not add up.
_skipped: ContextVar[float] = ContextVar("causerie_skipped", default=0.0)


# In a tuple, for what stops the clock in tests replaces every ``time.monotonic`` that is a module's global.
_MONOTONIC = (time.monotonic,)


def now() -> float:
    """Return seconds since a fixed moment.

    Waits move it on, even when a test has stopped the machine's clock.
    """
    return _MONOTONIC[0]() + _skipped.get()


def sleep(seconds: float, until: Event | None = None) -> None:
    """Block for this many seconds, or until the event is set."""
    if _told:
        _skip(seconds)
    elif until is None:
        began = now()
        time.sleep(max(0.0, seconds))
        _count(began + seconds)
    else:
        began = now()
        if not until.wait(seconds):
            _count(began + seconds)


async def sleep_async(seconds: float) -> None:
    """Let other tasks run for this many seconds."""
    import asyncio  # noqa: PLC0415 - a third of what the import of a client would cost, and not for blocking ones

    if _told:
        _skip(seconds)
        await asyncio.sleep(0)
    else:
        began = now()
        await (asyncio.sleep(seconds) if time.monotonic is _MONOTONIC[0] else _woken_after(seconds))
        _count(began + seconds)


async def _woken_after(seconds: float) -> None:
    """Sleep although a test has stopped the machine's clock, by which the event loop would sleep for ever."""
    import asyncio  # noqa: PLC0415 - as above

    woken = asyncio.Event()
    timer = Timer(max(0.0, seconds), asyncio.get_running_loop().call_soon_threadsafe, [woken.set])
    timer.daemon = True
    timer.start()
    try:
        await woken.wait()
    finally:
        timer.cancel()


def _count(moment: float) -> None:
    """Move the clock on to that moment, unless it is already there."""
    _skipped.set(_skipped.get() + max(0.0, moment - now()))


def _skip(seconds: float) -> None:
    _skipped.set(_skipped.get() + seconds)
    for each in tuple(_told):
        each(seconds)


def _forget(_: float) -> None:
    pass


@contextmanager
def no_waiting(on_wait: Callable[[float], object] = _forget) -> Iterator[None]:
    """Skip the waits before retries and between polls in the whole process, and keep deadlines correct.

    ``on_wait`` is called with the seconds of each wait: ``no_waiting(mock.clock.advance)`` moves a mock's time on.
    """
    _told.append(on_wait)
    try:
        yield
    finally:
        _told.remove(on_wait)
