"""What may have been processed is not sent again, whatever a redirect, a hook, a transport or a decoder raises."""

from __future__ import annotations

import asyncio
import gzip
from typing import Any
from unittest import mock

import aiohttp
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import causerie
from causerie import _aiohttp
from causerie._response import Response

from . import answering
from .kinds import KINDS
from .processed import LENT, TABLES, observe

CELLS = {name: list(make()) for name, make in TABLES.items()}


@pytest.mark.parametrize("kind", [*KINDS, *LENT])
@pytest.mark.parametrize("table", TABLES)
def test_processed(table: str, kind: str) -> None:
    """Each POST reaches the server as often as its cell says: once, wherever it was processed."""
    cells = [cell for cell in CELLS[table] if kind in cell.kinds]

    assert {cell.name: cell.expected_of(kind) for cell in cells} == observe(cells, kind)


def test_complete() -> None:
    """The table has every status with every Location, and no two cells of one name."""
    names = [cell.name for cells in CELLS.values() for cell in cells]

    assert 5 * 12 == len(CELLS["redirects"])
    assert len(set(names)) == len(names)


def test_expected() -> None:
    """What the cells expect follows one rule: only what was not processed is repeated."""
    expected = [cell.expected for cells in CELLS.values() for cell in cells]
    unprocessed = [each for each in expected if each.raised == "RateLimitError" or each.was_sent is False]

    assert unprocessed == [each for each in expected if each.attempts > 1]


@pytest.mark.parametrize("pieces", [[b"x\r\n"], [b"1\r\n{", b"}\r\n0\r\n\r\n"], [b"1\r\n{\r\n", b"\x00"]])
def test_chunk_of_aiohttp(pieces: list[bytes]) -> None:
    """A broken chunk is an error for what reads the body, however late after the head it comes."""

    async def read() -> None:
        protocol = _aiohttp._Protocol(loop=asyncio.get_running_loop())
        protocol.connection_made(mock.Mock(asyncio.Transport))
        protocol.set_response_params(read_until_eof=True, auto_decompress=False)
        protocol.data_received(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        _, body = await protocol.read()
        reading = asyncio.ensure_future(body.read())
        for piece in pieces:
            await asyncio.sleep(0)
            protocol.data_received(piece)
        with pytest.raises(aiohttp.ClientError):
            await reading

    asyncio.run(read())


def test_what_a_hook_has_read() -> None:
    """The vendor's words come along, as they were unpacked."""

    def refuse(response: httpx.Response) -> None:
        response.read()
        response.raise_for_status()

    body = gzip.compress(b'{"message":"There is no such conversation."}')
    pieces = answering.answer(404, body, "Content-Encoding: gzip")
    with (
        answering.Server(pieces) as server,
        httpx.Client(event_hooks={"response": [refuse]}) as http_client,
        causerie.Raia("k", base_url=server.url, http_client=http_client) as raia,
        pytest.raises(causerie.NotFoundError, match=r"There is no such conversation\."),
    ):
        raia.conversations.get("c1")

    assert 1 == len(server.requests)


def test_requests_of_the_caller() -> None:
    """A client that is lent goes on doing its own work as before: it follows redirects and calls its hooks."""
    seen: list[int] = []

    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"id": "c1"}) if request.url.path != "/" else httpx.Response(302, headers=moved)

    moved = {"location": "/there"}
    hooks: dict[str, list[Any]] = {"response": [lambda response: seen.append(response.status_code)]}
    transport = httpx.MockTransport(handle)
    with httpx.Client(transport=transport, event_hooks=hooks, follow_redirects=True) as http_client:
        raia = causerie.Raia("k", base_url="http://vendor.test", http_client=http_client)
        raia.conversations.get("c1")
        raia.conversations.get("c1")
        response = http_client.get("http://vendor.test/")

    assert 200 == response.status_code
    assert [200, 200, 302, 200] == seen
    assert 2 == len(http_client.event_hooks["response"])


@given(st.decimals(0, 10**6, places=3).map(str))
def test_fraction(seconds: str) -> None:
    """``Retry-After`` with a fraction is the time that it says."""
    body = causerie._errors.ErrorBody(None, None, [])
    error = causerie.RateLimitError(Response("GET /", 429, {"retry-after": seconds}, b""), body)

    assert float(seconds) == error.retry_after
