"""The wire: it sends a request and returns a response or an error.

``_library`` decides which library sends it; here, that is a module with the API of httpx.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import aclosing, closing, contextmanager
from functools import lru_cache, partial
from math import inf
from os import fstat
from typing import TYPE_CHECKING, Any

from . import __version__
from ._body import ENCODINGS, TooLongError, pieces, pieces_async, read, read_async
from ._disk import PIECE, Disk
from ._errors import APIConnectionError, APIResponseTooLargeError, APITimeoutError, ArgumentError
from ._failure import UnsentError, answer_despite, note, note_async, watch, watch_client
from ._library import ASYNC, SYNC, Kind, client, library, request_class
from ._line import SHOWN, AsyncLine, Line
from ._loan import Loan
from ._plan import Send, Transfer
from ._pool import AsyncPool, Pool
from ._response import Response

if TYPE_CHECKING:
    import httpx

_USER_AGENT = f"causerie/{__version__}"
_HEADERS = {"accept": "application/json", "accept-encoding": ENCODINGS, "user-agent": _USER_AGENT}


class _Wire:
    """The common part of blocking and awaited wires: a client, its library, and the owner of its connections."""

    def __init__(
        self,
        kind: Kind,
        pool: Callable[..., object],
        line: Callable[[Any], object],
        transport: object,
        http_client: Any,
    ) -> None:
        self._httpx = library(kind, transport, http_client)
        self._client = http_client or client(kind, self._httpx, transport, pool, line)
        self._loan = Loan(transport=None if isinstance(transport, str) else transport, http_client=http_client)
        self._is_ours = http_client is None
        self._build = _builder(request_class(self._httpx, transport), http_client)

    def check_url(self, url: str) -> None:
        """Raise ``ArgumentError`` for a URL to which no request can be sent."""
        try:
            self._httpx.URL(url).host.encode("idna")
        except (self._httpx.InvalidURL, ValueError):
            raise ArgumentError("base_url", f"{url!r} has an invalid host: check its labels") from None

    def _check(self, loop: object = None) -> None:
        if self._client.is_closed:
            raise RuntimeError("Cannot send a request, as the client has been closed.")
        self._loan.check(loop)


class SyncWire(_Wire):
    """A pool of connections for blocking calls, for each process. Threads may share it."""

    def __init__(self, transport: object, http_client: object) -> None:
        super().__init__(SYNC, Pool, Line, transport, http_client)

    def send(self, step: Send) -> Response:
        self._check()
        try:
            return self._exchange(step, watch(self._build(**_arguments(step, self._httpx))))
        except Exception as error:  # noqa: BLE001 - transports, hooks and decoders may raise anything
            failure = _connection_error(step, error, self._httpx)
        # Raised here and not above, where httpx's error would come along with it: its frames hold the credential.
        raise failure

    def transfer(self, step: Transfer) -> Response:
        self._check()
        disk = Disk()
        try:
            return self._upload(step, disk) if step.request.method == "PUT" else self._download(step, disk)
        except Exception as error:  # noqa: BLE001
            failure = disk.failure or _connection_error(step, error, self._httpx)
        raise failure

    def _upload(self, step: Transfer, disk: Disk) -> Response:
        with disk.open(step.file, "rb") as file:
            size = fstat(file.fileno()).st_size
            request = _bare_request(step, self._httpx, content=disk.pieces(file, size), size=size)
            return self._exchange(step, request)

    def _download(self, step: Transfer, disk: Disk) -> Response:
        with closing(self._answer(_bare_request(step, self._httpx))) as response:
            if not response.is_success:
                return _response(step, response, read(response, step.options.max_response_bytes))
            if response.status_code == 200:  # no other success is the whole file
                with disk.open(step.file, "wb") as file:
                    for piece in pieces(response, inf, PIECE):
                        disk.write(file, piece)
        return _response(step, response, b"")

    def _exchange(self, step: Send | Transfer, request: httpx.Request) -> Response:
        with closing(self._answer(request)) as response:
            return _response(step, response, read(response, step.options.max_response_bytes))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        response: httpx.Response
        try:
            if self._is_ours:
                with _direct(self._client, request, self._httpx) as transport:
                    response = transport.handle_request(request)
            else:
                watch_client(request, self._client, note)
                response = self._client.send(request, auth=None, follow_redirects=False, stream=True)
        except Exception as error:  # noqa: BLE001
            response = answer_despite(error, request, self._httpx)
        self._loan.use(response)
        return response

    def close(self) -> None:
        if self._is_ours:
            self._client.close()


class AsyncWire(_Wire):
    """A pool of connections for each event loop."""

    def __init__(self, transport: object, http_client: object) -> None:
        super().__init__(ASYNC, AsyncPool, AsyncLine, transport, http_client)

    async def send(self, step: Send) -> Response:
        self._check(asyncio.get_running_loop())
        try:
            return await self._exchange(step, watch(self._build(**_arguments(step, self._httpx))))
        except Exception as error:  # noqa: BLE001
            failure = _connection_error(step, error, self._httpx)
        # Raised here and not above, where httpx's error would come along with it: its frames hold the credential.
        raise failure

    async def transfer(self, step: Transfer) -> Response:
        self._check(asyncio.get_running_loop())
        disk = Disk()
        try:
            return await (self._upload(step, disk) if step.request.method == "PUT" else self._download(step, disk))
        except Exception as error:  # noqa: BLE001
            failure = disk.failure or _connection_error(step, error, self._httpx)
        raise failure

    async def _upload(self, step: Transfer, disk: Disk) -> Response:
        with disk.open(step.file, "rb") as file:
            size = fstat(file.fileno()).st_size
            request = _bare_request(step, self._httpx, content=disk.pieces_async(file, size), size=size)
            return await self._exchange(step, request)

    async def _download(self, step: Transfer, disk: Disk) -> Response:
        async with aclosing(await self._answer(_bare_request(step, self._httpx))) as response:
            if not response.is_success:
                return _response(step, response, await read_async(response, step.options.max_response_bytes))
            if response.status_code == 200:
                with disk.open(step.file, "wb") as file:
                    async for piece in pieces_async(response, inf, PIECE):
                        await disk.write_async(file, piece)
        return _response(step, response, b"")

    async def _exchange(self, step: Send | Transfer, request: httpx.Request) -> Response:
        async with aclosing(await self._answer(request)) as response:
            return _response(step, response, await read_async(response, step.options.max_response_bytes))

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        response: httpx.Response
        try:
            if self._is_ours:
                with _direct(self._client, request, self._httpx) as transport:
                    response = await transport.handle_async_request(request)
            else:
                watch_client(request, self._client, note_async)
                response = await self._client.send(request, auth=None, follow_redirects=False, stream=True)
        except Exception as error:  # noqa: BLE001
            response = answer_despite(error, request, self._httpx)
        self._loan.use(response, asyncio.get_running_loop())
        return response

    async def close(self) -> None:
        if self._is_ours:
            await self._client.aclose()


@contextmanager
def _direct(client: Any, request: httpx.Request, httpx: Any) -> Iterator[Any]:
    """Yield a function that sends a request as the client's transport would.

    The client itself would log the whole URL, and would build a new request from a redirect's ``Location``, which may
    not be a URL.
    """
    try:
        yield client._transport_for_url(request.url)  # there is no public name
    except httpx.RequestError as error:
        error._request = error._request or request  # what has another's was raised for that one
        raise


def _builder(request: Callable[..., Any], http_client: Any) -> Callable[..., httpx.Request]:
    if http_client is None:
        return partial(_request, request)
    # The caller's own client adds what it was made with: headers, cookies, parameters. Its auth would replace ours.
    headers = {"accept": "application/json", "accept-encoding": ENCODINGS}
    return partial(_with_headers, http_client.build_request, headers)


def _request(build: Callable[..., httpx.Request], *, url: Any, headers: Mapping[str, str], **arguments: Any) -> Any:
    # httpx would build all headers once more to add the host.
    return build(url=url, headers={"host": url.netloc.decode(), **_HEADERS, **headers}, **arguments)


def _with_headers(
    build: Callable[..., httpx.Request], default: Mapping[str, str], *, headers: Mapping[str, str], **arguments: Any
) -> httpx.Request:
    return build(headers={**default, **headers}, **arguments)


@lru_cache(maxsize=256)
def _url(url: str, httpx: Any) -> Any:
    return httpx.URL(url)


def _arguments(step: Send, httpx: Any) -> dict[str, Any]:
    request, timeout = step.request, step.timeout
    server = request.server(step.options.base_url)
    own = {name.lower(): value for name, value in request.headers}
    kind = {"content-type": "application/json"} if request.content is not None else {}
    headers = {**step.options.headers, **kind, **own, **step.options.credential}
    return {
        "method": request.method,
        "url": _url(server + request.path, httpx),
        "params": request.query or None,
        "headers": headers,
        "content": request.content,
        "extensions": {**_timeouts(timeout), SHOWN: server + request.template},
    }


def _timeouts(timeout: float) -> dict[str, Any]:
    return {"timeout": {"connect": timeout, "read": timeout, "write": timeout, "pool": timeout}}


def _bare_request(step: Transfer, httpx: Any, content: Any = None, size: int | None = None) -> Any:
    """Return the request without anything that the caller's ``http_client`` adds: a signed URL is another server's."""
    length = {} if size is None else {"content-length": str(size)}
    headers = {"accept-encoding": "identity", "user-agent": _USER_AGENT, **step.options.headers, **length}
    extensions = {**_timeouts(step.timeout), SHOWN: step.options.base_url}
    return httpx.Request(step.request.method, str(step.url), headers=headers, content=content, extensions=extensions)


def _response(step: Send | Transfer, response: httpx.Response, content: bytes) -> Response:
    return Response(_name(step), response.status_code, dict(response.headers.items()), content)


def _name(step: Send | Transfer) -> str:
    return f"{step.request.method} {step.request.template}"


def _connection_error(step: Send | Transfer, error: Exception, httpx: Any) -> APIConnectionError:
    if isinstance(error, TooLongError):
        problem = "answered {}, with more than {} bytes: to read them, raise max_response_bytes".format(*error.args)
        return APIResponseTooLargeError(_name(step), problem)
    was_sent = not isinstance(error, UnsentError)
    (reason,) = (error,) if was_sent else error.args
    kind = APITimeoutError if isinstance(reason, httpx.TimeoutException | TimeoutError) else APIConnectionError
    cause = ": ".join(filter(None, [type(reason).__name__, str(reason)]))
    server = step.request.server(step.options.base_url)
    return kind(_name(step), f"no answer from {server} ({cause})", was_sent=was_sent)
