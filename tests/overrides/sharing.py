"""What becomes of calls that share connections: threads, forks, event loops, cancels, and bytes behind an answer.

``python -m tests.overrides.faults`` prints the table; test_sharing.py asserts it.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Self
from unittest import mock

import attrs
import uvloop

import causerie
from causerie import _pool

from .kinds import BLOCKING, KINDS, chosen

ROUTES = ("plain", "TLS", "proxy", "tunnel")
CERTIFICATE = Path(__file__).with_name("vendor.pem")
"""A self-signed one for vendor.test and 127.0.0.1, and its key, which protects nothing."""
FEW, ALL = 6, 100
"""Places of a pool: so few that calls wait for one, and as many as there are."""
PATIENCE = 30.0
EVIL = b'HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{"id":"EVIL"}'

Send = Callable[[str], Awaitable[Any]]
"""Sends a message, by ``POST``, and returns the answer."""


@attrs.frozen
class Outcome:
    """What became of the calls.

    How many calls got their own answer and how many got another call's, how many calls there were and over how many
    connections, and how many requests came more than once.
    """

    answered: int
    foreign: int
    calls: int
    connections: int
    repeated: int


class Server:
    """Answers each request with its conversation as ``id``, on connections that it never ends."""

    def __init__(self, route: str = "plain", behind: bytes = b"") -> None:
        self.barrier: threading.Barrier | None = None
        """Holds answers back until so many requests have come."""
        self.connections: list[socket.socket] = []
        self.conversations: list[bytes] = []
        """Those of the requests that came."""
        self.came = threading.Event()
        """Set once there has been a request."""
        self._behind = behind
        self._route = route
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(CERTIFICATE)
        self._threads: list[threading.Thread] = []
        self._is_over = False
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.url = {
            "plain": f"http://{address}",
            "TLS": f"https://{address}",
            "proxy": "http://vendor.test",
            "tunnel": "https://vendor.test",
        }[route]
        proxy = f"http://{address}" if route in {"proxy", "tunnel"} else ""
        self.environment = {
            "SSL_CERT_FILE": str(CERTIFICATE),
            **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), proxy),
            **dict.fromkeys(("all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"), ""),
        }

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *exc: object) -> None:
        self._is_over = True
        with socket.create_connection(self._listener.getsockname()):
            self._threads[0].join()
        self._listener.close()
        if self.barrier is not None:
            self.barrier.abort()
        for connection in self.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def push(self) -> None:
        """Write what nobody asked for to every connection."""
        for connection in self.connections:
            with contextlib.suppress(OSError):  # the client has closed it
                connection.sendall(EVIL)

    def _start(self, work: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            connection = self._listener.accept()[0]
            if self._is_over:
                connection.close()
                return
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.ExitStack() as stack:
            stack.enter_context(contextlib.suppress(OSError, threading.BrokenBarrierError))
            stack.enter_context(connection)
            # What is pushed has to be there before the next request: nobody could know of it otherwise.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._route == "tunnel":
                _read_head(connection)
                connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            if self._route in {"TLS", "tunnel"}:
                connection = stack.enter_context(self._tls.wrap_socket(connection, server_side=True))
            self.connections.append(connection)
            while path := _read_request(connection):
                conversation = path.removesuffix(b"/messages").rsplit(b"/", 1)[-1]
                self.conversations.append(conversation)
                self.came.set()
                if self.barrier is not None and not conversation.startswith(b"cancelled"):
                    self.barrier.wait(PATIENCE)
                self._answer(connection, b'{"id":"%s"}' % conversation)

    def _answer(self, connection: socket.socket, body: bytes) -> None:
        # Both in one segment: over TLS they are two records, of which a client may read one.
        if hasattr(socket, "TCP_CORK"):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        if self._behind:
            connection.sendall(self._behind)
        if hasattr(socket, "TCP_CORK"):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)


def _read_head(connection: socket.socket) -> tuple[bytes, bytes]:
    """Return everything up to an empty line and what came with it, or nothing where the connection ends before.

    No client sends a second request before it has the answer to its first.
    """
    data = b""
    while b"\r\n\r\n" not in data:
        if not (piece := connection.recv(65536)):
            return b"", b""
        data += piece
    head, _, rest = data.partition(b"\r\n\r\n")
    return head, rest


def _read_request(connection: socket.socket) -> bytes:
    """Return the path of the next request; it is empty where no whole request comes."""
    head, body = _read_head(connection)
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    left = int(fields.get(b"content-length", 0)) - len(body)
    while left:
        if not (piece := connection.recv(left)):
            return b""
        left -= len(piece)
    return head.split()[1] if head else b""


def client(kind: str, url: str, **options: Any) -> Any:
    """Make a client of one of the ``KINDS``, which asks once."""
    settings = {"base_url": url, "retry": causerie.Retry(attempts=1), **options}
    if kind in BLOCKING:
        return causerie.Raia("k", **settings, **chosen(kind))
    return causerie.AsyncRaia("k", **settings, **chosen(kind))


@contextlib.asynccontextmanager
async def _opened(kind: str, url: str) -> Any:
    """Open a client and yield its ``Send``; a blocking client is called in threads."""
    opened = client(kind, url, retry=causerie.Retry())
    if kind in BLOCKING:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(32))
        with opened:
            yield partial(asyncio.to_thread, _sender(opened))
    else:
        async with opened:
            yield _sender(opened)


def _sender(opened: Any) -> Any:
    return lambda name: opened.messages.send(name, "Hello")


async def _ask(send: Send, name: str) -> str:
    try:
        return "own" if name == (await send(name)).id else "foreign"
    except causerie.CauserieError:
        return "none"


async def _side_by_side(send: Send, names: Iterable[str]) -> list[str]:
    return await asyncio.gather(*(_ask(send, name) for name in names))


async def _in_turn(send: Send, names: Iterable[str]) -> list[str]:
    return [await _ask(send, name) for name in names]


async def _crowd(send: Send, server: Server) -> list[str]:
    """Send many requests at once, more than connections may idle."""
    turns = [await _side_by_side(send, [f"{turn}-{number}" for number in range(32)]) for turn in range(8)]
    return list(itertools.chain(*turns))


async def _four(send: Send, server: Server) -> list[str]:
    return await _in_turn(send, "abcd")


async def _pushed(send: Send, server: Server) -> list[str]:
    """Let the server send something after each answer has been read."""
    seen = []
    for name in "abcd":
        seen.append(await _ask(send, name))
        server.push()
    return seen


async def _cancelled(send: Send, server: Server) -> list[str]:
    """Cancel at every await, in a crowd; afterwards every place can be used at the same time."""

    async def cancel(number: int) -> None:
        call = asyncio.ensure_future(send(f"cancelled-{number}"))
        for _ in range(number % 70):
            await asyncio.sleep(0)
        call.cancel()
        await asyncio.wait([call])

    for turn in range(25):
        await asyncio.gather(*(cancel(turn * 20 + number) for number in range(20)))
    server.barrier = threading.Barrier(_pool._CONNECTIONS)
    return await _side_by_side(send, [f"c{number}" for number in range(_pool._CONNECTIONS)])


def _outcome(seen: list[str], server: Server) -> Outcome:
    repeated = sum(count - 1 for count in Counter(server.conversations).values())
    return Outcome(seen.count("own"), seen.count("foreign"), len(seen), len(server.connections), repeated)


def _run(
    kind: str, scene: Callable[[Send, Server], Awaitable[list[str]]], server: Server, places: int = FEW
) -> Outcome:
    async def run() -> Outcome:
        async with _opened(kind, server.url) as send:
            return _outcome(await scene(send, server), server)

    with mock.patch.dict(os.environ, server.environment), mock.patch.multiple(_pool, _CONNECTIONS=places, _IDLE=3):
        return asyncio.run(run())


def crowd(kind: str, route: str) -> Outcome:
    """Share one client between threads or tasks."""
    with Server(route) as server:
        return _run(kind, _crowd, server)


def no_content(kind: str, route: str) -> Outcome:
    """Put text that belongs to no answer behind each answer."""
    with Server(route, b'{"success":true}') as server:
        return _run(kind, _four, server)


def second_answer(kind: str, route: str) -> Outcome:
    """Put another whole answer behind each answer."""
    with Server(route, EVIL) as server:
        return _run(kind, _four, server)


def late_answer(kind: str, route: str) -> Outcome:
    """Send another whole answer once the first has been read."""
    with Server(route) as server:
        return _run(kind, _pushed, server)


def cancels(kind: str, route: str) -> Outcome:
    """Cancel 500 calls, of which some wait for a place, then use every place at once."""
    with Server(route) as server:
        return _run(kind, _cancelled, server)


def cancels_of_all(kind: str, route: str) -> Outcome:
    """Cancel as in ``cancels``, where there are as many places as a client has."""
    with Server(route) as server:
        return _run(kind, _cancelled, server, ALL)


def loops(kind: str, route: str, make: Callable[[], Any] = asyncio.new_event_loop) -> Outcome:
    """Use one client in three event loops, one after the other, and close it in the last."""
    with Server(route) as server, mock.patch.dict(os.environ, server.environment):
        shared = client(kind, server.url, retry=causerie.Retry())
        seen = []
        for number in range(3):
            with asyncio.Runner(loop_factory=make) as runner:
                seen += runner.run(_side_by_side(_sender(shared), [f"{number}-a", f"{number}-b"]))
                if number == 2:
                    runner.run(shared.close())
        return _outcome(seen, server)


def uvloops(kind: str, route: str) -> Outcome:
    """Run ``loops`` over uvloop, which ends the process where somebody uses a closed loop."""
    return loops(kind, route, uvloop.new_event_loop)


def fork(kind: str, route: str) -> Outcome:
    """Use one client in a process and in two children that it forks afterwards."""
    with Server(route) as server:
        command = [sys.executable, "-m", __name__, kind, server.url]
        done = subprocess.run(
            command, env={**os.environ, **server.environment}, stdout=subprocess.PIPE, check=True, timeout=100
        )
        return _outcome(done.stdout.decode().split(), server)


def _bear(work: Callable[[], list[str]]) -> Callable[[], list[str]]:
    """Fork a child that does the work, and return a function that waits for its result."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        try:
            os.write(writing, " ".join(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    return lambda: os.fdopen(reading).read().split()


def _fork(kind: str, url: str) -> list[str]:
    names = {who: [f"{who}-{number}" for number in range(10)] for who in ("parent", "child", "other", "again", "last")}

    def ask(shared: Any, who: str) -> list[str]:
        send = _sender(shared)
        if kind in BLOCKING:
            return ["own" if name == send(name).id else "foreign" for name in names[who]]
        return asyncio.run(_in_turn(send, names[who]))

    def family(shared: Any) -> list[Callable[[], list[str]]]:
        return [_bear(partial(ask, shared, who)) for who in ("child", "other")]

    if kind in BLOCKING:
        with client(kind, url) as shared:
            seen = ask(shared, "parent")
            children = family(shared)
            seen += ask(shared, "again")
            for child in children:
                seen += child()
            return [*seen, *ask(shared, "last")]

    async def run() -> list[str]:
        async with client(kind, url) as shared:
            send = _sender(shared)
            seen = await _in_turn(send, names["parent"])
            children = family(shared)
            seen += await _in_turn(send, names["again"])
            for child in children:
                seen += await asyncio.to_thread(child)
            return [*seen, *await _in_turn(send, names["last"])]

    return asyncio.run(run())


SCENES: dict[str, Callable[[str, str], Outcome]] = {
    "a crowd": crowd,
    "text behind an answer": no_content,
    "an answer behind an answer": second_answer,
    "an answer after an answer": late_answer,
    "fork": fork,
    "500 cancels": cancels,
    "500 cancels, 100 places": cancels_of_all,
    "three event loops": loops,
    "three loops of uvloop": uvloops,
}
BEHIND = ("text behind an answer", "an answer behind an answer", "an answer after an answer")
AWAITED = ("500 cancels", "500 cancels, 100 places", "three event loops", "three loops of uvloop")


def cells() -> Iterator[tuple[str, str, str]]:
    """Yield every scene, kind and route that there is; what does not depend on proxies is played without them.

    httpx2 has the pool that httpx has. What depends on the pool alone is played over the plain route.
    """
    for scene, kind, route in itertools.product(SCENES, KINDS, ROUTES):
        routes = ROUTES if scene in BEHIND else ROUTES[:1] if SCENES[scene] is cancels_of_all else ROUTES[:2]
        if "httpx2" in kind and scene not in BEHIND:
            routes = ROUTES[:1]
        if route in routes and (kind not in BLOCKING or scene not in AWAITED):
            yield scene, kind, route


def observe(scene: str, kind: str, route: str) -> Outcome:
    """Play the scene. What it leaves unclosed is found by the garbage collector, which warns."""
    outcome = SCENES[scene](kind, route)
    gc.collect()
    return outcome


if __name__ == "__main__":
    sys.stdout.write(" ".join(_fork(*sys.argv[1:])))
