"""Connection pools: each connection serves one request at a time, for the process and event loop that opened it.

httpx's own pool closes connections that another thread has just taken (encode/httpcore#1110), loses places when calls
are cancelled (#1093), and uses the sockets of a parent process and of an event loop that has ended; httpx2's pool began
as its copy. Here, a line is one of their transports with a single connection: no other request uses it while a request
is running, and it is closed unless the answer was read to its end.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import AsyncExitStack, ExitStack, nullcontext, suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ._library import mixed
from ._loan import AsyncTransport, SyncTransport

if TYPE_CHECKING:
    import httpx

Line = TypeVar("Line")

# As httpx has them.
_CONNECTIONS = 100
_IDLE = 20
_IDLE_SECONDS = 5.0
_NO_PLACE = "every connection is in use"


class Home(Generic[Line]):
    """The idle lines of one process and, for awaited lines, of one event loop.

    It has no lock, because a fork could leave a lock locked for ever: the methods of a deque are atomic.
    """

    def __init__(self) -> None:
        self._idle = deque[tuple[float, Line]]()
        self._is_closed = False

    def take(self) -> Line | None:
        """Return the line that was used last, or None."""
        with suppress(IndexError):
            return self._idle.pop()[1]
        return None

    def give(self, line: Line) -> list[Line]:
        """Keep a line whose answer was read to its end. Return the lines to close."""
        now = time.monotonic()
        self._idle.append((now, line))
        if self._is_closed:
            return self.drain()
        surplus = []
        with suppress(IndexError):  # another thread may be first
            while len(self._idle) > _IDLE or self._idle[0][0] + _IDLE_SECONDS < now:
                surplus.append(self._idle.popleft()[1])
        return surplus

    def drain(self) -> list[Line]:
        """Return all lines, to be closed. From now on, no line is kept."""
        self._is_closed = True
        return list(iter(self.take, None))


class Pool:
    """A pool of blocking lines. Threads may share it, and a forked process gets its own lines."""

    def __init__(self, make: Callable[[], SyncTransport], httpx: Any) -> None:
        self._make = make
        self._full = httpx.PoolTimeout
        self._body = mixed(_Body, httpx.SyncByteStream)
        self._homes: dict[int, _ProcessHome] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request. Raises the errors of httpx's transports."""
        home = self._home()
        if not home.places.acquire(timeout=_patience(request)):
            raise self._full(_NO_PLACE, request=request)
        line = home.take() or self._make()
        try:
            response: httpx.Response = line.handle_request(request)
        except BaseException:
            home.end(line, is_whole=False)
            raise
        response.stream = self._body(response.stream, lambda is_whole: home.end(line, is_whole=is_whole))
        return response

    def _home(self) -> _ProcessHome:
        pid = os.getpid()
        home = self._homes.get(pid)
        if home is None:
            home = self._homes.setdefault(pid, _ProcessHome())
            for parent in self._homes.keys() - {pid}:
                # close(2) and no more, TLS or not: the connection stays the parent's.
                _close(self._homes.pop(parent).drain())
        return home

    def close(self) -> None:
        """Close the idle lines now, and the others when they become idle."""
        for home in tuple(self._homes.values()):
            _close(home.drain())


class AsyncPool:
    """A pool of awaited lines. Each event loop has its own, which are closed with the pool or when the loop ends."""

    def __init__(self, make: Callable[[], AsyncTransport], httpx: Any) -> None:
        self._make = make
        self._full = httpx.PoolTimeout
        self._body = mixed(_AsyncBody, httpx.AsyncByteStream)
        self._homes: dict[tuple[int, asyncio.AbstractEventLoop], _LoopHome] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request. Raises the errors of httpx's transports."""
        home = await self._home()
        try:
            # Where there is a place, a timeout would cost more than the place.
            async with asyncio.timeout(_patience(request)) if home.places.locked() else nullcontext():
                await home.places.acquire()
        except TimeoutError:
            raise self._full(_NO_PLACE, request=request) from None
        line = home.take() or self._make()
        try:
            response: httpx.Response = await line.handle_async_request(request)
        except BaseException:
            await home.end(line, is_whole=False)
            raise
        response.stream = self._body(response.stream, lambda is_whole: home.end(line, is_whole=is_whole))
        return response

    async def _home(self) -> _LoopHome:
        owner = os.getpid(), asyncio.get_running_loop()
        home = self._homes.get(owner)
        if home is None:
            home = self._homes[owner] = _LoopHome()
            await anext(home.guard)
            # Those of a parent process stay: to close them would take its event loop, whose selector is shared.
            for pid, loop in list(self._homes):
                if pid == os.getpid() and loop.is_closed():
                    del self._homes[pid, loop]
        return home

    async def aclose(self) -> None:
        """Close the idle lines now, and the others when they become idle.

        Lines of another event loop are closed when that loop ends.
        """
        home = self._homes.get((os.getpid(), asyncio.get_running_loop()))
        if home is not None:
            await home.guard.aclose()


class _ProcessHome(Home[SyncTransport]):
    def __init__(self) -> None:
        super().__init__()
        self.places = threading.Semaphore(_CONNECTIONS)

    def end(self, line: SyncTransport, *, is_whole: bool) -> None:
        """Free the place of the line."""
        try:
            _close(self.give(line) if is_whole else [line])
        finally:
            self.places.release()


class _LoopHome(Home[AsyncTransport]):
    def __init__(self) -> None:
        super().__init__()
        self.places = asyncio.Semaphore(_CONNECTIONS)
        self.guard = self._until_the_end()

    async def _until_the_end(self) -> AsyncGenerator[None]:
        """Close the lines when this generator ends. An event loop ends its generators before it closes."""
        try:
            yield
        finally:
            await _close_async(self.drain())

    async def end(self, line: AsyncTransport, *, is_whole: bool) -> None:
        """Free the place of the line."""
        try:
            await _close_async(self.give(line) if is_whole else [line])
        finally:
            self.places.release()


class _Body:
    """A body that reports once whether it was read to its end."""

    def __init__(self, stream: Any, end: Callable[[bool], None]) -> None:
        self._stream = stream
        self._end = end
        self._is_whole = False

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream
        self._is_whole = True

    def close(self) -> None:
        try:
            self._stream.close()
        except BaseException:
            self._is_whole = False
            raise
        finally:
            self._end(self._is_whole)


class _AsyncBody:
    """A body that reports once whether it was read to its end."""

    def __init__(self, stream: Any, end: Callable[[bool], Awaitable[None]]) -> None:
        self._stream = stream
        self._end = end
        self._is_whole = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            yield piece
        self._is_whole = True

    async def aclose(self) -> None:
        try:
            await self._stream.aclose()
        except BaseException:
            self._is_whole = False
            raise
        finally:
            await self._end(self._is_whole)


def _patience(request: httpx.Request) -> float | None:
    seconds: float | None = request.extensions.get("timeout", {}).get("pool")
    return seconds


def _close(lines: Iterable[SyncTransport]) -> None:
    with ExitStack() as stack:
        for line in lines:
            stack.callback(line.close)


async def _close_async(lines: Iterable[AsyncTransport]) -> None:
    # Each is begun, which closes its socket, even where a cancel ends the wait for the one before.
    async with AsyncExitStack() as stack:
        for line in lines:
            stack.push_async_callback(line.aclose)
