"""A hunt for secrets: one in each place that can have one, through everything that a process prints or keeps."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import pickle
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import httpx2
import orjson
import pytest
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from rich.traceback import Traceback

import causerie
from causerie import _library, _line

from .answering import Server, answer
from .conftest import ASYNC, SYNC
from .kinds import BLOCKING, KINDS, chosen

TESTS = str(Path(__file__).parent)
NEEDLES = {
    "key": "sk-4711-key",
    "signature": "4711-signature",
    "email": "ada.lovelace-4711",
    "phone": "491704711",
    "webhook": "4711-webhook",
    "proxy": "4711-proxy",
}
SIGNED = f"/bucket/file?X-Amz-Signature={NEEDLES['signature']}"
EMAIL, PHONE = f"{NEEDLES['email']}@example.test", f"+{NEEDLES['phone']}"

CALLS: dict[str, tuple[str, Callable[[Any, Path], Any]]] = {
    "get": ("raia", lambda raia, _: raia.conversations.get("c1")),
    "send": ("raia", lambda raia, _: raia.messages.send("c1", "Hello")),
    "email": ("raia", lambda raia, _: raia.users.find(email=EMAIL)),
    "phone": ("raia", lambda raia, _: raia.users.find(phone_number=PHONE)),
    "raw": ("raia", lambda raia, _: raia.raw(raia.users.find, email=EMAIL)),
    "many": ("raia", lambda raia, _: raia.conversations.get_many([PHONE, EMAIL])),
    "upload": ("raia", lambda raia, file: raia.files.upload("c1", file)),
    "download": ("raia", lambda raia, file: raia.files.download("c1", "f1", file)),
    "webhook": (
        "raia",
        lambda raia, _: raia.webhooks.create("T", "D", "https://h.test", "manual", headers={"x": NEEDLES["webhook"]}),
    ),
    "path": ("convocore", lambda convocore, _: convocore.conversations.get("a1", PHONE)),
    "start": ("zild", lambda zild, _: zild.conversations.start_proactive(recipient=[PHONE])),
}
STORED = {"upload", "download"}
OUTCOMES: dict[str, Any] = {
    "ok": answer(200, b"{}"),
    "redirect": answer(302, b"", "Location: https://elsewhere.test/x"),
    "refused key": answer(401, b'{"message": "no"}'),
    "failure": answer(500, b"{}"),
    "nonsense": answer(200, b"<html>"),
    "too much": answer(200, bytes(100_000)),
    "badly packed": answer(200, b"no gzip", "Content-Encoding: gzip"),
    "no HTTP": [b"220 smtp ready\r\n"],
    "nothing": [],
    "silence": None,
}


def frames(error: BaseException) -> list[str]:
    """Return the variables of every frame but those of the tests, as the standard library and as rich show them."""
    shown = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is None:
            continue
        stack = traceback.TracebackException.from_exception(each, capture_locals=True).stack
        shown += [repr(frame.locals) for frame in stack if not frame.filename.startswith(TESTS)]
        waiting += [each.__cause__, each.__context__]
    trace = Traceback.extract(type(error), error, error.__traceback__, show_locals=True)
    # What rich prints, without the source, which it takes long to colour.
    held = [frame.locals for stack in trace.stacks for frame in stack.frames if not frame.filename.startswith(TESTS)]
    return [*shown, *(str(node) for nodes in held if nodes for node in nodes.values())]


def traces(error: BaseException) -> list[str]:
    """Return everything that an error is printed or kept as."""
    texts = [str(error), repr(error), repr(error.args), repr(getattr(error, "__notes__", ())), repr(vars(error))]
    return [*texts, *traceback.format_exception(error), repr(pickle.dumps(error)), *frames(error)]


@pytest.fixture(scope="module", autouse=True)
def _little_garbage() -> Iterator[None]:
    """Keep what was there before out of each search of the garbage."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    yield exporter
    instrumentor.uninstrument()


@contextlib.contextmanager
def listening() -> Iterator[list[str]]:
    """Yield a list of what every logger says, from DEBUG on."""
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(f"{record.name} {record.getMessage()} {record.args!r}")  # type: ignore[method-assign]
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield said
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def made(kind: str, vendor: str, url: str, **options: Any) -> Any:
    """Make a client whose calls end soon."""
    clients = SYNC if kind in BLOCKING else ASYNC
    options = {**chosen(kind), "retry": causerie.Retry(attempts=1), "max_response_bytes": 50_000, **options}
    return clients[vendor](NEEDLES["key"], base_url=url, **options)


def caught(client: Any, use: Callable[[Any], Any], came: Any = None) -> BaseException | None:
    """Return what the call raises; with ``came``, it is cancelled once that is set."""

    async def awaited() -> None:
        async with client:
            task = asyncio.ensure_future(asyncio.wait_for(use(client), 60))
            if came is not None:
                await asyncio.to_thread(came.wait)
                task.cancel()
            await task

    try:
        if isinstance(client, tuple(SYNC.values())):
            with client:
                use(client)
        else:
            asyncio.run(awaited())
    except (causerie.CauserieError, causerie.DecodeError, asyncio.CancelledError) as error:
        return error
    return None


def found(texts: list[str]) -> set[str]:
    """Return the names of the secrets that stand in the texts."""
    shown = "\n".join(texts)
    return {name for name, needle in NEEDLES.items() if needle in shown}


@pytest.mark.parametrize(
    ("call", "outcome", "kind"),
    [
        (call, outcome, kind)
        for call in CALLS
        for outcome in (*OUTCOMES, "refused", "cancel")
        if call in {"email", "upload", "download"} or outcome in {"ok", "failure", "silence", "cancel"}
        for kind in KINDS
        if "httpx2" not in kind or call in {"email", "upload"}
    ],
)
def test_hunt(
    call: str,
    outcome: str,
    kind: str,
    tmp_path: Path,
    spans: InMemorySpanExporter,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """No secret stands in messages, reprs, frames, pickles, logs, spans or standard streams, however a call ends."""
    if kind in BLOCKING and outcome == "cancel":
        pytest.skip("nobody cancels a thread")
    vendor, use = CALLS[call]
    (file := tmp_path / "a.png").write_bytes(b"x")
    pieces = OUTCOMES.get(outcome)
    timeout = 0.15 if outcome == "silence" else 30
    with listening() as said, Server(pieces) as server, Server() as signing:
        url = "http://127.0.0.1:1" if outcome == "refused" else server.url
        target = {"signedUrl": url + SIGNED, "storagePath": "p", "fileId": "f1"}
        signing.pieces = answer(200, orjson.dumps(target))
        first = signing.url if call in STORED else url
        client = made(kind, vendor, first, timeout=timeout)
        error = caught(client, lambda client: use(client, file), server.came if outcome == "cancel" else None)
        gc.collect()
    recorded = [span.to_json() for span in spans.get_finished_spans()]
    printed = capfd.readouterr()
    texts = [repr(client), *said, *recorded, printed.out, printed.err, *([] if error is None else traces(error))]

    assert any(line.startswith("causerie ") for line in said) or outcome == "cancel"
    assert bool(recorded) == (kind in {"sync", "async"})  # what is instrumented is httpx
    assert set() == found(texts)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("outcome", [*OUTCOMES, "refused"])
def test_proxies(
    outcome: str, scheme: str, kind: str, monkeypatch: pytest.MonkeyPatch, spans: InMemorySpanExporter
) -> None:
    """A proxy's password does not show either, however the proxy answers."""
    with listening() as said, Server(OUTCOMES.get(outcome)) as server:
        address = "127.0.0.1:1" if outcome == "refused" else server.url.removeprefix("http://")
        monkeypatch.setenv(f"{scheme.upper()}_PROXY", f"http://ada:{NEEDLES['proxy']}@{address}")
        client = made(kind, "raia", f"{scheme}://vendor.test", timeout=0.15 if outcome == "silence" else 30)
        error = caught(client, lambda raia: raia.users.find(email=EMAIL))
    texts = [*said, *(span.to_json() for span in spans.get_finished_spans()), *([] if error is None else traces(error))]

    assert outcome == "refused" or b"proxy-authorization: basic " in server.requests[0].lower()
    assert set() == found(texts)


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_urls(library: Any) -> None:
    """Hiding a part of a URL does not change where it leads."""
    url = _line.veiled(library.URL(f"http://h.test{SIGNED}"), "http://h.test/{id}")

    assert ("http://h.test/{id}", "URL('http://h.test/{id}')") == (str(url), repr(url))
    assert SIGNED.encode() == url.raw_path


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_socks(library: Any) -> None:
    """httpcore logs what it says to a SOCKS proxy, so the password in it has a repr of stars."""
    discreet = _library.mixed(_library.Discreet, library.Proxy)
    proxy = discreet(f"socks5://ada:{NEEDLES['proxy']}@127.0.0.1:1")

    assert (b"ada", NEEDLES["proxy"].encode()) == proxy.raw_auth
    assert set() == found([repr(proxy), repr(proxy.raw_auth)])
    assert discreet("socks5://127.0.0.1:1").raw_auth is None


def test_traces_of_aiohttp(monkeypatch: pytest.MonkeyPatch) -> None:
    """Traces that are patched into aiohttp's sessions get no URL."""
    seen = []

    async def note(_: object, __: object, params: aiohttp.TraceRequestStartParams) -> None:
        seen.append(str(params.url))

    config = aiohttp.TraceConfig()
    config.on_request_start.append(note)
    init = aiohttp.ClientSession.__init__
    monkeypatch.setattr(
        aiohttp.ClientSession, "__init__", lambda self, **kwargs: init(self, **kwargs, trace_configs=[config])
    )
    with Server(OUTCOMES["ok"]) as server:
        caught(made("aiohttp", "raia", server.url), lambda raia: raia.users.find(email=EMAIL))

    assert 1 == len(server.requests)
    assert [] == seen


def test_spans_say_what_was_called(tmp_path: Path, spans: InMemorySpanExporter) -> None:
    """A span has the path's template in place of the path, and only the host of a signed URL."""
    file = tmp_path / "a.png"
    with Server() as server, Server(OUTCOMES["ok"]) as storage:
        server.pieces = answer(200, orjson.dumps({"signedUrl": storage.url + SIGNED, "fileId": "f1"}))
        with made("sync", "raia", server.url) as raia:
            raia.files.download("c1", "f1", file)
    urls = [(span.attributes or {}).get("http.url") for span in spans.get_finished_spans()]

    assert [True, True] == [
        str(url).startswith(place) for url, place in zip(urls, (server.url, storage.url), strict=True)
    ]
    assert "conversationId" in str(urls[0])
    assert storage.url == urls[1]
