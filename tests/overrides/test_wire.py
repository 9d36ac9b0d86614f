"""Connections that are lent, all in use, idle for too long, or no longer wanted; and calls that are interrupted."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from types import SimpleNamespace
from typing import Any

import aiohttp
import httpx
import httpx2
import pytest

import causerie
from causerie import _aiohttp, _loan, _pool

from .conftest import Vendor, json
from .kinds import AWAITED, BLOCKING, KINDS
from .sharing import CERTIFICATE, Server, client


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


def run(kind: str, url: str, *calls: Any, **options: Any) -> list[Any]:
    """Return what these calls give with one client, one after the other."""

    async def awaited() -> list[Any]:
        async with client(kind, url, **options) as opened:
            return [await call(opened) for call in calls]

    if kind not in BLOCKING:
        return asyncio.run(awaited())
    with client(kind, url, **options) as opened:
        return [call(opened) for call in calls]


def get(opened: Any) -> Any:
    return opened.conversations.get("a")


@pytest.mark.parametrize(
    ("argument", "lent"),
    [
        ("http_client", httpx.Client),
        ("transport", httpx.HTTPTransport),
        ("http_client", httpx2.Client),
        ("transport", httpx2.HTTPTransport),
    ],
)
def test_lent_in_another_process(argument: str, lent: Any, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections that are not ours to renew are not used after a fork: the error says what to do."""
    with lent() as given, client("sync", server.url, **{argument: given}) as raia:
        get(raia)
        get(raia)
        monkeypatch.setattr(_loan, "os", SimpleNamespace(getpid=lambda: -1))
        with pytest.raises(
            causerie.ArgumentError, match=r"another process, from before a fork; make a client"
        ) as caught:
            get(raia)

    assert argument == caught.value.argument
    assert 1 == len(server.connections)


@pytest.mark.parametrize("library", [httpx, httpx2])
@pytest.mark.parametrize("argument", ["http_client", "transport"])
def test_lent_in_another_loop(argument: str, library: Any, server: Server) -> None:
    """Nor are they in a second event loop."""
    made = {"http_client": library.AsyncClient, "transport": library.AsyncHTTPTransport}[argument]
    lent = made(limits=library.Limits(max_keepalive_connections=0))
    raia = client("async", server.url, **{argument: lent})
    asyncio.run(get(raia))
    with pytest.raises(causerie.ArgumentError, match="another event loop; make a client in each") as caught:
        asyncio.run(get(raia))

    assert argument == caught.value.argument


def test_lent_without_connections() -> None:
    """What plays a vendor in this process may be used in every event loop."""
    raia = client("async", "http://vendor.test", transport=Vendor(json({"id": "a"})))

    assert ["a", "a"] == [asyncio.run(get(raia)).id for _ in range(2)]


def test_a_child_closes_what_it_inherits(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """In another process there are new connections, and nothing is left of the parent's."""
    with client("sync", server.url) as raia:
        get(raia)
        monkeypatch.setattr(_pool, "os", SimpleNamespace(getpid=lambda: -1))
        get(raia)
        get(raia)

    assert 2 == len(server.connections)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "value"), [("_IDLE", 0), ("_IDLE_SECONDS", -1.0)])
def test_idle(name: str, value: float, kind: str, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections beyond a number, or idle for too long, are closed."""
    monkeypatch.setattr(_pool, name, value)
    run(kind, server.url, get, get)

    assert 2 == len(server.connections)


@pytest.mark.parametrize("kind", KINDS)
def test_no_place(kind: str, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A call that finds every connection in use for too long has certainly sent nothing."""
    monkeypatch.setattr(_pool, "_CONNECTIONS", 1)
    server.barrier = threading.Barrier(2)

    async def both() -> BaseException | None:
        async with client(kind, server.url) as raia:
            first = asyncio.ensure_future(get(raia))
            await asyncio.to_thread(server.came.wait)
            (second,) = await asyncio.gather(get(raia.with_options(timeout=0.01)), return_exceptions=True)
            await asyncio.to_thread(server.barrier.wait)  # type: ignore[union-attr]
            await first
            return second

    if kind in BLOCKING:
        with client(kind, server.url) as raia:
            thread = threading.Thread(target=get, args=(raia,))
            thread.start()
            server.came.wait()
            with pytest.raises(causerie.APITimeoutError, match="every connection is in use") as caught:
                get(raia.with_options(timeout=0.01))
            server.barrier.wait()
            thread.join()
        error: Any = caught.value
    else:
        error = asyncio.run(both())

    assert isinstance(error, causerie.APITimeoutError)
    assert not error.was_sent
    assert 1 == len(server.connections)


def test_close_during_a_call(server: Server) -> None:
    """The call under way gets its answer, and its connection is closed after it."""
    server.barrier = threading.Barrier(2)
    found: list[Any] = []
    raia = client("sync", server.url)
    thread = threading.Thread(target=lambda: found.append(get(raia)))
    thread.start()
    server.came.wait()
    raia.close()
    server.barrier.wait()
    thread.join()
    gc.collect()

    assert ["a"] == [each.id for each in found]
    with pytest.raises(RuntimeError, match="closed"):
        get(raia)


@pytest.mark.parametrize("kind", AWAITED)
def test_close_in_another_loop(kind: str, server: Server) -> None:
    """Each loop has closed its own connections when it ended."""
    raia = client(kind, server.url)
    asyncio.run(get(raia))
    asyncio.run(raia.close())
    gc.collect()

    with pytest.raises(RuntimeError, match="closed"):
        asyncio.run(get(raia))


@pytest.mark.parametrize("kind", AWAITED)
def test_cancel_of_a_handshake(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that was never made secure is closed, too."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))

    async def cancel(listener: socket.socket) -> bytes:
        async with client(kind, f"https://127.0.0.1:{listener.getsockname()[1]}") as raia:
            call = asyncio.ensure_future(get(raia))
            connection, _ = await asyncio.to_thread(listener.accept)
            with connection:
                await asyncio.to_thread(connection.recv, 1)
                call.cancel()
                await asyncio.wait([call])
                return await asyncio.to_thread(read_to_end, connection)

    def read_to_end(connection: socket.socket) -> bytes:
        connection.settimeout(30)
        with contextlib.suppress(ConnectionResetError):
            while connection.recv(65536):
                pass
        return b"closed"

    with socket.create_server(("127.0.0.1", 0)) as listener:
        seen = asyncio.run(cancel(listener))
    gc.collect()

    assert b"closed" == seen


@pytest.mark.parametrize("kind", KINDS)
def test_broken_body(kind: str) -> None:
    """A connection whose answer broke off is not used again."""
    listener = socket.create_server(("127.0.0.1", 0))
    connections = []

    def serve() -> None:
        for _ in range(2):
            connection = listener.accept()[0]
            connections.append(connection)
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nwrong")

    def fails(opened: Any) -> Any:
        return opened.conversations.get_many(["a"])

    thread = threading.Thread(target=serve)
    thread.start()
    outcomes = run(kind, f"http://127.0.0.1:{listener.getsockname()[1]}", fails, fails)
    thread.join()
    for connection in (*connections, listener):
        connection.close()

    assert [causerie.APIConnectionError] * 2 == [type(outcome.error) for (outcome,) in outcomes]
    assert 2 == len(connections)


@pytest.mark.parametrize(
    ("call", "is_async"),
    [("get('a')", False), ("get_many(['a', 'b'])", False), ("get_many(['a', 'b'])", True)],
)
def test_interrupt_ends_the_process(call: str, is_async: bool, server: Server) -> None:
    """Ctrl-C ends the process, although answers are still to come and may take an hour."""
    server.barrier = threading.Barrier(9)
    call = f"{'Async' if is_async else ''}Raia('k', base_url={server.url!r}, timeout=3600).conversations.{call}"
    body = f"async def main(): await causerie.{call}\nasyncio.run(main())" if is_async else f"causerie.{call}"
    process = subprocess.Popen([sys.executable, "-c", f"import asyncio, causerie\n{body}"], stderr=subprocess.PIPE)
    while len(server.connections) < (2 if "many" in call else 1):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
            break
    process.send_signal(signal.SIGINT)
    _, printed = process.communicate(timeout=50)

    assert printed.decode().strip().endswith("KeyboardInterrupt")
    assert 1 == printed.decode().count("KeyboardInterrupt\n")


def test_body_that_cannot_be_closed() -> None:
    """The place of a body that cannot be closed is free all the same, and its connection is not used again."""

    class Stream(httpx.ByteStream):
        def close(self) -> None:
            raise httpx.ReadError("lost")

        async def aclose(self) -> None:
            self.close()

    async def ended(end: Any) -> None:
        body = _pool._AsyncBody(Stream(b"{}"), end)
        assert [b"{}"] == [piece async for piece in body]
        with pytest.raises(httpx.ReadError):
            await body.aclose()

    ends: list[bool] = []

    async def end(is_whole: bool) -> None:
        ends.append(is_whole)

    body = _pool._Body(Stream(b"{}"), ends.append)
    assert [b"{}"] == list(body)
    with pytest.raises(httpx.ReadError):
        body.close()
    asyncio.run(ended(end))

    assert [False, False] == ends


def test_aiohttp_and_socks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that a transport cannot use is refused when the client is made."""
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    monkeypatch.delenv("all_proxy", raising=False)
    with pytest.raises(causerie.ArgumentError, match="ALL_PROXY"):
        client("aiohttp", "http://vendor.test")


@pytest.mark.parametrize(("should_close", "is_connected"), [(True, True), (False, False)])
def test_a_connection_that_is_over(should_close: bool, is_connected: bool) -> None:
    """A connection that is over is spoiled, whatever is left in its socket."""
    protocol = SimpleNamespace(should_close=should_close, is_connected=lambda: is_connected)

    assert _aiohttp._is_spoiled(protocol)


def test_closing_what_was_never_opened() -> None:
    """A transport that has sent nothing closes without a session, and twice."""

    async def close() -> None:
        transport = _aiohttp.Transport()
        await transport.aclose()
        await transport.aclose()

    assert asyncio.run(close()) is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize("has_bytes", [_aiohttp._polls, _aiohttp._selects])
def test_bytes_in_a_socket(has_bytes: Callable[[Any], bool]) -> None:
    """What is there to read is seen on each system, and the end of the other side as well."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        found = [has_bytes(ours)]
        theirs.send(b"x")
        found.append(has_bytes(ours))
        ours.recv(1)
        found.append(has_bytes(ours))
        theirs.close()
        found.append(has_bytes(ours))

    assert [False, True, False, True] == found


INFO: Any = SimpleNamespace(real_url="http://vendor.test/?sig=secret")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (aiohttp.ConnectionTimeoutError("http://a.test/?sig=secret"), "ConnectTimeout: no connection in time"),
        (aiohttp.SocketTimeoutError("Timeout on reading data from socket"), "ReadTimeout: Timeout on reading data"),
        (aiohttp.ServerDisconnectedError(), "ReadError: the connection was lost"),
        (aiohttp.ClientOSError(32, "secret"), "ReadError: Broken pipe"),
        (aiohttp.ClientPayloadError("too short"), "ReadError: too short"),
        (aiohttp.ClientHttpProxyError(INFO, (), status=407), "ProxyError: the proxy answered 407"),
        (aiohttp.InvalidUrlClientError("http://a.test/?sig=secret"), "RemoteProtocolError: InvalidUrlClientError"),
        (aiohttp.ClientResponseError(INFO, ()), "RemoteProtocolError: ClientResponseError"),
    ],
)
def test_errors_of_aiohttp(error: aiohttp.ClientError, expected: str) -> None:
    """Each is an error of httpx's, and none shows a URL."""
    with pytest.raises(httpx.TransportError) as caught, _aiohttp._Failures():
        raise error

    shown = f"{type(caught.value).__name__}: {caught.value}"
    assert shown.startswith(expected)
    assert "secret" not in shown


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (((b"A", b"1"), (b"b", b"2"), (b"a", b"3")), {"a": "1, 3", "b": "2"}),
        (((b"a", "é".encode()),), {"a": "é"}),
        (((b"a", b"\xe9"), (b"b", "é".encode())), {"a": "é", "b": "Ã©"}),
    ],
)
def test_headers_of_aiohttp(raw: Any, expected: dict[str, str]) -> None:
    """Headers are decoded and joined as httpx does it."""
    assert expected == dict(httpx.Headers(list(raw)).items())
    assert expected == _aiohttp._headers(raw)


@pytest.mark.parametrize(("size", "expected"), [(None, [b"ab", b"c", b"de"]), (3, [b"abc", b"de"]), (5, [b"abcde"])])
def test_pieces_of_aiohttp(size: int | None, expected: list[bytes]) -> None:
    """A body comes as it is sent, or in pieces of a size."""

    class Stream(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            for piece in (b"ab", b"c", b"de"):
                yield piece

    async def read() -> list[bytes]:
        return [piece async for piece in _aiohttp.Response(200, {}, Stream()).aiter_raw(size)]

    assert expected == asyncio.run(read())
