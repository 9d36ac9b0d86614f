"""An httpx transport that calls a mock in process, without a socket, a thread or an event loop of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import anyio.to_thread
import httpx

from ._exchange import Request
from ._faults import Fault
from ._mock import Mock


class MockTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Serves `mock` to an `httpx.Client` or an `httpx.AsyncClient`, whatever the host of the request is.

    Faults raise the exceptions of httpx for a real connection, and take mock time instead of real time.
    """

    def __init__(self, mock: Mock) -> None:
        self._mock = mock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a synchronous client."""
        return self._answer(request, request.read())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer an asynchronous client. While a real server answers, the event loop continues."""
        body = await request.aread()
        if self._mock.spy is None:
            return self._answer(request, body)
        return await anyio.to_thread.run_sync(self._answer, request, body)

    def _answer(self, request: httpx.Request, body: bytes) -> httpx.Response:
        path, _, query = request.url.raw_path.partition(b"?")
        asked = Request(request.method, path, query, request.headers.raw, body, request.url.scheme)
        if self._mock.interrupt(asked, "refused"):
            raise httpx.ConnectError("[Errno 111] Connection refused", request=request)
        if self._mock.interrupt(asked, "reset_before_request"):
            raise httpx.ReadError("[Errno 104] Connection reset by peer", request=request)
        reply = self._mock.handle(asked)
        # A stream, as from a network transport: with content=, `response.elapsed` would raise.
        stream = httpx.ByteStream(reply.body) if reply.fault is None else self._harmed(request, reply.body, reply.fault)
        return httpx.Response(reply.status, headers=list(reply.headers), stream=stream)

    def _harmed(
        self, request: httpx.Request, body: bytes, fault: Fault
    ) -> httpx.SyncByteStream | httpx.AsyncByteStream:
        if fault.kind == "reset_after_request":
            raise httpx.ReadError("[Errno 104] Connection reset by peer", request=request)
        if fault.kind == "truncated_body":
            count = f"(received {len(body)} bytes, expected {len(body) + 1})"
            sentence = f"peer closed connection without sending complete message body {count}"
            return _Broken(body, httpx.RemoteProtocolError(sentence, request=request))
        allowed = request.extensions.get("timeout", {}).get("read")
        if allowed is None or fault.seconds <= allowed:
            self._mock.clock.elapse(fault.seconds * (1 if fault.kind == "delay" else len(body)))
            return httpx.ByteStream(body)
        self._mock.clock.elapse(allowed)
        timeout = httpx.ReadTimeout("The read operation timed out", request=request)
        if fault.kind == "delay":
            raise timeout
        return _Broken(body[:1], timeout)


class _Broken(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that ends in an error."""

    def __init__(self, body: bytes, error: httpx.TransportError) -> None:
        self._body = body
        self._error = error

    def __iter__(self) -> Iterator[bytes]:
        yield self._body
        raise self._error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._body
        raise self._error
