"""Waits and deadlines in an event loop, while a test has stopped the clock that the event loop goes by."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from threading import Timer
from typing import Any, TypeVar

import freezegun
import pytest

import causerie
from causerie import _clock
from causerie.export import export

from .answering import Server, answer

T = TypeVar("T")


class Refused:
    """The pieces of an answer: the first so many times a refusal for a moment, thereafter this body."""

    def __init__(self, times: int, body: bytes) -> None:
        refusals = itertools.repeat(answer(429, b"{}", "Retry-After: 0.05"), times)
        self._answers = itertools.chain(refusals, itertools.repeat(answer(200, body)))

    def __iter__(self) -> Iterator[bytes]:
        return iter(next(self._answers))


@pytest.fixture(params=[False, True], ids=["stopped loop", "real loop"])
def stopped(request: pytest.FixtureRequest) -> Iterator[None]:
    with freezegun.freeze_time("2030-01-01", real_asyncio=request.param):
        yield


def called(transport: Any, server: Server, call: Callable[[causerie.AsyncRaia], Awaitable[T]]) -> tuple[T, float]:
    """Return what the call returns, and how many seconds it took by the SDK's clock."""

    async def awaited() -> tuple[T, float]:
        began = _clock.now()
        async with causerie.AsyncRaia("key", base_url=server.url, transport=transport) as raia:
            return await call(raia), _clock.now() - began

    return asyncio.run(awaited())


@pytest.mark.usefixtures("stopped")
@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"])
def test_deadline(transport: Any) -> None:
    """Waiting for a reply that never comes ends when the time is over."""

    async def late(raia: causerie.AsyncRaia) -> causerie.ReplyTimeoutError:
        with pytest.raises(causerie.ReplyTimeoutError) as caught:
            await raia.messages.wait("c1", "m1", timeout=0.8)
        return caught.value

    with Server(answer(200, b'{"id": "m1", "status": "processing"}')) as server:
        error, seconds = called(transport, server, late)

    assert "m1" == error.message_id
    assert 0.1 < seconds


@pytest.mark.usefixtures("stopped")
@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"])
def test_retry(transport: Any) -> None:
    """What a vendor asks to wait is waited by calls that are made together; then the requests are sent again."""
    with Server(Refused(2, b'{"id": "c1"}')) as server:
        outcomes, seconds = called(transport, server, lambda raia: raia.conversations.get_many(["c1", "c2", "c3"]))

    assert ["c1"] * 3 == [outcome.unwrap().id for outcome in outcomes]
    assert 5 == len(server.requests)
    assert 0.05 <= seconds


@pytest.mark.usefixtures("stopped")
def test_export(tmp_path: Path) -> None:
    """An export that a vendor slows down comes to its end."""
    with Server(Refused(1, b'{"data": [], "total": 0}')) as server:
        done, _ = called(None, server, lambda raia: export(raia, tmp_path / "x.jsonl"))

    assert 0 == done.rows


@pytest.mark.usefixtures("stopped")
def test_cancel() -> None:
    """A wait that is cancelled leaves no thread that goes on waiting."""

    async def cancelled() -> None:
        wait = asyncio.ensure_future(_clock.sleep_async(600))
        await asyncio.sleep(0)
        wait.cancel()
        await asyncio.wait([wait])

    asyncio.run(cancelled())

    assert [] == [each for each in threading.enumerate() if isinstance(each, Timer) and not each.finished.is_set()]


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"])
def test_silence(transport: Any) -> None:
    """Where the event loop's clock goes on, a server that keeps silent is not waited for either."""

    async def silent(raia: causerie.AsyncRaia) -> None:
        with pytest.raises(causerie.ReplyTimeoutError):
            await raia.messages.wait("c1", "m1", timeout=0.3)

    with freezegun.freeze_time("2030-01-01", real_asyncio=True), Server(None) as server:
        called(transport, server, silent)

    assert 1 == len(server.requests)
