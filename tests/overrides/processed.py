"""What becomes of one POST when redirects, hooks, transports or decoders go wrong, over a real socket.

``python -m tests.overrides.faults`` prints the table; test_processed.py asserts it.
"""

from __future__ import annotations

import asyncio
import gzip
import os
import re
import sys
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import attrs
import httpx
import httpx2
from httpx_aiohttp import AiohttpTransport

import causerie
from causerie._errors import ErrorBody
from causerie._response import Response
from causerie.testing import no_waiting

from . import answering
from .kinds import BLOCKING, KINDS, chosen, library

LENT = tuple(f"lent {kind}" for kind in KINDS)
"""The same with an ``http_client`` of the caller's."""
SOUND = tuple(kind for kind in LENT if "aiohttp" not in kind)
"""Those whose transport is the library's own."""
CERTIFICATE = Path(__file__).with_name("vendor.pem")
"""One of its own takes less time to load than those of the world."""

Raise = Callable[[Any], Exception]
"""Returns an error of the library that the request is of."""


@attrs.frozen
class Outcome:
    """What one call came to: attempts made, POSTs that the server read, and what was raised."""

    attempts: int
    posts: int
    raised: str
    was_sent: bool | None = None
    """Of an error without an answer."""
    location: str | None = None
    """Where the error says that it was redirected to."""


@attrs.frozen
class Cell:
    """A fault and what has to come of it."""

    name: str
    expected: Outcome
    answer: list[bytes]
    kinds: tuple[str, ...] = (*KINDS, *LENT)
    hooks: dict[str, Raise | None] = attrs.field(factory=dict)
    """By ``request`` and ``response``, what a hook raises there; None is ``raise_for_status``."""
    transport: Callable[[Any, Any], Any] | None = None
    """What stands before the transport of the kind, of this library."""

    def expected_of(self, kind: str) -> Outcome:
        """Return the outcome expected with this kind: httpx-aiohttp takes a lost connection for a timeout."""
        if kind == "lent aiohttp" and self.name in LOST:
            return attrs.evolve(self.expected, raised="APITimeoutError")
        return self.expected


DONE = answering.answer(200, b'{"response":{"id":"m1"}}')

LOCATIONS: dict[str, tuple[bytes | None, str | None]] = {
    "the same host": (b"http://127.0.0.1/other?token=abc", "http://127.0.0.1/other"),
    "another host": (b"https://evil.test/login?sig=abc#access_token=abc", "https://evil.test/login"),
    "a user and a password": (b"https://ada:abc@evil.test/login", "https://evil.test/login"),
    "a path": (b"/login?token=abc", "/login"),
    "no URL": (b"localhost:3000/login", "localhost:3000/login"),
    "mail": (b"mailto:x@y", "mailto:x@y"),
    "a host that cannot be": (b"http://xn--/", "http://xn--/"),
    "no port": (b"http://h:port/", "http://h:port/"),
    "bytes": (b"http://[\xff\x80\xfe", "http://[\xff\x80\xfe"),
    "two strokes": (b"//", "//"),
    "nothing": (b"", ""),
    "no header": (None, None),
}
"""By name, a ``Location`` and what of it may be seen."""


def redirects() -> Iterator[Cell]:
    """Yield every redirect, which is itself the answer."""
    for status in (301, 302, 303, 307, 308):
        for name, (location, shown) in LOCATIONS.items():
            head = b"" if location is None else b"Location: " + location + b"\r\n"
            answer = b"HTTP/1.1 %d Moved\r\nContent-Length: 0\r\nConnection: close\r\n%s\r\n" % (status, head)
            expected = Outcome(1, 1, "APIStatusError", location=shown)
            yield Cell(f"{status} to {name}", expected, [answer])


def _chunked(*chunks: bytes) -> list[bytes]:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    return [head, *chunks]


def _packed(encoding: str, body: bytes) -> list[bytes]:
    return answering.answer(200, body, f"Content-Encoding: {encoding}")


BODY = b'{"response":{"id":"m1","text":"' + bytes(range(65, 91)) * 40 + b'"}}'
GZIP, ZLIB = gzip.compress(BODY), zlib.compress(BODY)
BROKEN: dict[str, list[bytes]] = {
    "invalid gzip": _packed("gzip", BODY),
    "gzip with another checksum": _packed("gzip", GZIP[:-8] + bytes(8)),
    "half a gzip": _packed("gzip", GZIP[: len(GZIP) // 2]),
    "invalid deflate": _packed("deflate", b"\xff" + BODY),
    "half a deflate": _packed("deflate", ZLIB[: len(ZLIB) // 2]),
    "half a gzip in gzip": _packed("gzip, gzip", gzip.compress(GZIP[: len(GZIP) // 2])),
    "half a chunk": _chunked(b"100\r\n{"),
    "a chunk of no size": _chunked(b"x\r\n{}\r\n0\r\n\r\n"),
    "a chunk that is longer": _chunked(b"1\r\n{}\r\n0\r\n\r\n"),
    "chunks without an end": _chunked(b"2\r\n{}\r\n"),
    "two lengths": [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"],
    "an invalid length": [b"HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n{}"],
    "a negative length": [b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}"],
    "half a body": [b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}"],
    "half a head": [b"HTTP/1.1 200 OK\r\nContent-Le"],
    "a line that is no header": [b"HTTP/1.1 200 OK\r\nno header\r\n\r\n{}"],
    "an invalid status": [b"HTTP/1.1 two OK\r\n\r\n{}"],
    "an interim answer": [b"HTTP/1.1 100 Continue\r\n\r\n"],
    "nothing": [],
}
LOST = ("half a head", "an interim answer", "nothing")
UNREADABLE: dict[str, list[bytes]] = {
    "an encoding of nobody's": _packed("snappy", BODY[:-1]),
    "a length of zero": answering.answer(200, b""),
    "bytes that are no text": answering.answer(200, b"\xff\xfe{}"),
}


def decoders() -> Iterator[Cell]:
    """Yield answers that cannot be read: they are answers all the same, so the request was processed."""
    for name, answer in BROKEN.items():
        # aiohttp waits for ever for a broken chunk that comes later than the head; a transport of ours does not.
        kinds = (*KINDS, *SOUND) if "chunk" in name else (*KINDS, *LENT)
        yield Cell(name, Outcome(1, 1, "APIConnectionError", was_sent=True), answer, kinds)
    for name, answer in UNREADABLE.items():
        yield Cell(name, Outcome(1, 1, "APIResponseValidationError"), answer)


def _caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


_LIMITED = Response("GET /", 429, {"retry-after": "0"}, b"")


def _of(request: Any) -> Any:
    """Return the library of the request."""
    return sys.modules[type(request).__module__]


def _named(name: str, **more: Any) -> Raise:
    return lambda request: getattr(_of(request), name)("odd", **more)


NOT_CONNECTED = ("ConnectError", "ConnectTimeout", "PoolTimeout")
UNCONNECTED: dict[str, Raise] = {name: _named(name) for name in NOT_CONNECTED}
ODD: dict[str, Raise] = {
    **{
        kind.__name__: lambda _, kind=kind: kind("odd")
        for kind in (ValueError, OSError, ConnectionRefusedError, RuntimeError, KeyError)
    },
    **{
        name: _named(name)
        for name in (
            "InvalidURL",
            "StreamError",
            "CookieConflict",
            "ReadError",
            "WriteError",
            "CloseError",
            "ProxyError",
            "RemoteProtocolError",
            "UnsupportedProtocol",
            "DecodingError",
            "TooManyRedirects",
        )
    },
    "StopIteration": lambda _: StopIteration(),
    "StopAsyncIteration": lambda _: StopAsyncIteration(),
    "ExceptionGroup": lambda _: ExceptionGroup("odd", [OSError("odd")]),
    "a lost connection": lambda r: _caused(_of(r).ConnectError("odd"), ConnectionResetError("odd")),
    "another request's": lambda r: _of(r).ConnectError("odd", request=_of(r).Request("GET", "http://h")),
    "a call in a call": lambda _: causerie.APIConnectionError("GET /", "odd", was_sent=False),
    "a limit of another": lambda _: causerie.RateLimitError(_LIMITED, ErrorBody(None, None, [])),
    "HTTPStatusError": lambda r: _of(r).HTTPStatusError("odd", request=r, response=_of(r).Response(429, request=r)),
}
LATE: dict[str, Raise] = {"ReadTimeout": _named("ReadTimeout"), "TimeoutError": lambda _: TimeoutError("odd")}
NAMED: dict[str, Raise] = {
    f"{name} that names the request": lambda request, name=name: getattr(_of(request), name)("odd", request=request)
    for name in NOT_CONNECTED
}


def _kind(name: str) -> str:
    return "APITimeoutError" if "Timeout" in name else "APIConnectionError"


def hooks() -> Iterator[Cell]:
    """Yield hooks that raise, which says nothing of the request; an answer that is no success counts first."""
    for name, error in {**ODD, **LATE, **UNCONNECTED}.items():
        expected = Outcome(1, 0, _kind(name), was_sent=True)
        yield Cell(f"request hook: {name}", expected, DONE, LENT, {"request": error})
    for name, error in {**ODD, **LATE, **UNCONNECTED, **NAMED}.items():
        expected = Outcome(1, 1, _kind(name), was_sent=True)
        yield Cell(f"response hook: {name}", expected, DONE, LENT, {"response": error})
    for status, attempts, raised in ((404, 1, "NotFoundError"), (429, 3, "RateLimitError"), (503, 1, "ServerError")):
        answer = answering.answer(status, b"{}", "Retry-After: 0")
        for name, error in {"raise_for_status": None, **NAMED, "ValueError": ODD["ValueError"]}.items():
            expected = Outcome(attempts, attempts, raised)
            yield Cell(f"response hook after {status}: {name}", expected, answer, LENT, {"response": error})


class _Before:
    """Raises, and sends nothing."""

    def __init__(self, error: Raise, inner: Any) -> None:
        self._error = error
        self._inner = inner

    def handle_request(self, request: Any) -> Any:
        raise self._error(request)

    async def handle_async_request(self, request: Any) -> Any:
        raise self._error(request)

    def close(self) -> None:
        self._inner.close()

    async def aclose(self) -> None:
        await self._inner.aclose()


class _After(_Before):
    """Raises once there is an answer."""

    def handle_request(self, request: Any) -> Any:
        self._inner.handle_request(request).close()
        raise self._error(request)

    async def handle_async_request(self, request: Any) -> Any:
        await (await self._inner.handle_async_request(request)).aclose()
        raise self._error(request)


class _Body(_Before):
    """Raises when the answer is read."""

    def handle_request(self, request: Any) -> Any:
        self._inner.handle_request(request).close()
        return _broken(self._error, request)

    async def handle_async_request(self, request: Any) -> Any:
        await (await self._inner.handle_async_request(request)).aclose()
        return _broken(self._error, request)


def _broken(error: Raise, request: Any) -> Any:
    own = _of(request)
    stream = type("Raising", (_Raising, own.SyncByteStream, own.AsyncByteStream), {})(error, request)
    return own.Response(200, stream=stream, request=request)


class _Raising:
    def __init__(self, error: Raise, request: Any) -> None:
        self._error = error
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        yield b"{"
        raise self._error(self._request)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"{"
        raise self._error(self._request)


def transports() -> Iterator[Cell]:
    """Yield errors of transports: where no connection is found, the request is repeated; after others it is not."""
    for name, error in {**UNCONNECTED, **NAMED}.items():
        expected = Outcome(3, 0, _kind(name), was_sent=False)
        yield Cell(f"before sending: {name}", expected, DONE, transport=_placed(_Before, error))
    for when, place, errors, posts in (
        ("before sending", _Before, {**ODD, **LATE}, 0),
        ("after the answer", _After, {**ODD, **LATE}, 1),
        ("in the body", _Body, {**ODD, **LATE, **UNCONNECTED, **NAMED}, 1),
    ):
        for name, error in errors.items():
            # A client of httpx says of any such error that it is its own request's.
            kinds = KINDS if name == "another request's" and place is not _Body else (*KINDS, *LENT)
            expected = Outcome(1, posts, _kind(name), was_sent=True)
            yield Cell(f"{when}: {name}", expected, DONE, kinds, transport=_placed(place, error))
    # A transport that has taken what is to be sent is not believed. What aiohttp's has taken cannot be known.
    kinds = tuple(kind for kind in KINDS if kind != "aiohttp") + SOUND
    for name, error in {**UNCONNECTED, **NAMED, "what a client calls its own": ODD["another request's"]}.items():
        expected = Outcome(1, 1, _kind(name), was_sent=True)
        yield Cell(f"after the answer: {name}", expected, DONE, kinds, transport=_placed(_After, error))


def _placed(place: type[_Before], error: Raise) -> Callable[[Any, Any], Any]:
    def placed(inner: Any, library: Any) -> Any:
        return type(place.__name__, (place, library.BaseTransport, library.AsyncBaseTransport), {})(error, inner)

    return placed


TABLES: dict[str, Callable[[], Iterator[Cell]]] = {
    "redirects": redirects,
    "decoders": decoders,
    "hooks": hooks,
    "transports": transports,
}


def observe(cells: list[Cell], kind: str) -> dict[str, Outcome]:
    """Return what becomes of a POST in each of the cells, by name, with one kind of client."""
    environment = {"SSL_CERT_FILE": str(CERTIFICATE)}
    with answering.Server() as server, no_waiting(), mock.patch.dict(os.environ, environment):
        if kind.removeprefix("lent ") in BLOCKING:
            return {cell.name: _call(cell, kind, server) for cell in cells if kind in cell.kinds}

        async def run() -> dict[str, Outcome]:
            return {cell.name: await _await(cell, kind, server) for cell in cells if kind in cell.kinds}

        return asyncio.run(run())


def _call(cell: Cell, kind: str, server: answering.Server) -> Outcome:
    def fail(error: Raise | None, sent: Any) -> None:
        raise _raised(error, sent)

    settings = _settings(cell, kind, library(kind).HTTPTransport(), library(kind).Client, fail)
    attempts = _prepare(cell, server, settings)
    try:
        with causerie.Raia("k", **settings) as raia:
            raia.messages.send("c1", "Hello")
    except Exception as error:  # noqa: BLE001 - shown
        return _outcome(attempts, server, error)
    finally:
        if "http_client" in settings:
            settings["http_client"].close()
    raise AssertionError(f"{cell.name}: nothing was raised")


async def _await(cell: Cell, kind: str, server: answering.Server) -> Outcome:
    async def fail(error: Raise | None, sent: Any) -> None:
        raise _raised(error, sent)

    inner = AiohttpTransport() if kind.endswith("aiohttp") else library(kind).AsyncHTTPTransport()
    settings = _settings(cell, kind, inner, library(kind).AsyncClient, fail)
    attempts = _prepare(cell, server, settings)
    try:
        async with causerie.AsyncRaia("k", **settings) as raia:
            await raia.messages.send("c1", "Hello")
    except Exception as error:  # noqa: BLE001 - shown
        return _outcome(attempts, server, error)
    finally:
        if "http_client" in settings:
            await settings["http_client"].aclose()
    raise AssertionError(f"{cell.name}: nothing was raised")


def _raised(error: Raise | None, sent: Any) -> Exception:
    """Return what a hook raises."""
    if error is not None:
        return error(getattr(sent, "request", sent))
    try:
        sent.raise_for_status()
    except (httpx.HTTPStatusError, httpx2.HTTPStatusError) as failure:
        return failure
    raise AssertionError("the answer is a success")


def _settings(cell: Cell, kind: str, inner: Any, client: Any, fail: Callable[..., Any]) -> dict[str, Any]:
    """Return the options that the client is made with."""
    transport = inner if cell.transport is None else cell.transport(inner, library(kind))
    if kind in LENT:
        hooks = {when: [lambda sent, error=error: fail(error, sent)] for when, error in cell.hooks.items()}
        return {"http_client": client(transport=transport, event_hooks=hooks)}
    if cell.transport is not None:
        return {"transport": transport}
    return chosen(kind)


def _prepare(cell: Cell, server: answering.Server, settings: dict[str, Any]) -> list[Any]:
    attempts: list[Any] = []
    settings |= {"base_url": server.url, "on_request": attempts.append}
    server.pieces = cell.answer
    server.requests.clear()
    return attempts


def _outcome(attempts: list[Any], server: answering.Server, error: Exception) -> Outcome:
    text = str(error)
    location = re.search(r"redirects to (.*), which is not followed", text)
    return Outcome(
        len(attempts),
        len(server.requests),
        type(error).__name__ + (" with a secret" if "abc" in text else ""),
        getattr(error, "was_sent", None),
        location and location[1],
    )
