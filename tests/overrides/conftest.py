"""A vendor that answers what a test says, and the six clients that talk to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import attrs
import httpx
import orjson
import pytest

import palaver

Answer = Callable[[httpx.Request], httpx.Response]


@attrs.define
class Vendor(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers every request with ``answer`` and keeps the requests."""

    answer: Answer
    requests: list[httpx.Request] = attrs.field(factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.answer(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


SYNC = {"convocore": palaver.Convocore, "raia": palaver.Raia, "zild": palaver.Zild}
ASYNC = {"convocore": palaver.AsyncConvocore, "raia": palaver.AsyncRaia, "zild": palaver.AsyncZild}
Call = Callable[[Any], Any]


class Caller:
    """Makes the same call through the blocking or through the async client."""

    def __init__(self, clients: dict[str, Any]) -> None:
        self.clients = clients

    def __call__(self, name: str, call: Call, answer: Answer, **options: Any) -> tuple[Any, list[httpx.Request]]:
        vendor = Vendor(answer)
        client = self.clients[name](
            "the-secret",
            **{
                "base_url": "https://vendor.test/v3",
                "transport": vendor,
                "retry": palaver.Retry(attempts=1),
                **options,
            },
        )
        if self.clients is SYNC:
            with client:
                return call(client), vendor.requests

        async def awaited() -> Any:
            async with client:
                return await call(client)

        return asyncio.run(awaited()), vendor.requests


@pytest.fixture(params=[SYNC, ASYNC], ids=["sync", "async"])
def caller(request: pytest.FixtureRequest) -> Caller:
    return Caller(request.param)


def json(body: Any, status: int = 200, **headers: str) -> Answer:
    """An answer with a JSON body."""
    return lambda request: httpx.Response(status, content=orjson.dumps(body), headers=headers)


def raw(content: bytes, status: int = 200, **headers: str) -> Answer:
    """An answer with these bytes."""
    return lambda request: httpx.Response(status, content=content, headers=headers)
