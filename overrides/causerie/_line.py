"""Transports of httpx for a single connection, which is closed if anything stands behind its last answer.

What is patched into them, such as OpenTelemetry, sees of a URL what may be seen: no id, no query, no signature.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Mapping
from typing import Any

import httpx

SHOWN = "causerie.shown"
"""The extension of a request that has the URL that may be seen."""
ONE = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=5.0)


class Line(httpx.HTTPTransport):
    """A connection for blocking calls."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request. Raises what httpx's transports raise."""
        if _has_bytes(self._pool.connections):
            self.close()
        _veil(request)
        return super().handle_request(request)


class AsyncLine(httpx.AsyncHTTPTransport):
    """A connection for one event loop."""

    _opened: Any = None
    _tls: Any = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request. Raises what httpx's transports raise."""
        if _has_bytes(self._pool.connections) or _has_records(self._tls):
            await self.aclose()
        _veil(request)
        request.extensions["trace"] = self._note
        try:
            response = await super().handle_async_request(request)
        except BaseException:
            if self._opened is not None:  # httpcore forgets it where a cancel ends the handshake of TLS
                await self._opened.aclose()
            raise
        self._tls = response.extensions["network_stream"].get_extra_info("ssl_object")
        return response

    async def _note(self, event: str, info: Mapping[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            self._opened = info["return_value"]


class _Veiled(httpx.URL):
    """A URL whose text is another. httpx's transports take it apart, and whatever shows it takes the text."""

    def __init__(self, url: httpx.URL, text: str) -> None:
        super().__init__(url)
        self._text = text

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"URL({self._text!r})"


def _veil(request: httpx.Request) -> None:
    request.url = _Veiled(request.url, request.extensions[SHOWN])


def _has_bytes(connections: Iterable[Any]) -> bool:
    """Return whether more than an answer was read. What is not yet read, httpcore sees itself."""
    for connection in connections:
        while not hasattr(connection, "_h11_state"):  # there is no public name; a proxy's are nested deeper
            connection = connection._connection  # noqa: PLW2901
        if connection._h11_state.trailing_data[0]:
            return True
    return False


def _has_records(tls: ssl.SSLObject | None) -> bool:
    """Return whether TLS holds more that was read: of several records, anyio decrypts one at a time."""
    if tls is None:
        return False
    try:
        tls.read(1)
    except ssl.SSLError as error:
        return not isinstance(error, ssl.SSLWantReadError)
    return True
