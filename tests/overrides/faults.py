"""What happens when things go wrong on a real socket: each method, each fault, each policy.

``python -m tests.overrides.faults`` prints the table, which test_faults.py asserts, and those of processed.py and
sharing.py.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import itertools
import select
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Self
from unittest import mock

import attrs
from rich.console import Console
from rich.table import Table

import causerie
from causerie import _http
from causerie.testing import no_waiting

from . import processed, sharing
from .kinds import BLOCKING, KINDS, chosen

PATIENCE = 30.0
"""Seconds that a client waits where a fault is no timeout: more than a loaded machine needs to answer."""
TIMEOUT = 0.15
BOMB = gzip.compress(gzip.compress(bytes(65 * 2**20)))
"""Less than a kilobyte that unpacks to more than a client reads."""
STATUSES = (408, 409, 429, 500, 502, 503, 504, 520)


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _answer(connection: socket.socket, status: int, *headers: str, body: bytes = b"{}") -> None:
    head = "\r\n".join([f"HTTP/1.1 {status} Status", f"Content-Length: {len(body)}", "Connection: close", *headers])
    connection.sendall(head.encode() + b"\r\n\r\n" + body)


def _silent(connection: socket.socket) -> None:
    connection.settimeout(PATIENCE)
    with contextlib.suppress(OSError):
        connection.recv(1)  # until the client gives up


def _soon() -> str:
    return "Retry-After: " + format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)


AFTER_READING: dict[str, Callable[[socket.socket], None]] = {
    "read timeout": _silent,
    "reset after reading": _reset,
    "truncated body": lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
    "2 GB announced": lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n{"),
    "not packed": lambda connection: _answer(connection, 200, "Content-Encoding: gzip"),
    "packed with br": lambda connection: _answer(connection, 200, "Content-Encoding: br"),
    "bomb": lambda connection: _answer(connection, 200, "Content-Encoding: gzip, gzip", body=BOMB),
    "503 with a bomb": lambda connection: _answer(connection, 503, "Content-Encoding: gzip, gzip", body=BOMB),
    "302 to no URL": lambda connection: _answer(connection, 302, "Location: localhost:3000/login"),
    "no HTTP": lambda connection: connection.sendall(b"220 smtp ready\r\n"),
    **{str(status): lambda connection, status=status: _answer(connection, status) for status in STATUSES},
    "429 after 5 s": lambda connection: _answer(connection, 429, "Retry-After: 5"),
    "429 after a date": lambda connection: _answer(connection, 429, _soon()),
    "429 after a year": lambda connection: _answer(connection, 429, "Retry-After: 31536000"),
    "503 after a year": lambda connection: _answer(connection, 503, "Retry-After: 31536000"),
}
BEFORE_READING = ("connect refused", "connect timeout", "reset before reading")
FAULTS = (*BEFORE_READING, *AFTER_READING)


class Server:
    """A socket that does one thing wrong, and counts."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        self.requests = 0
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))  # the port is ours: where nobody listens, nobody else will
        self._goodbye: object = None
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._waiting: list[socket.socket] = []
        self._thread: threading.Thread | None = None
        if fault == "connect timeout":
            self._listener.listen(0)
            self._fill_the_queue()
        elif fault != "connect refused":
            self._listener.listen(16)
            self._thread = threading.Thread(target=self._serve, daemon=True)
            self._thread.start()

    def _fill_the_queue(self) -> None:
        """Fill the queue: nobody accepts, so the system lets further connections wait from the first or second on."""
        for _ in range(2):
            waiting = socket.socket()
            waiting.setblocking(False)
            waiting.connect_ex(self._listener.getsockname())
            self._waiting.append(waiting)
            select.select([self._listener], [], [])  # until one is in the queue

    def _serve(self) -> None:
        while True:
            connection, address = self._listener.accept()
            with connection:
                if address == self._goodbye:
                    return
                with contextlib.suppress(OSError):  # the client gave up first
                    self._mistreat(connection)

    def _mistreat(self, connection: socket.socket) -> None:
        if self.fault == "reset before reading":
            connection.recv(1, socket.MSG_PEEK)  # there is a request, and nobody reads it
            _reset(connection)
            return
        if _read_request(connection):
            self.requests += 1
            AFTER_READING[self.fault](connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._thread is not None:
            self._say_goodbye()
            self._thread.join()
        self._listener.close()
        for waiting in self._waiting:
            waiting.close()

    def _say_goodbye(self) -> None:
        """Connect last: the server has read what was sent before, however late it comes to it, when it meets this."""
        with socket.socket() as last:
            last.bind(("127.0.0.1", 0))
            self._goodbye = last.getsockname()
            last.connect(self._listener.getsockname())


def _read_request(connection: socket.socket) -> bool:
    data = b""
    while b"\r\n\r\n" not in data:
        if not (chunk := connection.recv(65536)):
            return False
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += connection.recv(65536)
    return True


CALLS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "GET": ("Raia", lambda client: client.conversations.get("c1")),
    "PUT": ("Raia", lambda client: client.conversations.update("c1", title="New")),
    "DELETE": ("Raia", lambda client: client.conversations.delete_all("u1")),
    "POST": ("Raia", lambda client: client.messages.send("c1", "Hello")),
    "PATCH": ("Convocore", lambda client: client.conversations.update("a1", "c1", title="New")),
}
POLICIES = {
    "never": causerie.Retry(attempts=1),
    "default": causerie.Retry(),
    "4, unsafe": causerie.Retry(attempts=4, unsafe=True),
}


@attrs.frozen
class Outcome:
    """What one cell came to: attempts made, requests that the server read, and what was raised."""

    attempts: int
    requests: int
    raised: str


def observe(method: str, fault: str, policy: str, kind: str = "sync") -> Outcome:
    """Make the call against a server with the fault, with one of the ``KINDS`` of client."""
    vendor, call = CALLS[method]
    attempts: list[Any] = []
    with Server(fault) as server, no_waiting(), _only_timeout_of(fault):
        timeout = TIMEOUT if fault.endswith("timeout") else PATIENCE
        options = {"base_url": server.url, "retry": POLICIES[policy], "timeout": timeout, "on_request": attempts.append}
        client = getattr(causerie, vendor if kind in BLOCKING else f"Async{vendor}")("k", **options, **chosen(kind))

        async def awaited() -> Any:
            async with client:
                return await call(client)

        try:
            if kind in BLOCKING:
                with client:
                    call(client)
            else:
                asyncio.run(awaited())
            raised = "nothing"
        except causerie.CauserieError as error:
            raised = type(error).__name__
    return Outcome(len(attempts), server.requests, raised)


@contextlib.contextmanager
def _only_timeout_of(fault: str) -> Iterator[None]:
    """Time out in the fault's phase only: a loaded machine can be late in any other."""
    phase, _, kind = fault.partition(" ")
    real = _http._timeouts

    def timeouts(seconds: float) -> dict[str, Any]:
        return {"timeout": {**real(PATIENCE)["timeout"], phase: seconds}}

    if kind != "timeout":
        yield
    else:
        with mock.patch.object(_http, "_timeouts", timeouts):
            yield


def cells() -> Iterator[tuple[str, str, str]]:
    """Yield every method, fault and policy."""
    return itertools.product(CALLS, FAULTS, POLICIES)


def main() -> None:
    for kind in KINDS:
        Console(width=200).print(_matrix(kind))
    for name, make in processed.TABLES.items():
        Console(width=200).print(_processed(name, list(make())))
    Console(width=200).print(_shared())


def _matrix(kind: str) -> Table:
    title = f"{kind}: attempts / requests that reached the server, by method and policy"
    table = Table(title=title, title_justify="left")
    table.add_column("fault")
    for method, policy in itertools.product(CALLS, POLICIES):
        table.add_column(f"{method}\n{policy}", justify="right")
    table.add_column("raised")
    for fault in FAULTS:
        row = [observe(method, fault, policy, kind) for method, policy in itertools.product(CALLS, POLICIES)]
        raised = " or ".join(sorted({outcome.raised for outcome in row}))
        table.add_row(fault, *(f"{outcome.attempts} / {outcome.requests}" for outcome in row), raised)
    return table


def _processed(name: str, cells: list[processed.Cell]) -> Table:
    kinds = [kind for kind in (*KINDS, *processed.LENT) if any(kind in cell.kinds for cell in cells)]
    seen = {kind: processed.observe(cells, kind) for kind in kinds}
    title = f"{name}: attempts / POSTs that reached the server, by client, and what was raised"
    table = Table(name, *kinds, "raised", title=title, title_justify="left")
    for cell in cells:
        row = [seen[kind].get(cell.name) for kind in kinds]
        table.add_row(
            cell.name,
            *(f"{each.attempts} / {each.posts}" if each else "" for each in row),
            " or ".join(sorted({each.raised for each in row if each})),
        )
    return table


def _shared() -> Table:
    title = "Own answers / answers of others / calls, connections, and POSTs that came again, by client and route"
    table = Table("scene", "client", *sharing.ROUTES, title=title, title_justify="left")
    cells = list(sharing.cells())
    for scene, kind in itertools.product(sharing.SCENES, KINDS):
        row = []
        for route in sharing.ROUTES:
            seen = sharing.observe(scene, kind, route) if (scene, kind, route) in cells else None
            counts = (
                f"{seen.answered} / {seen.foreign} / {seen.calls}, {seen.connections}, {seen.repeated}" if seen else ""
            )
            row.append(counts)
        if any(row):
            table.add_row(scene, kind, *row)
    return table


if __name__ == "__main__":
    main()
