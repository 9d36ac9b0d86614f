"""An answer is read up to a limit, whatever it says of itself and however it is packed, in no more memory than that."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

import causerie
from causerie import (
    _aiohttp,  # noqa: F401 - loaded before memory is counted
    _body,
)
from causerie.testing import no_waiting

from .answering import Server, answer
from .conftest import Caller, json, raw
from .kinds import BLOCKING, KINDS, chosen, library
from .test_errors import get

MIB = 2**20
PIECE = bytes(MIB)
PIECES = 64


def pack(pieces: Iterable[bytes], wbits: int) -> bytes:
    """Pack the pieces: 31 bits mean gzip, 15 deflate, and -15 deflate without its frame."""
    packer = zlib.compressobj(wbits=wbits)
    return b"".join(map(packer.compress, pieces)) + packer.flush()


PACK: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress}
ONCE = pack(itertools.repeat(PIECE, PIECES), 31)
EMPTY_BLOCK = b"\0\0\0\xff\xff"
NOTHING = gzip.compress(b"")[:10], *itertools.repeat(EMPTY_BLOCK * (MIB // 5), 16)
"""A gzip file of empty blocks, which has no content."""


def chunked(pieces: Iterable[bytes], *headers: str) -> list[bytes]:
    """Return the bytes of an answer that does not say how long it is."""
    head = "\r\n".join(["HTTP/1.1 200 OK", "Transfer-Encoding: chunked", *headers]).encode()
    chunks = [part for piece in pieces for part in (b"%x\r\n" % len(piece), piece, b"\r\n")]
    return [head + b"\r\n\r\n", *chunks, b"0\r\n\r\n"]


# A piece is in memory once, however often it is sent.
BOMBS: dict[str, Any] = {
    "plain": [b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (PIECES * MIB), *itertools.repeat(PIECE, PIECES)],
    "chunked": chunked(itertools.repeat(PIECE[:65536], PIECES * 16)),
    "endless": [b"HTTP/1.1 200 OK\r\n\r\n", *itertools.repeat(PIECE, PIECES)],
    "gzip": answer(200, ONCE, "Content-Encoding: gzip"),
    "deflate": answer(200, pack(itertools.repeat(PIECE, PIECES), 15), "Content-Encoding: deflate"),
    "bare deflate": answer(200, pack(itertools.repeat(PIECE, PIECES), -15), "Content-Encoding: deflate"),
    "chunked gzip": chunked([ONCE], "Content-Encoding: gzip"),
    "gzip in gzip": answer(200, gzip.compress(ONCE), "Content-Encoding: gzip, gzip"),
    "gzip in deflate": answer(200, zlib.compress(ONCE), "Content-Encoding: gzip, deflate"),
    "nothing, packed twice": answer(200, pack(NOTHING, 31), "Content-Encoding: gzip, gzip"),
    "nothing": [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", *NOTHING],
    "404": answer(404, ONCE, "Content-Encoding: gzip"),
    "503": answer(503, ONCE, "Content-Encoding: gzip"),
}


def call(kind: str, url: str, use: Callable[[Any], Any], **options: Any) -> Any:
    """Return what the call returns, with one of the kinds of client."""
    options |= chosen(kind)
    if kind in BLOCKING:
        with causerie.Raia("k", base_url=url, **options) as raia:
            return use(raia)

    async def awaited() -> Any:
        async with causerie.AsyncRaia("k", base_url=url, **options) as raia:
            return await use(raia)

    return asyncio.run(awaited())


@pytest.mark.parametrize(
    ("bomb", "kind", "method"),
    [
        (bomb, kind, method)
        for bomb, kind, method in itertools.product(BOMBS, KINDS, ("GET", "POST"))
        if "httpx2" not in kind or (bomb, method) in {("plain", "GET"), ("gzip in gzip", "POST")}
    ],
)
def test_bomb(bomb: str, kind: str, method: str) -> None:
    """64 MiB are refused after the first of them, by one request, whatever its method; none of them is held."""
    use = get if method == "GET" else lambda raia: raia.messages.send("c1", "Hello")
    with Server(BOMBS[bomb]) as server, no_waiting():
        tracemalloc.start()
        try:
            with pytest.raises(causerie.APIResponseTooLargeError) as caught:
                call(kind, server.url, use, max_response_bytes=MIB, retry=causerie.Retry(unsafe=True))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    status = bomb if bomb.isdecimal() else "200"

    assert 1 == len(server.requests)
    assert caught.value.was_sent
    assert str(caught.value).endswith(
        f": answered {status}, with more than 1048576 bytes: to read them, raise max_response_bytes"
    )
    assert peak < 6 * MIB


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, BR", ", ".join(["gzip"] * 6)])
def test_packings_that_have_no_bound(encoding: str, kind: str) -> None:
    """What cannot be unpacked in steps was not asked for, and is an error."""
    refused = pytest.raises(causerie.APIConnectionError, match="DecodingError: the answer is packed")
    with Server(answer(200, b"{}", f"Content-Encoding: {encoding}")) as server, refused:
        call(kind, server.url, get, retry=causerie.Retry(attempts=1))

    assert b"accept-encoding: gzip, deflate\r\n" in server.requests[0].lower()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b"no gzip", "gzip"),
        (b"\xff\xff\xff", "deflate"),
        (ONCE[:100], "gzip"),
        (ONCE[:1], "gzip"),
        (gzip.compress(ONCE[:100]), "gzip, gzip"),
    ],
    ids=["no gzip", "no deflate", "broken off", "a byte", "broken off within"],
)
def test_what_cannot_be_unpacked(body: bytes, encoding: str, kind: str) -> None:
    """Bytes that are not packed as the answer says, and those that end too soon, are an error."""
    refused = pytest.raises(causerie.APIConnectionError, match="DecodingError")
    with Server(answer(200, body, f"Content-Encoding: {encoding}")) as server, refused:
        call(kind, server.url, get, retry=causerie.Retry(attempts=1))


@pytest.mark.parametrize("kind", ["sync", "async", "sync httpx2", "async httpx2"])
def test_own_client(kind: str) -> None:
    """A client of the caller's is asked for no other packing, and held to the same limit."""
    with Server(BOMBS["gzip in gzip"]) as server:
        made = library(kind).Client if kind in BLOCKING else library(kind).AsyncClient
        http_client = made(headers={"accept-encoding": "br"})

        def use(client: Any) -> Any:
            return client.with_options(max_response_bytes=MIB).conversations.get("c1")

        with pytest.raises(causerie.APIResponseTooLargeError):
            call(kind.split(maxsplit=1)[0], server.url, use, http_client=http_client)

    assert b"accept-encoding: gzip, deflate\r\n" in server.requests[0].lower()


def test_what_a_hook_has_read() -> None:
    """A hook of the caller's client may read an answer first: it is measured all the same, and read once."""
    hooks = {"response": [lambda response: response.read()]}
    packed = answer(200, gzip.compress(b'{"id": "c1"}'), "Content-Encoding: gzip")
    with Server(packed) as server, httpx.Client(event_hooks=hooks) as http_client:
        raia = causerie.Raia("k", base_url=server.url, http_client=http_client)
        found = raia.conversations.get("c1").id
        with pytest.raises(causerie.APIResponseTooLargeError):
            raia.with_options(max_response_bytes=11).conversations.get("c1")

    assert "c1" == found


@given(
    data=st.binary(max_size=300_000) | st.integers(0, 300_000).map(bytes),
    packings=st.lists(st.sampled_from([*PACK, "identity", "utf-8"]), max_size=5),
    cuts=st.lists(st.integers(0, 3000), max_size=5),
    bare=st.booleans(),
)
def test_unpacked(data: bytes, packings: list[str], cuts: list[int], bare: bool) -> None:
    """What was packed, however often and however it is cut on its way, is read as it was, in small pieces."""
    body = data
    for packing in packings:
        is_bare = bare and packing == "deflate"
        body = pack([body], -15) if is_bare else PACK.get(packing, bytes)(body)
    edges = [0, *sorted(min(cut, len(body)) for cut in cuts), len(body)]
    chunks = [body[start:end] for start, end in itertools.pairwise(edges)]
    headers = {"content-encoding": ", ".join(packings)} if packings else {}

    class Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            return iter(chunks)

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for chunk in chunks:
                yield chunk

    def response() -> httpx.Response:
        return httpx.Response(200, headers=headers, stream=Stream())

    most = max(len(data), len(body)) + 200

    async def awaited() -> bytes:
        return await _body.read_async(response(), most)

    assert data == _body.read(response(), most)
    assert data == asyncio.run(awaited())
    if {"gzip", "x-gzip", "deflate"} & set(packings):
        assert all(len(piece) <= _body.STEP for piece in _body.pieces(response(), most))


@pytest.mark.parametrize("kind", KINDS)
def test_exactly(kind: str) -> None:
    """An answer as long as the limit is read, packed or not, and one that is longer by a byte is not."""
    body = b'{"id": "c1"}'.ljust(1000)
    refused = pytest.raises(causerie.APIResponseTooLargeError)
    packed = answer(200, gzip.compress(body), "Content-Encoding: gzip")
    for pieces in (answer(200, body), packed):
        with Server(pieces) as server:
            found = call(kind, server.url, get, max_response_bytes=len(body))
            with refused:
                call(kind, server.url, get, max_response_bytes=len(body) - 1)

        assert "c1" == found.id


@pytest.mark.parametrize("kind", KINDS)
def test_files_have_no_limit(kind: str, tmp_path: Path) -> None:
    """A file goes to the disk as it comes, unpacked in steps; what a storage says of a failure has the limit."""
    file = tmp_path / "a.png"
    with Server(BOMBS["gzip in gzip"]) as storage, Server() as server:
        server.pieces = answer(200, orjson.dumps({"signedUrl": storage.url, "fileId": "f1"}))
        use = lambda raia: raia.files.download("c1", "f1", file)  # noqa: E731
        tracemalloc.start()
        try:
            call(kind, server.url, use, max_response_bytes=MIB)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        storage.pieces = BOMBS["404"]
        with pytest.raises(causerie.APIResponseTooLargeError):
            call(kind, server.url, use, max_response_bytes=MIB)

    assert PIECES * MIB == file.stat().st_size
    assert peak < 6 * MIB


def test_small_pieces() -> None:
    """An answer that comes byte by byte takes no more memory than its bytes, in blocks and as a whole."""
    body = bytes(range(256)) * 400
    response = httpx.Response(200, stream=Pieces(body[each : each + 1] for each in range(len(body))))
    tracemalloc.start()
    try:
        found = _body.read(response, MIB)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert body == found
    assert peak < 3 * len(body)


class Pieces(httpx.SyncByteStream):
    """What comes over the wire, in pieces."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces


@pytest.mark.parametrize("value", [0, -1, 1.5, "64", True, None])
def test_no_number(value: Any) -> None:
    """What is no number of bytes is refused by name."""
    with pytest.raises(
        causerie.ArgumentError, match=r"^max_response_bytes: .* is not a number of bytes: give 1 or more"
    ):
        causerie.Raia("k", max_response_bytes=value)


LONG = "A" * 10**6


@pytest.mark.parametrize(
    "answered",
    [
        json({"message": LONG, "code": LONG, "issues": [LONG]}, 400),
        json({"message": [LONG], "statusCode": LONG, "error": LONG}, 401),
        raw(LONG.encode(), 500),
        json([LONG], 200),
        json({LONG: 1, "id": {LONG: LONG}}, 200),
        json({}, 302, location=f"http://{LONG}"),
        json({}, 404, **{"x-request-id": LONG}),
    ],
)
def test_texts_have_a_bound(answered: Any, caller: Caller) -> None:
    """What a vendor says does not make an error's text as long as the answer."""

    def use(client: Any) -> Any:
        return client.with_options(validate=True).conversations.get("c1")

    with pytest.raises(causerie.CauserieError) as caught:
        caller("raia", use, answered)

    assert len(str(caught.value)) < 10_000
    assert len(repr(caught.value)) < 10_000


@pytest.mark.parametrize(
    "error",
    [
        causerie.ReplyTimeoutError(LONG, LONG, 1),
        causerie.ReplyTimeoutError(None, LONG, 1),
        causerie.ReplyFailedError(LONG, None, LONG),
        causerie.ReplyFailedError(LONG, LONG, LONG),
        causerie.APIConnectionError("GET /", LONG),
        causerie.ArgumentError("id", LONG),
    ],
)
def test_so_do_other_errors(error: causerie.CauserieError) -> None:
    """Nor does an id that a vendor has made, or an argument."""
    assert len(str(error)) < 10_000
    assert len(repr(error)) < 10_000
