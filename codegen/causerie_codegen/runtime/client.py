"""A client for the requests that generated functions make: an address, a credential, connections, and nothing else.

A documented error is returned like any other answer. For errors that are raised, use the SDK.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, Self, TypeVar

import attrs

from .request import Request, Response, UnexpectedStatus
from .stream import AsyncStream, Stream, StreamRefused

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
E = TypeVar("E")


@attrs.define(eq=False)
class Client:
    """Sends requests, blocking or not: ``client.send(operation.request(…)).parsed``.

    ``headers`` carry the credential, or ``query`` does; neither is shown. ``timeout`` is in seconds, for each of
    connecting, sending, reading and waiting for a connection. ``httpx_args`` go to ``httpx.Client`` and
    ``httpx.AsyncClient`` as they are. Redirects are not followed: a credential goes to no other host.
    """

    base_url: str
    headers: dict[str, str] = attrs.field(factory=dict, repr=False)
    timeout: float = 30.0
    httpx_args: dict[str, Any] = attrs.field(factory=dict, repr=False)
    query: list[tuple[str, str]] = attrs.field(factory=list, repr=False)
    _client: httpx.Client | None = attrs.field(default=None, init=False, repr=False)
    _async_client: httpx.AsyncClient | None = attrs.field(default=None, init=False, repr=False)

    def send(self, request: Request[T, E]) -> Response[T | E]:
        """Send a request and read the answer. Raises ``httpx.HTTPError``, ``UnexpectedStatus`` and ``DecodeError``."""
        return _parse(request, self._sync().request(**self._arguments(request)))

    async def send_async(self, request: Request[T, E]) -> Response[T | E]:
        """Send a request as ``send`` does, without blocking."""
        return _parse(request, await self._async().request(**self._arguments(request)))

    @contextmanager
    def stream(self, request: Request[Any, Any]) -> Iterator[Stream]:
        """Send a request and read the answer while it comes: ``with client.stream(request) as answer``.

        Raises ``httpx.HTTPError``, and ``StreamRefused`` for an answer that is no success.
        """
        with self._sync().stream(**self._arguments(request)) as response:
            if not response.is_success:
                raise StreamRefused(request.operation, response.status_code, response.read())
            yield Stream(response.status_code, response)

    @asynccontextmanager
    async def stream_async(self, request: Request[Any, Any]) -> AsyncIterator[AsyncStream]:
        """Send a request and read the answer while it comes, as ``stream`` does, without blocking."""
        async with self._async().stream(**self._arguments(request)) as response:
            if not response.is_success:
                raise StreamRefused(request.operation, response.status_code, await response.aread())
            yield AsyncStream(response.status_code, response)

    def close(self) -> None:
        """Close the connections of ``send``."""
        if self._client is not None:
            self._client.close()

    async def aclose(self) -> None:
        """Close the connections of ``send_async``."""
        if self._async_client is not None:
            await self._async_client.aclose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.aclose()

    def _sync(self) -> httpx.Client:
        import httpx  # noqa: PLC0415 - models are usable without it

        if self._client is None:
            self._client = httpx.Client(timeout=self.timeout, **self.httpx_args)
        return self._client

    def _async(self) -> httpx.AsyncClient:
        import httpx  # noqa: PLC0415

        if self._async_client is None:
            self._async_client = httpx.AsyncClient(timeout=self.timeout, **self.httpx_args)
        return self._async_client

    def _arguments(self, request: Request[Any, Any]) -> dict[str, Any]:
        headers = {**self.headers, **dict(request.headers)}
        if "Cookie" in self.headers and self.headers["Cookie"] != headers["Cookie"]:
            headers["Cookie"] = f"{self.headers['Cookie']}; {headers['Cookie']}"
        if request.content is not None:
            headers.setdefault("Content-Type", "application/json")
        return {
            "method": request.method,
            "url": request.server(self.base_url.rstrip("/")) + request.path,
            "params": [*request.query, *self.query] or None,
            "content": request.content,
            "headers": headers,
        }


def _parse(request: Request[T, E], response: httpx.Response) -> Response[T | E]:
    decoder = request.decoders.get(response.status_code)
    if decoder is None:
        raise UnexpectedStatus(request.operation, response.status_code, response.content)
    return Response(response.status_code, response.content, response.headers, decoder(response.content))
