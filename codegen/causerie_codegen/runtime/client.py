"""A client for the requests that generated functions make: an address, a credential, connections, and nothing else.

A documented error is returned like any other answer. For errors that are raised, use the SDK.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Self, TypeVar

import attrs

from .request import Pieces, Request, Response, UnexpectedStatus

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
        sender = self._sync()
        return _parse(request, sender.send(self._built(sender, request)))

    async def send_async(self, request: Request[T, E]) -> Response[T | E]:
        """Send a request as ``send`` does, without blocking."""
        sender = self._async()
        return _parse(request, await sender.send(self._built(sender, request)))

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

    def _built(self, sender: httpx.Client | httpx.AsyncClient, request: Request[Any, Any]) -> httpx.Request:
        headers = {**self.headers, **dict(request.headers)}
        if "Cookie" in self.headers and self.headers["Cookie"] != headers["Cookie"]:
            headers["Cookie"] = f"{self.headers['Cookie']}; {headers['Cookie']}"
        content: Any = request.content
        if content is not None:
            headers.setdefault("Content-Type", "application/json")
        if not isinstance(content, bytes | None):
            headers |= {} if content.size is None else {"Content-Length": str(content.size)}
            content = content if sender is self._client else _Awaited(content)
        built = sender.build_request(
            request.method,
            request.server(self.base_url.rstrip("/")) + request.path,
            params=[*request.query, *self.query] or None,
            content=content,
            headers=headers,
        )
        if request.raw_query:
            query = b"&".join(each for each in (built.url.query, request.raw_query.encode()) if each)
            built.url = built.url.copy_with(query=query)
        return built


@attrs.frozen
class _Awaited:
    """A body whose pieces are read without blocking."""

    _content: Pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        from anyio import to_thread  # noqa: PLC0415 - comes with httpx

        pieces = iter(self._content)
        while (piece := await to_thread.run_sync(next, pieces, None)) is not None:
            yield piece


def _parse(request: Request[T, E], response: httpx.Response) -> Response[T | E]:
    if response.status_code not in request.decoders:
        raise UnexpectedStatus(request.operation, response.status_code, response.content)
    decoder = request.decoder(response.status_code, response.headers.get("Content-Type"))
    return Response(response.status_code, response.content, response.headers, decoder(response.content))
