"""The mock of raia on a port, beside Prism and beside bare Starlette with a fixed answer.

Ours keeps state and validates; Prism validates and answers with the document's examples; Starlette does neither. Every
candidate takes its turn in every round. CPU and memory are the server's, from /proc; where there is none they are nan.

Prism comes from npm into a cache folder, once; PRISM names another one's executable. Without node it is left out. It
runs as `prism mock` runs it, which writes a log, and silently too, which ours does: its log is in memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import attrs
from rich.console import Console
from rich.table import Table

from causerie_mock import Mock, Reply, Request

ROUNDS = 7
SECONDS = 1
CONNECTIONS = 8
STARTS = 5
SPEC = Path(__file__).parents[1] / "spec" / "raia.yaml"
PRISM = "@stoplight/prism-cli@5"
HEADERS = {**Mock("raia").headers(), "content-type": "application/json"}


class Asked(NamedTuple):
    """What a turn asks for, again and again."""

    method: str
    path: str
    body: bytes = b""


ASKED = {
    "GET": Asked("GET", "/external/conversations/states"),
    "POST": Asked(
        "POST",
        "/external/conversations",
        b'{"conversationUserId":"user-1","title":"A question","customData":{"plan":"pro"}}',
    ),
}

STARLETTE = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
async def answer(request):
    await request.body()
    return Response(sys.argv[2] if request.method == "GET" else sys.argv[3], media_type="application/json")
paths = "/external/conversations/states", "/external/conversations"
app = Starlette(routes=[Route(path, answer, methods=[method]) for path, method in zip(paths, ["GET", "POST"])])
alike = dict(lifespan="off", ws="none", log_config=None, access_log=False, server_header=False, proxy_headers=False)
uvicorn.run(app, port=int(sys.argv[1]), log_level="error", **alike)
"""


class Turn(NamedTuple):
    """What one candidate did in one turn."""

    rate: float
    cpu: float


@attrs.define
class Candidate:
    """A server: how it is started on a port, where it serves raia, and what of it is measured."""

    command: Callable[[int], list[str]]
    prefix: str = ""
    load: bool = True
    start: bool = True
    turns: dict[str, list[Turn]] = attrs.field(factory=lambda: {name: [] for name in ASKED})


def candidates() -> dict[str, Candidate]:
    fixed = [ours(asked).body.decode() for asked in ASKED.values()]
    serve = [sys.executable, "-m", "causerie_mock"]
    found = {
        "Causerie": Candidate(lambda port: [*serve, "raia", "--port", str(port)], "/raia"),
        "Causerie, all vendors": Candidate(lambda port: [*serve, "--port", str(port)], "/raia", load=False),
        "Starlette, a fixed answer": Candidate(lambda port: [sys.executable, "-c", STARLETTE, str(port), *fixed]),
    }
    if program := prism():
        mock = [program, "mock", str(SPEC), "--port"]
        found["Prism"] = Candidate(lambda port: [*mock, str(port)])
        found["Prism, silent"] = Candidate(lambda port: [*mock, str(port), "--verboseLevel", "silent"], start=False)
    return found


def ours(asked: Asked) -> Reply:
    headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
    return Mock("raia").handle(Request(asked.method, asked.path.encode(), b"", headers, asked.body))


def prism() -> str | None:
    if given := os.environ.get("PRISM"):
        return given
    if not shutil.which("node") or not (npm := shutil.which("npm")):
        print("Prism is left out: it needs node and npm.")
        return None
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "causerie-benchmarks"
    program = folder / "node_modules" / ".bin" / "prism"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([npm, "install", "--silent", "--no-audit", "--prefix", folder, PRISM], check=False)
    if not program.exists():
        print("Prism is left out: npm does not get it.")
        return None
    return str(program)


@contextlib.contextmanager
def started(candidate: Candidate) -> Iterator[tuple[subprocess.Popen[bytes], int, float]]:
    """Return the server's process, its port, and the seconds until its first answer."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    begun = time.perf_counter()
    process = subprocess.Popen(candidate.command(port), stdout=subprocess.DEVNULL)
    try:
        while not answers(port, candidate.prefix + ASKED["GET"].path):
            if process.poll() is not None or time.perf_counter() - begun > 60:
                raise SystemExit(f"{process.args} does not answer.")
            time.sleep(0.005)
        yield process, port, time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait()


def answers(port: int, path: str) -> bool:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        try:
            connection.request("GET", path, headers=HEADERS)
        except ConnectionRefusedError:
            return False
        return connection.getresponse().status == 200


def cpu(pid: int) -> float:
    """Seconds, user and system."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Resident mebibytes."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return float("nan")
    (kibibytes,) = re.findall(r"VmRSS:\s+(\d+)", status)
    return int(kibibytes) / 1024


def wrk(port: int, asked: Asked) -> tuple[int, float]:
    """How many answers wrk gets, and in how many seconds."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(f"wrk.method = {json.dumps(asked.method)}\nwrk.body = {json.dumps(asked.body.decode())}\n")
        script.write("".join(f"wrk.headers[{json.dumps(key)}] = {json.dumps(HEADERS[key])}\n" for key in HEADERS))
        script.flush()
        url = f"http://127.0.0.1:{port}{asked.path}"
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", script.name, url]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in printed or "Socket errors" in printed:
        raise SystemExit(printed)
    ((requests, seconds),) = re.findall(r"(\d+) requests in ([\d.]+)s", printed)
    return int(requests), float(seconds)


def own(port: int, asked: Asked) -> tuple[int, float]:
    """How many answers this file's own client gets, in another process, and in how many seconds."""
    command = [sys.executable, __file__, str(port), asked.method, asked.path]
    return int(subprocess.run(command, input=asked.body, stdout=subprocess.PIPE, check=True).stdout), SECONDS


class Client(asyncio.Protocol):
    """One connection kept alive: the same request again as soon as the answer is there."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.received = b""
        self.answers = 0
        #: An exception would not leave the event loop.
        self.failure = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, _, body = self.received.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
        if length and len(body) == int(length[1]):
            if not head.startswith(b"HTTP/1.1 2"):
                self.failure = f"An answer was {self.received[:500]!r}."
                self.transport.close()
                return
            self.received = b""
            self.answers += 1
            self.transport.write(self.request)

    def connection_lost(self, exc: Exception | None) -> None:
        self.failure = self.failure or f"A connection has ended too early ({exc})."


async def load(port: int, method: str, path: str, body: bytes) -> int:
    """How many answers there are; ends with a sentence when one is no success, or a connection gets none."""
    head = "".join(f"{name}: {value}\r\n" for name, value in {**HEADERS, "content-length": len(body)}.items())
    request = f"{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{head}\r\n".encode() + body
    loop = asyncio.get_running_loop()
    clients = [Client(request) for _ in range(CONNECTIONS)]
    for client in clients:
        await loop.create_connection(lambda client=client: client, "127.0.0.1", port)
    await asyncio.sleep(SECONDS)
    failures = [
        client.failure or "A connection got no answer." for client in clients if client.failure or not client.answers
    ]
    for client in clients:
        client.transport.close()
    if failures:
        raise SystemExit(failures[0])
    return sum(client.answers for client in clients)


def measure_load(
    contenders: Mapping[str, Candidate], count: Callable[[int, Asked], tuple[int, float]]
) -> dict[str, list[float]]:
    """Fill the candidates' turns, and return the memory of each server at first and at last."""
    with contextlib.ExitStack() as stack:
        servers = {name: stack.enter_context(started(candidate))[:2] for name, candidate in contenders.items()}
        before = {name: memory(process.pid) for name, (process, _) in servers.items()}
        for _ in range(ROUNDS + 1):
            for method, asked in ASKED.items():
                for name, (process, port) in servers.items():
                    spent = cpu(process.pid)
                    requests, seconds = count(port, asked._replace(path=contenders[name].prefix + asked.path))
                    used = cpu(process.pid) - spent
                    contenders[name].turns[method].append(Turn(requests / seconds, used / requests * 1000))
        return {name: [before[name], memory(process.pid)] for name, (process, _) in servers.items()}


def measure_start(contenders: Mapping[str, Candidate]) -> dict[str, float]:
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(STARTS + 1):
        for name, candidate in contenders.items():
            with started(candidate) as (_, _, first_answer):
                seconds[name].append(first_answer)
    return {name: statistics.median(values[1:]) for name, values in seconds.items()}


def show_load(contenders: Mapping[str, Candidate], client: str) -> None:
    table = Table(
        title=f"raia's states and a new conversation, {CONNECTIONS} connections, by {client}", title_justify="left"
    )
    table.add_column("")
    for method in ASKED:
        for column in (f"{method}/s", "× Prism", "CPU ms"):
            table.add_column(column, justify="right")
    for name, candidate in contenders.items():
        cells: list[str] = []
        for method in ASKED:
            turn = median(candidate.turns[method])
            peer = median(contenders["Prism"].turns[method]).rate if "Prism" in contenders else float("nan")
            cells += [f"{turn.rate:,.0f}", f"{turn.rate / peer:.1f}", f"{turn.cpu:.3f}"]
        table.add_row(name, *cells)
    Console(width=100).print(table)


def median(turns: list[Turn]) -> Turn:
    """Return the first round warms up and does not count."""
    return Turn(*(statistics.median(values) for values in zip(*turns[1:], strict=True)))


def show_start(seconds: Mapping[str, float], mebibytes: Mapping[str, list[float]]) -> None:
    table = Table(title="Start and memory", title_justify="left")
    table.add_column("")
    for column in ("s to the first answer", "RSS MiB", "RSS MiB after the load"):
        table.add_column(column, justify="right")
    for name, value in seconds.items():
        sizes = mebibytes.get(name, [])
        table.add_row(name, f"{value:.2f}", *(f"{size:.0f}" for size in sizes))
    Console(width=100).print(table)


def main() -> None:
    everybody = candidates()
    loaded = {name: candidate for name, candidate in everybody.items() if candidate.load}
    client, count = ("wrk", wrk) if shutil.which("wrk") else ("a client of our own", own)
    mebibytes = measure_load(loaded, count)
    show_load(loaded, client)
    show_start(measure_start({name: candidate for name, candidate in everybody.items() if candidate.start}), mebibytes)


if __name__ == "__main__":
    if sys.argv[1:]:
        print(asyncio.run(load(int(sys.argv[1]), *sys.argv[2:], sys.stdin.buffer.read())))
    else:
        main()
