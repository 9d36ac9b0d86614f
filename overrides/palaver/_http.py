"""The one place that knows httpx: a request goes in, a response or an ``APIConnectionError`` comes out.

Another HTTP library, or httpx's successor, is a change to this module.
"""

from __future__ import annotations

from typing import Any

import httpx

from palaver_api.request import Request

from ._errors import APIConnectionError, APITimeoutError
from ._options import Options
from ._response import Response


class SyncWire:
    """A pool of connections for blocking calls. Safe to share between threads."""

    def __init__(self, options: Options, transport: httpx.BaseTransport | None) -> None:
        self._client = httpx.Client(transport=transport, **_settings(options))
        self._base_url = options.base_url

    def send(self, request: Request[Any, Any]) -> Response:
        try:
            return _response(request, self._client.request(**_arguments(self._base_url, request)))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _connection_error(self._base_url, request, error) from None

    def close(self) -> None:
        self._client.close()


class AsyncWire:
    """A pool of connections for one event loop."""

    def __init__(self, options: Options, transport: httpx.AsyncBaseTransport | None) -> None:
        self._client = httpx.AsyncClient(transport=transport, **_settings(options))
        self._base_url = options.base_url

    async def send(self, request: Request[Any, Any]) -> Response:
        try:
            return _response(request, await self._client.request(**_arguments(self._base_url, request)))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _connection_error(self._base_url, request, error) from None

    async def close(self) -> None:
        await self._client.aclose()


def _settings(options: Options) -> dict[str, Any]:
    return {"headers": options.headers(), "timeout": options.timeout, "follow_redirects": False}


def _arguments(base_url: str, request: Request[Any, Any]) -> dict[str, Any]:
    return {
        "method": request.method,
        "url": base_url + request.path,
        "params": request.query or None,
        "content": request.content,
        "headers": None if request.content is None else {"Content-Type": "application/json"},
    }


def _response(request: Request[Any, Any], response: httpx.Response) -> Response:
    return Response(_name(request), response.status_code, dict(response.headers), response.content)


def _name(request: Request[Any, Any]) -> str:
    return f"{request.method} {request.template}"


def _connection_error(base_url: str, request: Request[Any, Any], error: Exception) -> APIConnectionError:
    # The cause is told, not chained: its frames hold the request with its credential.
    kind = APITimeoutError if isinstance(error, httpx.TimeoutException) else APIConnectionError
    return kind(
        _name(request), f"no answer from {base_url} ({': '.join(filter(None, [type(error).__name__, str(error)]))})"
    )
