"""Servers that a live run is held on, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx

from causerie_contract import _cleanup, _live
from causerie_contract._budget import Budget
from causerie_contract._journal import Journal
from causerie_contract._limits import Limits
from causerie_contract._result import Result
from causerie_contract._settings import Live, Settings
from causerie_contract._target import Target
from causerie_mock import CONVOCORE_KEYS, RAIA_KEYS, ZILD_TOKENS, Mock, MockTransport
from causerie_spec.documents import load, vendors

#: A rate at which nobody waits.
FAST: dict[str, Any] = {"rate": 1000.0}

#: Read once: a test makes hundreds of guards.
DOCUMENTS = {vendor: load(vendor) for vendor in vendors()}

KEYS = {"convocore": CONVOCORE_KEYS[0], "raia": RAIA_KEYS[0], "zild": ZILD_TOKENS[0]}

Handler = Callable[[httpx.Request], Awaitable[httpx.Response]]


class Server(httpx.AsyncBaseTransport):
    """A server that `handler` plays, and that keeps what it is sent."""

    def __init__(self, handler: Handler) -> None:
        self.asked: list[httpx.Request] = []
        self._handler = handler

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the handler's answer."""
        self.asked.append(request)
        return await self._handler(request)


def playing(mock: Mock) -> Server:
    """Return a server that answers as `mock`."""
    return Server(MockTransport(mock).handle_async_request)


def saying(status: int, **headers: str) -> Server:
    """Return a server with one answer to everything."""

    async def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, headers=headers, json={})

    return Server(answer)


def hold(server: Server, live: Live, vendor: str = "raia", **options: Any) -> Result:
    """Return a live run on `server`."""
    target = Target("server", "http://vendor.test", KEYS[vendor], real=True)
    return _live.run(vendor, DOCUMENTS[vendor], target, Settings(max_examples=4, live=live, **options), server)


def clean(path: Path, server: Server, live: Live, key: str | None = None) -> _cleanup.Cleaned:
    """Return what becomes of the things in the journal at `path`."""
    journal = Journal.read(path)
    vendor = journal.run.vendor
    target = Target("server", "http://vendor.test", KEYS[vendor] if key is None else key)
    budget = Budget(0, Limits.of(DOCUMENTS[vendor], live), 0)
    return asyncio.run(_cleanup.remove(journal, DOCUMENTS[vendor], target, live, budget, inner=server))
