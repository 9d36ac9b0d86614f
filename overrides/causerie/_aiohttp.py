"""A transport over aiohttp, which takes less CPU, with its own classes of requests and answers.

httpx's classes would take as much CPU as aiohttp itself, for features that only httpx's client uses.
"""

from __future__ import annotations

import select
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from functools import lru_cache, partial
from os import strerror
from ssl import SSLContext
from typing import Any, Final

import aiohttp
import httpx
from aiohttp.client_proto import ResponseHandler
from aiohttp.http_exceptions import HttpProcessingError
from yarl import URL


class Request:
    """A request, with the attributes of httpx's that wires and transports use."""

    def __init__(
        self,
        *,
        method: str,
        url: httpx.URL,
        params: Any,
        headers: Mapping[str, str],
        content: bytes | None,
        extensions: dict[str, Any],
    ) -> None:
        self.method = method
        self.url = url if params is None else url.copy_merge_params(params)
        self.headers = headers
        self.content = content
        self.extensions = extensions
        self.stream = httpx.AsyncByteStream()
        """An empty stand-in for httpx's attribute. The content is sent."""


class Response:
    """An answer, with the attributes of httpx's that wires use."""

    is_stream_consumed = False

    def __init__(self, status_code: int, headers: dict[str, str], stream: httpx.AsyncByteStream) -> None:
        self.status_code = status_code
        self.headers = headers
        self.stream = stream
        self.extensions: dict[str, Any] = {}

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status_code < 300

    def aiter_raw(self, size: int | None = None) -> AsyncIterator[bytes]:
        """Yield the body as it arrives, or in pieces of at least ``size`` bytes, except for the last."""
        return aiter(self.stream) if size is None else self._in_pieces(size)

    async def _in_pieces(self, size: int) -> AsyncIterator[bytes]:
        kept = bytearray()
        async for piece in self.stream:
            kept += piece
            if len(kept) >= size:
                yield bytes(kept)
                kept.clear()
        if kept:
            yield bytes(kept)

    async def aclose(self) -> None:
        """Release the connection."""
        await self.stream.aclose()


class Transport:
    """A transport that distinguishes lost connections from failures to connect."""

    def __init__(
        self, verify: SSLContext | None = None, limits: httpx.Limits | None = None, proxy: httpx.Proxy | None = None
    ) -> None:
        if proxy is not None and proxy.url.scheme not in {"http", "https"}:
            raise ValueError(f"aiohttp knows no proxies of the kind {proxy.url.scheme}")
        self._tls = verify
        self._most = limits.max_connections if limits is not None else None
        self._proxy = {} if proxy is None else _proxied(proxy)
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: Request | httpx.Request) -> Response:
        """Send the request. Raises the same exceptions as httpx's transports."""
        if self._has_more():
            await self.aclose()
        if self._session is None:
            self._session = self._opened()
        with _Failures():
            answer = await self._session._request(
                request.method,
                URL(str(request.url), encoded=True),
                headers=request.headers,
                data=_data(request),
                allow_redirects=False,
                timeout=_timeout(**request.extensions["timeout"]),
                **self._proxy,
            )
        return Response(answer.status, _headers(answer.raw_headers), _Body(answer))

    def _opened(self) -> aiohttp.ClientSession:
        """Return a session that keeps no cookies and repeats no request, like httpx."""
        session = aiohttp.ClientSession(
            connector=_Connector(limit=self._most or 0, ssl=True if self._tls is None else self._tls),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        )
        session._retry_connection = False  # there is no public name; aiohttp's own test client sets it, too
        session._trace_configs = []  # tracing libraries would get whole URLs
        return session

    def _has_more(self) -> bool:
        """Return whether there are bytes after the last answer, which would be taken for the next answer."""
        session: Any = self._session
        idle = {} if session is None else session.connector._conns  # there is no public name
        return any(_is_spoiled(protocol) for connections in idle.values() for protocol, _ in connections)

    async def aclose(self) -> None:
        """Close the connection. The next request opens a new one."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()


class _Protocol(ResponseHandler):
    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        # After an invalid chunk, aiohttp's parser drops the body, and its reader would wait for ever.
        body = self._payload
        if isinstance(self.exception(), HttpProcessingError) and body is not None and not body.is_eof():
            body.set_exception(aiohttp.ClientPayloadError())


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
    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _Failures():
            async for piece in self._answer.content.iter_any():
                yield piece

    async def aclose(self) -> None:
        with _Failures():
            await self._answer.__aexit__(None, None, None)


@lru_cache(maxsize=16)
def _timeout(*, connect: float, read: float, pool: float, **_: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(sock_connect=connect, sock_read=read, connect=pool)


def _data(request: Request | httpx.Request) -> Any:
    try:
        return request.content or None
    except httpx.RequestNotRead:
        return request.stream


def _headers(raw: tuple[tuple[bytes, bytes], ...]) -> dict[str, str]:
    """Return headers by lower-case name; repeated ones are joined by commas."""
    try:
        pairs = [(name.decode().lower(), value.decode()) for name, value in raw]
    except UnicodeDecodeError:
        pairs = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in raw]
    found: dict[str, str] = {}
    for name, value in pairs:
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _proxied(proxy: httpx.Proxy) -> dict[str, Any]:
    headers = dict(proxy.headers)
    if proxy.auth is not None:
        # aiohttp makes Proxy-Authorization of it. Its BasicAuth warns.
        headers["authorization"] = "Basic " + b64encode(":".join(proxy.auth).encode()).decode()
    return {"proxy": str(proxy.url), "proxy_headers": headers}


def _is_spoiled(protocol: Any) -> bool:
    if protocol.should_close or not protocol.is_connected():
        return True
    # The event loop may not have come to read it.
    return _has_bytes(protocol.transport.get_extra_info("socket"))


def _polls(socket: Any) -> bool:
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))


def _selects(socket: Any) -> bool:
    return bool(select.select([socket], [], [], 0)[0])


# Windows has no poll(2), and elsewhere select(2) takes no socket behind the 1024th. Selectors take five times as long.
_has_bytes: Final = _polls if hasattr(select, "poll") else _selects


class _Failures:
    """Makes httpx's errors of aiohttp's."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, aiohttp.ClientError):
            raise _failure(error) from None


def _failure(error: aiohttp.ClientError) -> httpx.TransportError:
    """Return httpx's error. Most texts of aiohttp's can have the URL, and a signed one is a credential."""
    for kind, make, text in _ERRORS:
        if isinstance(error, kind):
            return make(text(error))
    return httpx.RemoteProtocolError(type(error).__name__)  # its repr shows the request's headers


def _reason(error: aiohttp.ClientError) -> str:
    number = error.errno if isinstance(error, OSError) else None
    return strerror(number) if number else "the connection was lost"


_ERRORS: Final[Sequence[tuple[type[aiohttp.ClientError], type[httpx.TransportError], Callable[[Any], str]]]] = (
    (aiohttp.ClientConnectorError, httpx.ConnectError, str),  # of the URL, it has the host
    (aiohttp.ConnectionTimeoutError, httpx.ConnectTimeout, lambda _: "no connection in time"),
    (aiohttp.SocketTimeoutError, httpx.ReadTimeout, str),
    (aiohttp.ClientConnectionError, httpx.ReadError, _reason),
    (aiohttp.ClientPayloadError, httpx.ReadError, str),
    (aiohttp.ClientHttpProxyError, httpx.ProxyError, lambda error: f"the proxy answered {error.status}"),
)
"""What each error of aiohttp's is to httpx, and its text. The first that fits counts."""
