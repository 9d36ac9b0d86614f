"""What may have been processed is not sent again, whatever a redirect or a hook raises after the answer."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import causerie
from causerie._response import Response
from causerie.testing import no_waiting

LOCATIONS = ("/login", "localhost:3000/login", "mailto:x@y", "//", "http://h/\udc80", "https://evil.test/?sig=abc")
KINDS = ("sync", "async", "aiohttp")
ERRORS = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.InvalidURL, OSError)


class Redirecting:
    """A server that answers every POST with one redirect, and counts."""

    def __init__(self) -> None:
        self.status, self.location = 302, ""
        self.posts = 0
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                server.posts += 1
                self.rfile.read(int(self.headers["content-length"]))
                head = f"HTTP/1.1 {server.status} Moved\r\nContent-Length: 0\r\nLocation: {server.location}\r\n\r\n"
                self.wfile.write(head.encode("utf-8", "surrogateescape"))

            def log_message(self, *arguments: object) -> None:
                """Print nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(scope="module")
def server() -> Iterator[Redirecting]:
    with Redirecting() as redirecting:
        yield redirecting


def send(kind: str, **options: Any) -> causerie.CauserieError:
    """Send one message and return what the call raises."""
    if kind == "aiohttp":
        options["transport"] = "aiohttp"

    def block() -> None:
        with causerie.Raia("k", **options) as client:
            client.messages.send("c1", "Hello")

    async def awaited() -> None:
        async with causerie.AsyncRaia("k", **options) as client:
            await client.messages.send("c1", "Hello")

    with no_waiting(), pytest.raises(causerie.CauserieError) as caught:
        block() if kind == "sync" else asyncio.run(awaited())
    return caught.value


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("location", LOCATIONS)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect(status: int, location: str, kind: str, server: Redirecting) -> None:
    """A redirect is an answer: one request, and an error that says where it leads, without a signature."""
    server.status, server.location, server.posts = status, location, 0
    error = send(kind, base_url=server.url)

    assert 1 == server.posts
    assert isinstance(error, causerie.APIStatusError)
    assert status == error.status_code
    assert error.response.headers["location"].isascii() == location.isascii()
    assert f"redirects to {location.partition('?')[0][:9]}" in str(error)
    assert "sig=abc" not in str(error)


@pytest.mark.parametrize("raised", ERRORS)
@pytest.mark.parametrize("when", ["request", "response"])
def test_hook_that_raises(when: str, raised: type[Exception]) -> None:
    """An error of a hook of the caller's own client proves nothing about the request, so it is not repeated."""
    sent: list[httpx.Request] = []

    def fail(_: object) -> None:
        raise raised("from a hook")

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json={})

    with httpx.Client(transport=httpx.MockTransport(handle), event_hooks={when: [fail]}) as http_client:
        error = send("sync", http_client=http_client)

    assert isinstance(error, causerie.APIConnectionError)
    assert error.was_sent
    assert (when == "response") == len(sent)


@pytest.mark.parametrize("raised", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
def test_transport_that_finds_no_connection(raised: type[httpx.TransportError]) -> None:
    """Where the transport itself had no connection, the request was certainly not sent, and is repeated."""
    attempts: list[httpx.Request] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        attempts.append(request)
        raise raised("nobody there")

    error = send("sync", transport=httpx.MockTransport(refuse))

    assert isinstance(error, causerie.APIConnectionError)
    assert not error.was_sent
    assert 3 == len(attempts)


@given(st.decimals(0, 10**6, places=3).map(str))
def test_fraction(seconds: str) -> None:
    """``Retry-After`` with a fraction is the time that it says."""
    body = causerie._errors.ErrorBody(None, None, [])
    error = causerie.RateLimitError(Response("GET /", 429, {"retry-after": seconds}, b""), body)

    assert float(seconds) == error.retry_after
