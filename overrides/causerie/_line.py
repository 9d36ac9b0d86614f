"""Single connections of httpx or httpx2, which are closed if there are bytes after their last answer.

Instrumentation that patches their transports, such as OpenTelemetry, sees a URL without ids, query or signature.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ._library import mixed

if TYPE_CHECKING:
    import httpx

SHOWN = "causerie.shown"
"""The request extension with the URL that may be shown."""


class Line:
    """A connection for blocking calls."""

    def __init__(self, transport: httpx.HTTPTransport) -> None:
        self._transport = transport

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request. Raises what httpx's transports raise."""
        if _has_bytes(self._transport._pool.connections):
            self.close()
        _veil(request)
        return self._transport.handle_request(request)

    def close(self) -> None:
        """Close the connection. The next request opens a new one."""
        self._transport.close()


class AsyncLine:
    """A connection for one event loop."""

    def __init__(self, transport: httpx.AsyncHTTPTransport) -> None:
        self._transport = transport
        self._opened: Any = None
        self._tls: Any = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request. Raises what httpx's transports raise."""
        if _has_bytes(self._transport._pool.connections) or _has_records(self._tls):
            await self.aclose()
        _veil(request)
        request.extensions["trace"] = self._note
        try:
            response = await self._transport.handle_async_request(request)
        except BaseException:
            if self._opened is not None:  # httpcore forgets it where a cancel ends the handshake of TLS
                await self._opened.aclose()
            raise
        self._tls = response.extensions["network_stream"].get_extra_info("ssl_object")
        return response

    async def _note(self, event: str, info: Mapping[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            self._opened = info["return_value"]

    async def aclose(self) -> None:
        """Close the connection. The next request opens a new one."""
        await self._transport.aclose()


class _Veiled:
    """A URL that is shown as another text. Transports read its parts; code that prints it gets the text."""

    text: str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"URL({self.text!r})"


def veiled(url: httpx.URL, text: str) -> Any:
    """Return a copy of the URL that is shown as this text."""
    kind: Any = type(url)
    shown = mixed(_Veiled, kind)(url)
    shown.text = text
    return shown


def _veil(request: httpx.Request) -> None:
    request.url = veiled(request.url, request.extensions[SHOWN])


def _has_bytes(connections: Iterable[Any]) -> bool:
    """Return whether bytes after an answer were read. httpcore itself notices bytes that are not read yet."""
    for connection in connections:
        while not hasattr(connection, "_h11_state"):  # there is no public name; a proxy's are nested deeper
            connection = connection._connection  # noqa: PLW2901
        if connection._h11_state.trailing_data[0]:
            return True
    return False


def _has_records(tls: ssl.SSLObject | None) -> bool:
    """Return whether TLS has read more: anyio decrypts only one of several records at a time."""
    if tls is None:
        return False
    try:
        tls.read(1)
    except ssl.SSLError as error:
        return not isinstance(error, ssl.SSLWantReadError)
    return True
