"""Answers that are read while they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_codegen.runtime.model import DecodeError
from causerie_codegen.runtime.request import Request
from causerie_codegen.runtime.stream import AsyncStream, Client, Event, Events, Stream, StreamRefused

EXAMPLES = {
    b"data: a\n\n": [Event("a")],
    b"data:a\n\ndata:  b\n\n": [Event("a"), Event(" b")],
    b"data: a\ndata: b\ndata\n\n": [Event("a\nb\n")],
    b"data\n\n": [Event("")],
    b": a comment\nevent: added\nid: 1\nretry: 500\ndata: {}\n\ndata: b\n\n": [
        Event("{}", "added", "1", 500),
        Event("b", id="1"),
    ],
    b"event: a\n\ndata: b\n\n": [Event("b")],
    b"id: 1\ndata: a\n\nid\ndata: b\n\n": [Event("a", id="1"), Event("b")],
    b"id: 1\x00\nretry: soon\nother: x\ndata: a\n\n": [Event("a")],
    b"data: a\r\n\r\ndata: b\r\rdata: c\n\n": [Event("a"), Event("b"), Event("c")],
    b"\r\n\ndata: a\r\n\n": [Event("a")],
    "\ufeffdata: é\u2028\x0b\n\n".encode(): [Event("é\u2028\x0b")],
    b"data: \xff\n\n": [Event("\ufffd")],
    b"data: a\n\ndata: not complete\n": [Event("a")],
    b"": [],
}


@given(example=st.sampled_from([*EXAMPLES]), cuts=st.lists(st.integers(0, 80)))
def test_events(example: bytes, cuts: list[int]) -> None:
    """Events are the same wherever the pieces end in which they come."""
    reader = Events()
    places = [0, *sorted(cuts), len(example)]
    found = [event for start, end in pairwise(places) for event in reader.feed(example[start:end])]

    assert EXAMPLES[example] == found


def test_json_of_an_event() -> None:
    """The data is read as JSON, or said not to be any."""
    assert {"a": 1} == Event('{"a": 1}').json()
    with pytest.raises(DecodeError, match=r"^Event\.data: not JSON: "):
        Event("[DONE]").json()


REQUEST: Request[Any, Any] = Request("get_conversation", "GET", "/c/{id}", "/c/1", {})
PIECES = (b"data: a\n\n", b"data: b", b"\n\n")


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in pieces, which says how many of them were taken, and may break."""

    def __init__(self, *, breaks: bool = False) -> None:
        self.breaks = breaks
        self.taken = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in PIECES:
            self.taken += 1
            yield piece
        if self.breaks:
            raise httpx.ReadError("broken")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


def blocking(body: Body, use: Callable[[Stream], Any], status: int = 200) -> Any:
    transport = httpx.MockTransport(lambda _: httpx.Response(status, stream=body, headers={"x": "y"}))
    with (
        Client("https://vendor.test", httpx_args={"transport": transport}) as client,
        client.stream(REQUEST) as stream,
    ):
        assert (200, "y") == (stream.status_code, stream.headers["x"])
        return use(stream)


def awaited(body: Body, use: Callable[[AsyncStream], Any], status: int = 200) -> Any:
    transport = httpx.MockTransport(lambda _: httpx.Response(status, stream=body, headers={"x": "y"}))

    async def run() -> Any:
        async with (
            Client("https://vendor.test", httpx_args={"transport": transport}) as client,
            client.stream_async(REQUEST) as stream,
        ):
            assert (200, "y") == (stream.status_code, stream.headers["x"])
            used = use(stream)
            return [each async for each in used] if hasattr(used, "__aiter__") else await used

    return asyncio.run(run())


@pytest.mark.parametrize("run", [blocking, awaited])
def test_pieces(run: Any) -> None:
    """The body comes in pieces, or as events."""
    taken = (lambda used: [*used]) if run is blocking else (lambda used: used)

    assert b"".join(PIECES) == b"".join(run(Body(), taken))
    assert [Event("a"), Event("b")] == run(Body(), lambda stream: taken(stream.events()))


def test_while_it_comes() -> None:
    """An event is there before the next piece is."""
    body = Body()

    assert (Event("a"), 1) == blocking(body, lambda stream: (next(stream.events()), body.taken))


@pytest.mark.parametrize("run", [blocking, awaited])
def test_save(run: Any, tmp_path: Path) -> None:
    """A file is whole, or as it was before; nothing else is left."""
    path = tmp_path / "a.bin"
    path.write_bytes(b"before")
    with pytest.raises(httpx.ReadError):
        run(Body(breaks=True), lambda stream: stream.save(path))

    assert (b"before", [path]) == (path.read_bytes(), [*tmp_path.iterdir()])
    run(Body(), lambda stream: stream.save(path))
    assert (b"".join(PIECES), [path]) == (path.read_bytes(), [*tmp_path.iterdir()])


@pytest.mark.parametrize("run", [blocking, awaited])
def test_no_success(run: Any) -> None:
    """An answer that is no success is an error with all of it, and never saved."""
    with pytest.raises(StreamRefused, match="get_conversation: the answer has status 404") as caught:
        run(Body(), lambda stream: stream, 404)

    assert (404, b"".join(PIECES)) == (caught.value.status_code, caught.value.content)
