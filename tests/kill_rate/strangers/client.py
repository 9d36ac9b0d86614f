"""A client that asks a vendor what a careful caller would, and keeps every answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote, urlencode

import attrs

from causerie_mock import Request
from tests.kill_rate.strangers.call import credential, credential_header, value_of
from tests.kill_rate.strangers.proxy import Proxy

Told = tuple[int, tuple[tuple[str, str], ...], bytes]


class Noticed(Exception):
    """The client was told something else than without a fault."""


@attrs.define
class Client:
    """Sends requests through the proxy, one second of mock time apart."""

    proxy: Proxy
    #: What it is told without a fault; None where that is to be found out.
    expected: list[Told | None] | None = None
    answers: list[Told | None] = attrs.field(factory=list)
    #: Whether requests are sent at once: time stands still.
    hurrying: bool = False

    async def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: Any = 0,
        media_type: Any = "application/json",
        **query: Any,
    ) -> Any:
        """Return the value of an answer. A number as `key` is that tenant's; bytes as `body` are sent as they are."""
        mock = self.proxy.mock
        if not self.hurrying:
            mock.clock.advance(1)
        index = len(self.answers)
        self.answers.append(None)
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        sent = {"host": "localhost"}
        if content:
            sent |= {"content-type": media_type, "content-length": str(len(content))}
        if key is not None:
            sent[credential_header(mock.vendor)] = credential(mock.vendor, key) if isinstance(key, int) else key
        text = urlencode(query, doseq=True).encode()
        pairs = [(name.lower().encode(), value.encode("latin-1")) for name, value in sent.items()]
        reply = await self.proxy.answer(Request(method, quote(path).encode(), text, pairs, content))
        self.answers[index] = reply.status, tuple(sorted(reply.headers)), reply.body
        if self.expected is not None and self.expected[index : index + 1] != self.answers[index : index + 1]:
            raise Noticed
        return value_of(reply.body)

    async def at_once(self, *asks: Callable[[], Awaitable[Any]]) -> None:
        """Ask several things at once."""
        self.hurrying = True
        await asyncio.gather(*(ask() for ask in asks))
        self.hurrying = False
