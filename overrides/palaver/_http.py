"""The one place that knows httpx: a request goes in, a response or an ``APIConnectionError`` comes out.

Another HTTP library, or httpx's successor, is a change to this module.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

import httpx

from ._errors import APIConnectionError, APITimeoutError, ArgumentError
from ._plan import Send
from ._response import Response

_FAILED = (httpx.HTTPError, httpx.InvalidURL)
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL)
_HEADERS = {"Accept": "application/json", "User-Agent": "palaver"}


class SyncWire:
    """A pool of connections for blocking calls. Safe to share between threads."""

    def __init__(self, transport: httpx.BaseTransport | None, http_client: httpx.Client | None) -> None:
        _check_one(transport, http_client, httpx.Client)
        self._client = http_client or httpx.Client(transport=transport)
        self._is_ours = http_client is None
        # The caller's own client adds what it was made with: headers, cookies, parameters.
        self._build: Any = httpx.Request if http_client is None else http_client.build_request

    def send(self, step: Send) -> Response:
        try:
            request = self._build(**_arguments(step))
            return _response(step, self._client.send(request, follow_redirects=False))
        except _FAILED as error:
            failure = _connection_error(step, error)
        # Raised here and not above, where httpx's error would come along with it: its frames hold the credential.
        raise failure

    def close(self) -> None:
        if self._is_ours:
            self._client.close()


class AsyncWire:
    """A pool of connections for one event loop."""

    def __init__(
        self, transport: httpx.AsyncBaseTransport | Literal["aiohttp"] | None, http_client: httpx.AsyncClient | None
    ) -> None:
        _check_one(transport, http_client, httpx.AsyncClient)
        if transport == "aiohttp":
            transport = _aiohttp()
        self._client = http_client or httpx.AsyncClient(transport=transport)
        self._is_ours = http_client is None
        self._build: Any = httpx.Request if http_client is None else http_client.build_request

    async def send(self, step: Send) -> Response:
        try:
            request = self._build(**_arguments(step))
            return _response(step, await self._client.send(request, follow_redirects=False))
        except _FAILED as error:
            failure = _connection_error(step, error)
        # Raised here and not above, where httpx's error would come along with it: its frames hold the credential.
        raise failure

    async def close(self) -> None:
        if self._is_ours:
            await self._client.aclose()


def _check_one(transport: object, http_client: object, kind: type) -> None:
    if http_client is not None and not isinstance(http_client, kind):
        raise ArgumentError("http_client", f"an httpx.{kind.__name__} is expected, not {type(http_client).__name__}")
    if transport is not None and http_client is not None:
        raise ArgumentError(
            "transport", "give a transport or an http_client, not both: the client has its own transport"
        )


def _aiohttp() -> httpx.AsyncBaseTransport:
    try:
        from httpx_aiohttp import AiohttpTransport  # noqa: PLC0415 - an extra
    except ImportError:
        raise ArgumentError("transport", 'aiohttp is not installed: pip install "palaver[aiohttp]"') from None
    return AiohttpTransport()


@lru_cache(maxsize=256)
def _url(url: str) -> httpx.URL:
    return httpx.URL(url)


def _arguments(step: Send) -> dict[str, Any]:
    request, timeout = step.request, step.timeout
    headers = {**_HEADERS, **step.options.headers, **step.options.credential}
    if request.content is not None:
        headers["Content-Type"] = "application/json"
    return {
        "method": request.method,
        "url": _url(step.options.base_url + request.path),
        "params": request.query or None,
        "headers": headers,
        "content": request.content,
        "extensions": {"timeout": {"connect": timeout, "read": timeout, "write": timeout, "pool": timeout}},
    }


def _response(step: Send, response: httpx.Response) -> Response:
    return Response(_name(step), response.status_code, dict(response.headers), response.content)


def _name(step: Send) -> str:
    return f"{step.request.method} {step.request.template}"


def _connection_error(step: Send, error: Exception) -> APIConnectionError:
    kind = APITimeoutError if isinstance(error, httpx.TimeoutException) else APIConnectionError
    cause = ": ".join(filter(None, [type(error).__name__, str(error)]))
    return kind(
        _name(step), f"no answer from {step.options.base_url} ({cause})", was_sent=not isinstance(error, _NEVER_SENT)
    )
