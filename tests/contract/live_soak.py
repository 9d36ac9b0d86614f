"""A server that counts, under everything that Schemathesis can think of: `python -m tests.contract.live_soak`."""

from __future__ import annotations

import asyncio
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator

import httpx
from schemathesis.generation import GenerationMode

from causerie_contract._budget import Budget
from causerie_contract._guard import Guard, Refused
from causerie_contract._limits import Limits
from causerie_contract._live import draw, request
from causerie_contract._plan import narrowed
from causerie_contract._schema import schema
from causerie_contract._settings import Live, Settings
from causerie_contract._target import Target
from causerie_spec.documents import load, operations

BASE = "https://vendor.test/api"
SECRET = "the-one-and-only-secret"
CASES = 100_000

#: Said here once more, and not by the documents: what is safe, and free.
_SAFE = {
    "convocore": r"/api/(agents/[^/]+/convos(/(?!export)[^/]+(/details)?)?|workspace/sessions)(\?.*)?",
    "raia": (
        r"/api/external/(conversations(/states|/[^/]+(/messages(/[^/]+/response-on)?|/message-files/[^/]+/signed-url)?)?"
        r"|users/(search|[^/]+)|prompts/[^/]+/response-on|agents/(users|by-api-key))(\?.*)?"
    ),
}
#: What has the run use every operation that reads.
_GIVEN = {"query.email": "", "path.promptId": "", "query.workspaceId": ""}
_HEADERS = {"host", "accept", "user-agent", "content-length", "authorization", "agent-secret-key"}
_OTHERS = (
    "http://vendor.test/api",
    "https://vendor.test:8443/api",
    "https://evil.test/api",
    "https://vendor.test.evil",
)
_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "get", "QUERY")


class Counting(httpx.AsyncBaseTransport):
    """A server that counts what it is sent, and judges it."""

    def __init__(self, vendor: str) -> None:
        self.answered = 0
        self.unsafe: list[str] = []
        self._safe = re.compile(_SAFE[vendor])

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return an empty answer."""
        self.answered += 1
        target = request.url.raw_path.decode()
        safe = (
            request.method == "GET"
            and str(request.url).startswith(BASE)
            and self._safe.fullmatch(target)
            and not await request.aread()
            and request.headers.keys() <= _HEADERS
            and SECRET in "".join(request.headers.values())
            and not {".", ".."} & set(request.url.path.split("/"))
        )
        if not safe:
            self.unsafe.append(f"{request.method} {request.url}")
        return httpx.Response(200, json={})


def cases(vendor: str, seed: int, share: int) -> Iterator[httpx.Request]:
    """Yield good and bad requests of every operation, and these with other methods and on other hosts."""
    document = load(vendor)
    made = schema(vendor, document, Target(vendor, BASE, SECRET), Settings(seed))
    for method, path in operations(document).values():
        for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:
            for number, case in enumerate(draw(made[path][method].as_strategy(generation_mode=mode), share, seed)):
                sent = request(case, BASE)
                content = sent.read()
                yield sent
                # On other hosts, with other methods, and with a path or a query that leads elsewhere.
                other = str(sent.url).replace(BASE, _OTHERS[number % len(_OTHERS)])
                yield httpx.Request(sent.method, other, headers=sent.headers, content=content)
                changed = _METHODS[number % len(_METHODS)]
                yield httpx.Request(changed, sent.url, headers=sent.headers, content=content)
                yield httpx.Request("GET", f"{BASE}{path}", params={"_method": "DELETE"})
                yield httpx.Request("GET", sent.url, headers={"x-http-method-override": "DELETE"})


async def soak(vendor: str, count: int, share: int = 25) -> Counter[str]:
    """Hold the guard of a run that only reads against at least `count` cases."""
    document = load(vendor)
    server = Counting(vendor)
    counted = Counter[str]()
    guard = Guard(
        vendor,
        document,
        Target(vendor, BASE, SECRET),
        Budget(10**9, Limits(1e9, {}), 1e9),
        allowed=frozenset(operations(narrowed(vendor, document, Settings(parameters=_GIVEN, live=Live())))),
        inner=server,
    )
    seed = 0
    while counted["cases"] < count:
        seed += 1
        for each in cases(vendor, seed, share):
            counted["cases"] += 1
            try:
                await guard.handle_async_request(each)
            except Refused:
                counted["refused"] += 1
    counted["sent"] = server.answered
    counted["unsafe"] = len(server.unsafe)
    return counted


def main() -> int:
    """Print a line for each vendor that has something to read."""
    unsafe = 0
    for vendor in _SAFE:
        started = time.perf_counter()
        counted = asyncio.run(soak(vendor, CASES))
        unsafe += counted["unsafe"]
        seconds = time.perf_counter() - started
        print(  # noqa: T201 (for whoever runs it)
            f"{vendor}: {counted['cases']} cases, {counted['sent']} sent, {counted['refused']} refused, "
            f"{counted['unsafe']} unsafe, in {seconds:.0f} s"
        )
    return 1 if unsafe else 0


if __name__ == "__main__":
    sys.exit(main())
