"""Whether `benchmarks/mock.py` would count what is no answer."""

from __future__ import annotations

import asyncio
import runpy
import socketserver
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

BENCHMARK = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "mock.py"))
LOAD: Callable[[int, str, str, bytes], Coroutine[Any, Any, int]] = BENCHMARK["load"]


def load(monkeypatch: pytest.MonkeyPatch, answer: bytes, seconds: float) -> int:
    """How many answers are counted of a server that says the same to everything."""
    monkeypatch.setitem(LOAD.__globals__, "SECONDS", seconds)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            while answer and self.request.recv(65536):
                self.request.sendall(answer)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            return asyncio.run(LOAD(server.server_address[1], "GET", "/", b""))
        finally:
            server.shutdown()
            thread.join()


def test_successes_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """On every connection."""
    assert 8 <= load(monkeypatch, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 1)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (b"HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n", "An answer was b'HTTP/1.1 500 Oops"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n", r"A connection got no answer\."),
        (b"", "A connection has ended too early"),
    ],
)
def test_nothing_else_is(monkeypatch: pytest.MonkeyPatch, answer: bytes, sentence: str) -> None:
    """It ends the measurement, with what there was instead."""
    with pytest.raises(SystemExit, match=sentence):
        load(monkeypatch, answer, 0.2)
