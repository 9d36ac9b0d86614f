"""What a server of a live run, or of a document, answers is unpacked no further than is wanted."""

from __future__ import annotations

import gzip
import itertools
import re
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_contract._settings import Live
from causerie_spec import source
from causerie_spec.body import Body
from causerie_spec.source import read
from tests.contract.servers import FAST, Server, hold

MIB = 2**20


class Network(httpx.SyncByteStream, httpx.AsyncByteStream):
    """Brings chunks."""

    def __init__(self, *chunks: bytes) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        yield from self._chunks

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks:
            yield chunk


BOMBS = {
    "plain": ({}, [bytes(MIB)] * 128),
    "gzip": ({"content-encoding": "gzip"}, [gzip.compress(bytes(128 * MIB))]),
    "deflate": ({"content-encoding": "Deflate"}, [zlib.compress(bytes(128 * MIB))]),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_guard(bomb: str) -> None:
    """A live run calls an answer of 128 MiB unreadable, and holds no more of it than its limit."""
    headers, chunks = BOMBS[bomb]

    async def explode(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers=headers, stream=Network(*chunks))

    tracemalloc.start()
    try:
        result = hold(Server(explode), Live(**FAST, budget=1))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert [True] == [
        re.search(r"TooMuch: The answer cannot be read: (decompressed, )?it is longer than 16777216 bytes\.$", error)
        is not None
        for error in result.errors
    ]
    assert peak < 64 * MIB


@pytest.mark.parametrize("bomb", BOMBS)
def test_document(bomb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a document that is fetched."""
    headers, chunks = BOMBS[bomb]
    client = httpx.Client(
        transport=httpx.MockTransport(lambda _: httpx.Response(200, headers=headers, stream=Network(*chunks)))
    )
    monkeypatch.setattr(httpx, "stream", client.stream)
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=r"^https://example.com/openapi.json has more than 20 MB"):
            read("https://example.com/openapi.json")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 64 * MIB


def test_slow_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that comes too slowly is refused, too."""
    client = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, stream=Network(b"{", b"}"))))
    monkeypatch.setattr(httpx, "stream", client.stream)
    monkeypatch.setattr(source, "SECONDS", -1.0)
    with pytest.raises(ValueError, match="or takes longer than"):
        read("https://example.com/openapi.json")


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("br", b"{}"), ("gzip, gzip", b"{}"), ("gzip", b"no gzip"), ("gzip", gzip.compress(b"a" * 1000)[:-9])],
    ids=["br", "twice", "no gzip", "broken off"],
)
def test_what_cannot_be_unpacked(encoding: str, body: bytes) -> None:
    """What is packed otherwise, not packed at all, or ends too soon, is an error."""
    response = httpx.Response(200, headers={"content-encoding": encoding}, stream=Network(body))

    def whole() -> bytes:
        found = Body(response, MIB)
        found.add(body)
        return found.whole()

    with pytest.raises(httpx.DecodingError):
        whole()


@given(
    data=st.binary(max_size=5000), packing=st.sampled_from(["", "identity", "gzip", "deflate"]), cut=st.integers(0, 99)
)
def test_unpacked(data: bytes, packing: str, cut: int) -> None:
    """Whatever was packed, however it is cut on its way, is read as it was."""
    packed = {"gzip": gzip.compress, "deflate": zlib.compress}.get(packing, bytes)(data)
    headers = {"content-encoding": packing} if packing else {}
    body = Body(httpx.Response(200, headers=headers, stream=Network()), len(data))
    for start, end in itertools.pairwise([0, min(cut, len(packed)), len(packed)]):
        body.add(packed[start:end])

    assert data == body.whole()
