"""A mock behind httpx, in process: no socket, no thread, no event loop of its own."""

from __future__ import annotations

import httpx

from palaver_mock._exchange import Request
from palaver_mock._mock import Mock


class MockTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Serves `mock` to an `httpx.Client` and an `httpx.AsyncClient` alike, whatever the host of the request is."""

    def __init__(self, mock: Mock) -> None:
        self._mock = mock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answers a synchronous client."""
        return self._answer(request, request.read())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answers an asynchronous client."""
        return self._answer(request, await request.aread())

    def _answer(self, request: httpx.Request, body: bytes) -> httpx.Response:
        path, _, query = request.url.raw_path.partition(b"?")
        reply = self._mock.handle(Request(request.method, path, query, request.headers.raw, body))
        # A stream, as a network transport gives one: with content=, `response.elapsed` would raise.
        return httpx.Response(reply.status, headers=list(reply.headers), stream=httpx.ByteStream(reply.body))
