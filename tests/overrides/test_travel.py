"""Clients and errors where programs put them: process pools, threads, tasks, telemetry."""

from __future__ import annotations

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import httpx
import pytest

import causerie

from .conftest import Vendor, json
from .test_errors import ERRORS


def fail(status: int) -> Any:
    """Make a call that fails, in another process."""
    with causerie.Raia(
        "k", transport=Vendor(json({"name": "X", "message": "m"}, status)), retry=causerie.Retry(attempts=1)
    ) as raia:
        return raia.conversations.get("c1")


def give_back(error: Exception) -> Exception:
    """Take an error along to another process and back."""
    return error


def test_process_pool() -> None:
    """Errors cross a process pool in both directions, and do not hang it."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        with pytest.raises(causerie.NotFoundError, match="answered 404, X, m"):
            pool.submit(fail, 404).result(timeout=60)
        arrived = [pool.submit(give_back, error).result(timeout=60) for error in ERRORS]

    assert [(type(error), str(error)) for error in ERRORS] == [(type(error), str(error)) for error in arrived]


def echo(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"id": request.url.path.rsplit("/", 1)[1]})


def test_threads() -> None:
    """32 threads share a client, and each gets its own answers."""
    ids = [f"c{number}" for number in range(1000)]
    with causerie.Raia("k", transport=Vendor(echo)) as client, ThreadPoolExecutor(32) as pool:
        assert ids == [conversation.id for conversation in pool.map(client.conversations.get, ids)]


def test_tasks() -> None:
    """1,000 tasks share a client, and each gets its own answer."""
    ids = [f"c{number}" for number in range(1000)]

    async def gather() -> list[str]:
        async with causerie.AsyncRaia("k", transport=Vendor(echo)) as client:
            return [c.id for c in await asyncio.gather(*map(client.conversations.get, ids))]

    assert ids == asyncio.run(gather())


def test_sockets_are_shared() -> None:
    """So do threads and tasks at once, over real sockets, on the mock."""
    from causerie_mock import RAIA_KEYS, Mock, serve

    def titled(raia: Any, number: int) -> Any:
        return raia.conversations.create(f"u{number % 7}", title=f"t{number}")

    async def gather(url: str) -> list[str]:
        async with causerie.AsyncRaia(RAIA_KEYS[0], base_url=url) as raia:
            return [each.title for each in await asyncio.gather(*(titled(raia, number) for number in range(100)))]

    with serve([Mock("raia", check=True)]) as urls:
        with causerie.Raia(RAIA_KEYS[0], base_url=urls["raia"]) as raia, ThreadPoolExecutor(32) as pool:
            threads = [each.title for each in pool.map(lambda number: titled(raia, number), range(200))]
        tasks = asyncio.run(gather(urls["raia"]))

    assert [f"t{number}" for number in range(200)] == threads
    assert [f"t{number}" for number in range(100)] == tasks


def test_opentelemetry() -> None:
    """OpenTelemetry's instrumentation of httpx sees every attempt, with its status and no credential."""
    from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    from causerie_mock import RAIA_KEYS, Mock, serve

    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    try:
        with serve([Mock("raia")]) as urls, causerie.Raia(RAIA_KEYS[0], base_url=urls["raia"]) as raia:
            raia.conversations.states()
    finally:
        instrumentor.uninstrument()
    (span,) = exporter.get_finished_spans()
    shown = span.to_json()

    assert "GET" == span.name
    assert "200" in shown
    assert RAIA_KEYS[0] not in shown
