"""A vendor that answers what a test says and the six clients that talk to it; the command, and vendors on a port."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import httpx
import orjson
import pytest

import causerie
import causerie.cli
import causerie_mock
from causerie import _clock
from causerie.testing import no_waiting

Answer = Callable[[httpx.Request], httpx.Response]


@attrs.define
class Vendor(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers every request with ``answer`` and keeps the requests."""

    answer: Answer
    requests: list[httpx.Request] = attrs.field(factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.answer(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


SYNC = {"convocore": causerie.Convocore, "raia": causerie.Raia, "zild": causerie.Zild}
ASYNC = {"convocore": causerie.AsyncConvocore, "raia": causerie.AsyncRaia, "zild": causerie.AsyncZild}
Call = Callable[[Any], Any]


class Caller:
    """Makes the same call through the blocking or through the async client."""

    def __init__(self, clients: dict[str, Any]) -> None:
        self.clients = clients

    def __call__(self, name: str, call: Call, answer: Answer, **options: Any) -> tuple[Any, list[httpx.Request]]:
        vendor = Vendor(answer)
        client = self.clients[name](
            "the-secret",
            **{
                "base_url": "https://vendor.test/v3",
                "transport": vendor,
                "retry": causerie.Retry(attempts=1),
                **options,
            },
        )
        if self.clients is SYNC:
            with client:
                return call(client), vendor.requests

        async def awaited() -> Any:
            async with client:
                return await call(client)

        return asyncio.run(awaited()), vendor.requests


@pytest.fixture(params=[SYNC, ASYNC], ids=["sync", "async"])
def caller(request: pytest.FixtureRequest) -> Caller:
    return Caller(request.param)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Skip all waits, and return a list of how long they would have been, in seconds."""
    seen: list[float] = []

    async def sleep_async(seconds: float) -> None:
        seen.append(seconds)

    monkeypatch.setattr(_clock, "sleep", seen.append)
    monkeypatch.setattr(_clock, "sleep_async", sleep_async)
    return seen


def json(body: Any, status: int = 200, **headers: str) -> Answer:
    """Make an answer with a JSON body."""
    return lambda request: httpx.Response(status, content=orjson.dumps(body), headers=headers)


def raw(content: bytes, status: int = 200, **headers: str) -> Answer:
    """Make an answer with these bytes."""
    return lambda request: httpx.Response(status, content=content, headers=headers)


@attrs.frozen
class Done:
    """What became of a command."""

    code: int | str | None
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, one JSON document."""
        return orjson.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output, a JSON document in each line."""
        return [orjson.loads(line) for line in self.out.splitlines()]


@attrs.frozen
class Shell:
    """Runs the command ``causerie`` in this process; the environment leads it to mock vendors on a port."""

    mocks: dict[str, causerie_mock.Mock]
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *arguments: str) -> Done:
        with pytest.raises(SystemExit) as caught:
            causerie.cli.main(arguments)
        printed = self.capsys.readouterr()
        return Done(caught.value.code, printed.out, printed.err)

    def terminal(self, *typed: str) -> None:
        """Make it a terminal of 80 columns at which these lines are typed."""
        self.type(*typed)
        self.monkeypatch.setenv("COLUMNS", "80")
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            self.monkeypatch.setattr(stream, "isatty", lambda: True)

    def type(self, *lines: str) -> None:
        """Make these lines the standard input."""
        self.monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


@pytest.fixture(scope="session")
def served() -> Iterator[tuple[dict[str, causerie_mock.Mock], dict[str, str]]]:
    mocks = {vendor: causerie_mock.Mock(vendor, check=True) for vendor in causerie_mock.VENDORS}
    with causerie_mock.serve(mocks.values()) as urls:
        yield mocks, urls


@pytest.fixture
def shell(
    served: tuple[dict[str, causerie_mock.Mock], dict[str, str]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Shell]:
    mocks, urls = served
    for vendor, url in urls.items():
        mocks[vendor].reset()
        monkeypatch.setenv(f"{vendor.upper()}_BASE_URL", url)
    monkeypatch.setenv("CONVOCORE_API_KEY", causerie_mock.CONVOCORE_KEYS[0])
    monkeypatch.setenv("RAIA_AGENT_SECRET_KEY", causerie_mock.RAIA_KEYS[0])
    monkeypatch.setenv("ZILD_TOKEN", causerie_mock.ZILD_TOKENS[0])
    with no_waiting():
        yield Shell(mocks, capsys, monkeypatch)
