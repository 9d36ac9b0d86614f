"""One call on loopback, blocking and async: the SDK beside the HTTP libraries it stands on, and beside its peers.

The server is another process that answers the same bytes to everything. Every candidate takes its turn in every round
of one process; CPU is this process's, user and system, so the server is not in it. Medians over the rounds.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import aiohttp
import httpx
import httpx2
import orjson
import requests
from rich.console import Console
from rich.table import Table

import causerie
from payloads import payloads
from peers import openapi_generator, pydantic_types

ROUNDS = 25
CALLS = 60
VENDOR, COMPONENT, VALUE = payloads()["small"]
BODY = orjson.dumps(VALUE)
PATH = "/agents/agent123/convos/agent123_convo456"
HEADERS = {"Authorization": "Bearer k"}
Times = tuple[float, float]

SERVER = """
import sys, uvicorn
body = sys.stdin.buffer.readline().strip()
head = {"type": "http.response.start", "status": 200, "headers": [
    (b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]}
async def app(scope, receive, send):
    await send(head)
    await send({"type": "http.response.body", "body": body})
uvicorn.run(app, port=int(sys.argv[1]), log_level="error", lifespan="off")
"""


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Return a server that answers the payload, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], stdin=subprocess.PIPE)
    try:
        assert process.stdin is not None
        process.stdin.write(BODY + b"\n")
        process.stdin.close()
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def blocking(url: str, stack: contextlib.ExitStack) -> dict[str, Callable[[], Any]]:
    raw = stack.enter_context(httpx.Client(headers=HEADERS))
    raw2 = stack.enter_context(httpx2.Client(headers=HEADERS))
    session = stack.enter_context(requests.Session())
    session.headers.update(HEADERS)
    ours = stack.enter_context(causerie.Convocore("k", base_url=url))
    ours2 = stack.enter_context(causerie.Convocore("k", base_url=url, transport="httpx2"))
    model = pydantic_types(VENDOR).component(COMPONENT)
    steps: dict[str, Callable[[], Any]] = {
        "httpx + json": lambda: raw.get(url + PATH).json(),
        "Causerie": lambda: ours.conversations.get("agent123", "agent123_convo456").user_name,
        'Causerie, transport="httpx2"': lambda: ours2.conversations.get("agent123", "agent123_convo456").user_name,
        "httpx2 + json": lambda: raw2.get(url + PATH).json(),
        "httpx + pydantic v2": lambda: model.model_validate_json(raw.get(url + PATH).content),
        "requests + json": lambda: session.get(url + PATH).json(),
    }
    if openapi_generator(VENDOR) is not None:
        theirs = importlib.import_module(f"generated_{VENDOR}")
        client = stack.enter_context(theirs.ApiClient(theirs.Configuration(host=url, access_token="k")))
        api = theirs.ConversationsApi(client)
        steps["openapi-generator"] = lambda: api.get_conversation("agent123", "agent123_convo456")
    return steps


async def awaiting(url: str, stack: contextlib.AsyncExitStack) -> dict[str, Callable[[], Awaitable[Any]]]:
    raw = await stack.enter_async_context(httpx.AsyncClient(headers=HEADERS))
    raw2 = await stack.enter_async_context(httpx2.AsyncClient(headers=HEADERS))
    ours = await stack.enter_async_context(causerie.AsyncConvocore("k", base_url=url))
    ours2 = await stack.enter_async_context(causerie.AsyncConvocore("k", base_url=url, transport="httpx2"))
    fast = await stack.enter_async_context(causerie.AsyncConvocore("k", base_url=url, transport="aiohttp"))
    session = await stack.enter_async_context(aiohttp.ClientSession(headers=HEADERS))

    async def httpx_json() -> Any:
        return (await raw.get(url + PATH)).json()

    async def httpx2_json() -> Any:
        return (await raw2.get(url + PATH)).json()

    async def aiohttp_json() -> Any:
        async with session.get(url + PATH) as response:
            return await response.json()

    return {
        "httpx + json": httpx_json,
        "Causerie": lambda: ours.conversations.get("agent123", "agent123_convo456"),
        'Causerie, transport="httpx2"': lambda: ours2.conversations.get("agent123", "agent123_convo456"),
        'Causerie, transport="aiohttp"': lambda: fast.conversations.get("agent123", "agent123_convo456"),
        "httpx2 + json": httpx2_json,
        "aiohttp + json": aiohttp_json,
    }


def measure_blocking(steps: dict[str, Callable[[], Any]]) -> dict[str, Times]:
    turns: dict[str, list[Times]] = {name: [] for name in steps}
    for _ in range(ROUNDS + 1):
        for name, step in steps.items():
            cpu, wall = time.process_time(), time.perf_counter()
            for _ in range(CALLS):
                step()
            turns[name].append((time.process_time() - cpu, time.perf_counter() - wall))
    return medians(turns)


async def measure_awaiting(steps: dict[str, Callable[[], Awaitable[Any]]]) -> dict[str, Times]:
    turns: dict[str, list[Times]] = {name: [] for name in steps}
    for _ in range(ROUNDS + 1):
        for name, step in steps.items():
            cpu, wall = time.process_time(), time.perf_counter()
            for _ in range(CALLS):
                await step()
            turns[name].append((time.process_time() - cpu, time.perf_counter() - wall))
    return medians(turns)


def medians(turns: dict[str, list[Times]]) -> dict[str, Times]:
    """Microseconds a call; the first round warms up and does not count."""
    counted = {name: zip(*times[1:], strict=True) for name, times in turns.items()}
    return {name: (median(cpu), median(wall)) for name, (cpu, wall) in counted.items()}


def median(times: tuple[float, ...]) -> float:
    return statistics.median(times) / CALLS * 1e6


def show(title: str, times: dict[str, Times]) -> None:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for column in ("CPU µs", "× httpx + json", "wall µs"):
        table.add_column(column, justify="right")
    base = times["httpx + json"][0]
    for name, (cpu, wall) in times.items():
        table.add_row(name, f"{cpu:.0f}", f"{cpu / base:.2f}", f"{wall:.0f}")
    Console(width=100).print(table)


async def main_awaiting(url: str) -> dict[str, Times]:
    async with contextlib.AsyncExitStack() as stack:
        return await measure_awaiting(await awaiting(url, stack))


def main() -> None:
    with server() as url:
        with contextlib.ExitStack() as stack:
            show(f"A blocking GET on loopback, {len(BODY)} bytes", measure_blocking(blocking(url, stack)))
        show("The same, awaited", asyncio.run(main_awaiting(url)))


if __name__ == "__main__":
    main()
