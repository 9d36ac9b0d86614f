"""Odd answers to every call, over a local socket, for each transport.

``python -m tests.overrides.answers_fuzz TRANSPORT NUMBER SEED`` prints what went wrong, and exits with 1 when anything
did, or when it took 200 MiB of memory.

They are odd in their status lines, headers, lengths, encodings and bodies. Nothing but errors of ours may come of them,
and what was read has to be readable to its last field.
"""

from __future__ import annotations

import asyncio
import gzip
import inspect
import json
import random
import re
import signal
import sys
import tempfile
import threading
import typing
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from typing import Any, Self

import attrs

import causerie
import causerie.testing
from causerie._method import Method
from causerie._pages import AsyncListing
from causerie.cli._vendors import methods
from causerie_api.model import DecodeError, Model
from tests.overrides.conftest import ASYNC, SYNC

TRANSPORTS = ("httpx", "httpx2", "awaited httpx", "awaited httpx2", "aiohttp")
ONCE = causerie.Retry(attempts=1)
#: Seconds that one call may take.
PATIENCE = 30
#: MiB of memory that all of them may take.
MEMORY_MAX = 200

_FOLDER = tempfile.TemporaryDirectory()
_FILE = Path(_FOLDER.name, "notes.txt")
_FILE.write_text("x", encoding="utf-8")


class TooLong(BaseException):
    """A call has not come to its end. No library takes it for a failure of its own."""


@contextmanager
def bounded() -> Iterator[None]:
    """Raise ``TooLong`` when what is done inside takes more than half a minute."""

    def end(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@attrs.frozen
class Operation:
    """A public method: the vendor, the resource and the name; and what stands for each of its parameters."""

    vendor: str
    resource: str
    name: str
    method: Method[..., Any, Any]
    required: dict[str, Any]
    parameters: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.vendor}.{self.resource}.{self.name}"

    def begin(self, client: Any, arguments: dict[str, Any]) -> Any:
        """Call the method and return its result as it is."""
        return getattr(getattr(client, self.resource), self.name)(**{**self.required, **arguments})

    def call(self, client: Any, arguments: dict[str, Any]) -> Any:
        """Call the method and return what its result comes to; a list is read item by item."""
        result = self.begin(client, arguments)
        return [*_some(result)] if isinstance(result, causerie.Page) else result

    async def call_async(self, client: Any, arguments: dict[str, Any]) -> Any:
        """Await what ``call`` does."""
        result = self.begin(client, arguments)
        if not isinstance(result, AsyncListing):
            return await result
        found: list[Any] = []
        async for each in result:
            found.append(each)
            if len(found) == _SOME:
                break
        return found


_SOME = 100


def _some(values: Any) -> Iterator[Any]:
    return (each for each, _ in zip(values, range(_SOME), strict=False))


#: What a caller has to give, by name; any other text is an id.
GIVEN: dict[str, Any] = {
    "items": [{"convoId": "c", "agentId": "a", "transcript": "t", "messageCount": 1}],
    "turns": [("human", "Hello")],
    "user_ids": ["u1"],
    "conversation_ids": ["c1"],
    "path": _FILE,
    "trigger": "each_message",
    "url": "https://hooks.test/",
    "content_type": "text/plain",
}


def operations() -> Iterator[Operation]:
    """Yield every method of every resource of every client."""
    for vendor, make in SYNC.items():
        client = make("key", base_url="https://vendor.test")
        for name, found in [pair for pair in vars(client).items() if pair[0][0] != "_"]:
            for method, declared in methods(type(found)).items():
                yield Operation(vendor, name, method, declared, *_parameters(declared))


def _parameters(method: Method[..., Any, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    required, names = {}, []
    _self, *parameters = inspect.signature(method).parameters.values()
    for parameter in parameters:
        if parameter.kind is parameter.VAR_KEYWORD:
            (fields,) = typing.get_args(typing.get_type_hints(method)[parameter.name])
            names += fields.__annotations__
            required |= dict.fromkeys(fields.__required_keys__, "x")
        else:
            names.append(parameter.name)
            if parameter.default is parameter.empty:
                required[parameter.name] = GIVEN.get(parameter.name, "x1")
    if "email" in names and method.__wrapped__.__qualname__.startswith("Users"):
        required |= {"email": "a@b.c"}
    if "message" in names and "messages" in names:
        required |= {"message": "Hello"}
    return required, tuple(names)


@attrs.frozen
class Reply:
    """What goes over the wire, and whether the connection ends with it."""

    data: bytes
    ends: bool


class Server:
    """Answers every request on a port of this machine with one reply, until it gets another."""

    def __init__(self) -> None:
        self.reply = Reply(b"", ends=True)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        opening = asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._server = asyncio.run_coroutine_threadsafe(opening, self._loop).result(PATIENCE)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *exc: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(PATIENCE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                _, _, length = head.lower().partition(b"\r\ncontent-length:")
                await reader.readexactly(int(length.split(b"\r\n")[0] or 0))
                writer.write(self.reply.data)
                await writer.drain()
                if self.reply.ends:
                    break
        writer.close()


def bodies(chance: random.Random, url: str) -> Iterator[bytes]:
    """Yield, without end, JSON with odd values in odd places, cut, or in other encodings."""
    scalars = [
        b"null",
        b"true",
        b"1e400",
        b"-0",
        b"1" * 400,
        b"0." + b"1" * 40,
        b'"\\ud83d"',
        b'"\xed\xa0\xbd"',
        b"NaN",
    ]
    scalars += [
        b'""',
        b'"x"',
        b"[]",
        b"{}",
        b'{"a":1,"a":2}',
        b'"\\u0000"',
        b"1e-400",
        b"18446744073709551616",
        b"[[1]]",
    ]
    scalars += [b"[" * levels + b"]" * levels for levels in (250, 300, 1000, 1024, 5000)]
    scalars += [b'{"a":' * levels + b'"\\ud83d"' + b"}" * levels for levels in (200, 500, 980, 1023)]
    scalars += [json.dumps(f"{url}/signed?x=1").encode(), b'"https://[::1/"', b'"mailto:a@b.c"', b'"\\ud83d://x"']
    keys = b"data success message messages id ID status error currentPage hasNextPage hasMore nextCursor sessions "
    keys += b"pagination promptId signedUrl storagePath skills totalPages conversationId convoId turns user feedbacks"
    names = keys.split()
    while True:
        parts = [b'"%s":%s' % (chance.choice(names), chance.choice(scalars)) for _ in range(chance.randrange(6))]
        items = [b"{%s}" % b",".join(chance.sample(parts, len(parts))) for _ in range(chance.randrange(3))]
        parts += [b'"%s":[%s]' % (chance.choice([b"data", b"messages", b"sessions"]), b",".join(items))]
        body = chance.choice([b"{%s}" % b",".join(parts), b"[%s]" % b",".join(items), chance.choice(scalars)])
        others = [body[:-1], b"\xef\xbb\xbf" + body, body.decode("latin-1").encode("utf-16"), b""]
        yield chance.choice([body] * 8 + others)


LINES = [b"HTTP/1.1 %d X" % status for status in (200,) * 12 + (201, 204, 205, 206, 299, 304, 400, 401, 404, 429, 500)]
LINES += [b"HTTP/1.1 301 X", b"HTTP/1.0 200 OK", b"HTTP/1.1 999 \xff", b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK"]
LINES += [b"HTTP/9.9 200 OK", b"HTTP/1.1 2000 OK", b"HTTP/1.1 abc", b"HTTP/1.1 -1 X", b"", b"\0", b"HTTP/1.1 101 X"]
TYPES = [b"application/json", b"application/json; charset=rot13", b"text/html; charset=utf-7", b"a/b; charset=idna"]
TYPES += [b"application/json; charset=\xff", b"", b"text/plain; charset=undefined", b'x; charset="', b"a; charset=hex"]
HEADERS = [
    b"Location: localhost:3000/login",
    b"Location: http://[",
    b"Retry-After: 1e999",
    b"Retry-After: -5",
    b"A:\xff",
]
HEADERS += [b"Retry-After: Thu, 99 Foo 99999", b"X-Request-Id: \xe9\x01", b": x", b"no colon", b"Set-Cookie: a=\xff; x"]
HEADERS += [b"X: " + b"y" * 70_000, b"Connection: close", b"Date: never", b" folded: 1", b"X-Request-Id:", b"Link: <"]


@cache
def _bomb() -> bytes:
    """Return 300 KB that become 300 MB."""
    packing = zlib.compressobj(wbits=31)
    return b"".join([*(packing.compress(bytes(2**20)) for _ in range(300)), packing.flush()])


def _encoded(chance: random.Random, body: bytes) -> tuple[bytes, bytes]:
    """Return a content coding and the body, which is not always encoded that way."""
    if chance.random() < 0.02:
        return b"gzip", _bomb()
    return chance.choice(
        [
            (b"gzip", gzip.compress(body)),
            (b"gzip", gzip.compress(body)[:-9]),
            (b"gzip", body),
            (b"deflate", zlib.compress(body)),
            (b"gzip, deflate", zlib.compress(gzip.compress(body))),
            (b"br", body),
            (b"zstd", body),
            (b"none\xff", body),
            (b"gzip", gzip.compress(b" " * 2**21 + body)),
        ]
    )


def _framed(chance: random.Random, body: bytes) -> tuple[bytes, bytes, bool]:
    """Return a header that says how long the body is, the body as sent, and whether the connection has to end."""
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
    length = b"Content-Length: %d"
    return chance.choice(
        [
            (length % len(body), body, False),
            (length % len(body), body, False),
            (length % len(body), body, False),
            (length % (len(body) + 1), body, True),
            (length % max(0, len(body) - 1), body, True),
            (b"Content-Length: -1", body, True),
            (b"Content-Length: 1e3", body, True),
            (b"Content-Length: 1\r\nContent-Length: 2", body, True),
            (b"Transfer-Encoding: chunked", chunked, False),
            (b"Transfer-Encoding: chunked", chunked[:-3], True),
            (b"Transfer-Encoding: chunked", b"zz\r\n" + body, True),
            (b"Transfer-Encoding: gzip", body, True),
            (b"Transfer-Encoding: chunked\r\nContent-Length: 3", chunked, True),
            (b"X-No-Length: 1", body, True),
        ]
    )


def replies(chance: random.Random, url: str) -> Iterator[Reply]:
    """Yield, without end, answers that a server may send: most of them have one odd part, some several."""
    for body in bodies(chance, url):
        is_odd = [chance.random() < share for share in (0.2, 0.2, 0.2, 0.2)]
        line = chance.choice(LINES) if is_odd[0] else b"HTTP/1.1 200 OK"
        headers = [b"Content-Type: " + (chance.choice(TYPES) if is_odd[1] else b"application/json")]
        headers += chance.sample(HEADERS, chance.randrange(1, 3)) if is_odd[1] else []
        coding, sent = _encoded(chance, body) if is_odd[2] else (b"", body)
        headers += [b"Content-Encoding: " + coding] if coding else []
        framing, sent, ends = _framed(chance, sent) if is_odd[3] else (b"Content-Length: %d" % len(sent), sent, False)
        ends = ends or is_odd[0] or is_odd[1]
        yield Reply(b"\r\n".join([line, *headers, framing, b"", sent]), ends)


def read_through(value: Any) -> None:
    """Read all that there is to read. Raises what the reader of an answer would see, except ``DecodeError``."""
    if isinstance(value, list):
        for each in value:
            if isinstance(each, Model | causerie.Outcome):
                read_through(each)
    elif isinstance(value, causerie.Outcome):
        read_through(value.error if value.value is None else value.value)
    elif isinstance(value, causerie.CauserieError):
        repr(value)
        str(value).encode()
        getattr(value, "retry_after", None)
    elif isinstance(value, Model):
        repr(value)
        type(value).from_json(value.to_json())
        type(value).from_dict(value.to_dict())
        for field in attrs.fields(type(value)):
            with suppress(DecodeError):
                read_through(getattr(value, field.name))


def fault_of(call: Callable[[], Any]) -> str | None:
    """Call, and read all that comes of it; return what went wrong, if anything did."""
    try:
        try:
            with bounded():
                value = call()
        except causerie.CauserieError as error:
            value = error
        read_through(value)
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return f"{type(error).__name__}: {error}"
    return None


def faults_of_answers(transport: str, chance: random.Random, number: int) -> Iterator[tuple[Operation, bytes, str]]:
    """Make so many calls with one transport, and yield those that went wrong, with the answer and the fault."""
    every = [*operations()]
    with Server() as server, _calling(transport, server.url) as call:
        for _, reply in zip(range(number), replies(chance, server.url), strict=False):
            operation = chance.choice(every)
            server.reply = reply
            arguments = {"timeout": 0.5} if "timeout" in operation.parameters else {}
            if fault := fault_of(partial(call, operation, arguments)):
                yield operation, reply.data, fault


@contextmanager
def _calling(transport: str, url: str) -> Iterator[Callable[[Operation, dict[str, Any]], Any]]:
    """Yield a function that makes a call with the clients of this transport."""
    settings: dict[str, Any] = {"base_url": url, "retry": ONCE, "timeout": 2}
    library = transport.rsplit(maxsplit=1)[-1]
    if library != "httpx":
        settings["transport"] = library
    if transport in {"httpx", "httpx2"}:
        clients = {vendor: make("key", **settings) for vendor, make in SYNC.items()}
        yield lambda operation, arguments: operation.call(clients[operation.vendor], arguments)
        for client in clients.values():
            client.close()
        return
    with asyncio.Runner() as runner:

        async def opened() -> dict[str, Any]:
            return {vendor: make("key", **settings) for vendor, make in ASYNC.items()}

        awaited = runner.run(opened())
        yield lambda operation, arguments: runner.run(operation.call_async(awaited[operation.vendor], arguments))
        for client in awaited.values():
            runner.run(client.close())


def _peak() -> int:
    """Return how many MiB this process has taken at most. ``getrusage`` would count its parent process, too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", status)
    return int(kilobytes) // 1024


def main(transport: str, number: str, seed: str) -> int:
    """Print what went wrong: 0 when nothing did."""
    faults: dict[str, str] = {}
    with causerie.testing.no_waiting():
        for operation, reply, fault in faults_of_answers(transport, random.Random(int(seed)), int(number)):
            faults.setdefault(f"{operation} <- {reply[:300]!r}", fault)
    peak = _peak()
    if peak >= MEMORY_MAX:
        faults["memory"] = f"{peak} MiB at the peak"
    for place, fault in faults.items():
        print(f"{place}: {fault}"[:500])  # noqa: T201
    print(f"{int(number):,} answers over {transport}: {len(faults)} faults, {peak} MiB, seed {seed}")  # noqa: T201
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
