"""A transport for httpx over aiohttp, which takes less CPU. Its errors show whether a request may have been sent."""

from __future__ import annotations

import os
import selectors
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import aiohttp
import httpx
from aiohttp.client_proto import ResponseHandler
from aiohttp.http_exceptions import HttpProcessingError
from httpx_aiohttp import AiohttpTransport


class Transport(AiohttpTransport):
    """A transport that distinguishes lost connections from failures to connect.

    httpx-aiohttp reports both as a failure to connect, after which a POST would be sent again.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        if self.proxy is not None and self.proxy.url.scheme not in {"http", "https"}:
            raise ValueError(f"aiohttp knows no proxies of the kind {self.proxy.url.scheme}")
        if self.proxy is not None and self.proxy.auth is not None:
            # aiohttp turns it into Proxy-Authorization. httpx-aiohttp would use BasicAuth, which is deprecated.
            password = "Basic " + b64encode(":".join(self.proxy.auth).encode()).decode()
            self.proxy = httpx.Proxy(self.proxy.url, headers={**self.proxy.headers, "authorization": password})

    def get_client(self) -> aiohttp.ClientSession:
        """Return a session that keeps no cookies and repeats no request, as httpx does."""
        session = aiohttp.ClientSession(
            connector=_Connector(limit=self.limits.max_connections or 0, ssl=self.ssl_context),
            cookie_jar=aiohttp.DummyCookieJar(),
            response_class=_Answer,
        )
        session._retry_connection = False  # there is no public name; aiohttp's own test client sets it, too
        session._trace_configs = []  # tracing libraries would get whole URLs
        return session

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer, with a body that raises the right error if reading it fails."""
        if self._has_more():
            await self.aclose()
        with _distinguished_errors():
            response = await super().handle_async_request(request)
        body = _Body(response.stream)  # type: ignore[arg-type]  # every async transport has such a stream
        return httpx.Response(response.status_code, headers=response.headers, stream=body)

    def _has_more(self) -> bool:
        """Return whether there are bytes after the last answer, which would be taken for the next answer."""
        session: Any = self.client
        idle = {} if session is None else session.connector._conns  # there is no public name
        return any(_is_spoiled(protocol) for connections in idle.values() for protocol, _ in connections)

    async def aclose(self) -> None:
        """Close the connection. The next request opens a new one."""
        session: Any = self.client
        self.client = None
        if session is not None:
            await session.close()


class _Protocol(ResponseHandler):
    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        # After an invalid chunk, aiohttp's parser drops the body, and its reader would wait for ever.
        body = self._payload
        if isinstance(self.exception(), HttpProcessingError) and body is not None and not body.is_eof():
            body.set_exception(aiohttp.ClientPayloadError())


class _Answer(aiohttp.ClientResponse):
    async def start(self, connection: Any) -> _Answer:
        await super().start(connection)
        self.reason = None  # httpx-aiohttp would encode it, which fails for some bytes
        return self


class _Connector(aiohttp.TCPConnector):
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._factory: Any = partial(_Protocol, loop=self._loop)  # there is no public name

    def _release(self, key: Any, protocol: Any, *, should_close: bool = False) -> None:
        # A regular end of TLS waits for the server, and the event loop may be closed before that.
        if should_close or protocol.should_close:
            protocol.abort()
        super()._release(key, protocol, should_close=should_close)


class _Body(httpx.AsyncByteStream):
    def __init__(self, body: httpx.AsyncByteStream) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _distinguished_errors():
            async for piece in self._body:
                yield piece

    async def aclose(self) -> None:
        with _distinguished_errors():
            await self._body.aclose()


def _is_spoiled(protocol: Any) -> bool:
    if protocol.should_close or not protocol.is_connected():
        return True
    with selectors.DefaultSelector() as selector:  # the event loop may not have read it yet
        selector.register(protocol.transport.get_extra_info("socket"), selectors.EVENT_READ)
        return bool(selector.select(0))


@contextmanager
def _distinguished_errors() -> Iterator[None]:
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        failure = _failure(error)
    except aiohttp.ClientError as error:
        # Its repr would show the request's headers.
        failure = httpx.RemoteProtocolError(type(error).__name__)
    else:
        return
    raise failure


def _failure(error: httpx.TransportError) -> httpx.TransportError:
    cause = error.__cause__
    if isinstance(cause, aiohttp.ClientConnectorError):
        return httpx.ConnectError(str(cause))  # it only has the host of the URL
    # Other texts of aiohttp's can have the URL, and a signed one is a credential.
    if isinstance(cause, aiohttp.ConnectionTimeoutError):
        return httpx.ConnectTimeout("no connection in time")
    number = cause.errno if isinstance(cause, OSError) else None
    return httpx.ReadError(os.strerror(number) if number else "the connection was lost")
