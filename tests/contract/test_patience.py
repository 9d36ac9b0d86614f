"""Servers that ask to wait, and other things that harmless servers and proxies do: none of them is a finding."""

from __future__ import annotations

import gzip
import json
import random
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from causerie_contract._finding import Finding
from causerie_contract._oracle import run as oracle
from causerie_contract._patience import LONGEST, TIMES, Patient, retry_after
from causerie_contract._run import run
from causerie_contract._settings import Settings
from causerie_contract._target import server
from causerie_mock import Mock, Reply, Request
from causerie_spec import load
from tests.contract.conftest import reduced
from tests.contract.servers import KEYS


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        ("7", 7.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Wed, 21 Oct 2015 07:28:00", 0.0),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
    ],
)
def test_retry_after(text: str, seconds: float | None) -> None:
    """Retry-After is a number of seconds or a date, and everything else says nothing."""
    found = retry_after(text)

    assert seconds == found


def test_clock_of_the_server() -> None:
    """A date of a Retry-After is one of the server's clock, which its answer shows."""
    date = "Wed, 21 Oct 2015 07:27:57 GMT"
    found = [retry_after("Wed, 21 Oct 2015 07:28:00 GMT", each) for each in (date, "soon")]

    assert [3.0, 0.0] == found


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the seconds that are waited, without waiting."""
    found: list[float] = []
    monkeypatch.setattr(time, "sleep", found.append)
    return found


def client(*responses: httpx.Response) -> httpx.Client:
    """Return a patient client of a server that gives these answers, the last one again and again."""
    left = [*responses]
    transport = httpx.MockTransport(lambda _: left.pop(0) if len(left) > 1 else left[0])
    return httpx.Client(transport=Patient(transport), base_url="http://server.invalid")


@pytest.mark.parametrize("status", [429, 503])
def test_waits(waits: list[float], status: int) -> None:
    """A request is sent again after the time that the server asks for, until it is answered."""
    busy = [httpx.Response(status, headers={"retry-after": seconds}) for seconds in ("3", "1")]
    response = client(*busy, httpx.Response(201)).post("/")

    assert (201, [3.0, 1.0]) == (response.status_code, waits)


@pytest.mark.parametrize(
    ("headers", "count"),
    [({}, 0), ({"retry-after": str(int(LONGEST) + 1)}, 0), ({"retry-after": "1"}, TIMES)],
    ids=["no word of waiting", "too long", "too often"],
)
def test_ends(waits: list[float], headers: dict[str, str], count: int) -> None:
    """A server that does not say how long, asks for too much or does not end asking is not waited for."""
    response = client(httpx.Response(429, headers=headers)).get("/")

    assert (429, count) == (response.status_code, len(waits))


def floats(value: Any) -> Any:
    """Return the value with each number as a fraction, as servers write it that have no integers."""
    if isinstance(value, dict):
        return {key: floats(each) for key, each in value.items()}
    if isinstance(value, list):
        return [floats(each) for each in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def shuffled(value: Any) -> Any:
    """Return the value with the keys of its objects in another order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in reversed([*value])}
    return [shuffled(each) for each in value] if isinstance(value, list) else value


def of_json(change: Callable[[Any], Any]) -> Callable[[Reply], Reply]:
    """Return what changes the JSON of a reply."""

    def changed(reply: Reply) -> Reply:
        if not reply.body or dict(reply.headers)["content-type"] != "application/json":
            return reply
        body = json.dumps(change(json.loads(reply.body)), ensure_ascii=True, indent=1).encode()
        return with_body(reply, body)

    return changed


def with_body(reply: Reply, body: bytes, *headers: tuple[str, str]) -> Reply:
    """Return a reply with another body, whose length is right."""
    kept = [(name, value) for name, value in reply.headers if name != "content-length"]
    return Reply(reply.status, (*kept, ("content-length", str(len(body))), *headers), body)


def packed(reply: Reply) -> Reply:
    """Return a reply that is packed, where it has a body."""
    return with_body(reply, gzip.compress(reply.body), ("content-encoding", "gzip")) if reply.body else reply


def loud(reply: Reply) -> Reply:
    """Return a reply with headers as a proxy writes them."""
    more = (("Via", "1.1 proxy"), ("X-Request-Id", "5"), ("Connection", "close"))
    spelled = {
        "application/json": "Application/JSON;Charset=UTF-8",
        "application/problem+json": "Application/Problem+JSON",
    }
    headers = ((name.title(), spelled.get(value, value)) for name, value in reply.headers)
    return Reply(reply.status, (*headers, *more), reply.body)


class Harmless(Mock):
    """A vendor behind something that changes what it may change; where a 429 is documented it is busy now and then."""

    def __init__(self, vendor: str) -> None:
        super().__init__(vendor)
        self._chance = random.Random(1)

    def handle(self, request: Request) -> Reply:
        """Return the reply, or now and then a request to come again."""
        if self._vendor_has_limits and self._chance.random() < 0.05:
            busy = super().handle(Request("GET", b"/nowhere"))
            return with_body(Reply(429, busy.headers), busy.body, ("retry-after", "0"))
        return loud(packed(of_json(lambda value: shuffled(floats(value)))(super().handle(request))))

    @property
    def _vendor_has_limits(self) -> bool:
        return "429" in json.dumps(self.document)


@pytest.mark.parametrize("vendor", ["convocore", "raia", "zild"])
def test_harmless(vendor: str) -> None:
    """A sound server behind a harmless proxy behaves as the model says, also when it is busy now and then.

    Numbers are fractions, keys are in another order, bodies packed, headers spelled otherwise, connections closed.
    """
    reported: list[Finding] = []
    with Harmless(vendor) as mock:
        target = server(mock.url, KEYS[vendor])
        found = oracle(vendor, load(vendor), target, Settings(), report=reported.append, parts=["chapters"])

    assert ([], []) == (found, reported)


def test_busy_in_all_phases() -> None:
    """Requests of Schemathesis and of its checks are patient too."""
    document = reduced("raia", "create_user", "get_user", "delete_user", "list_users")
    with Harmless("raia") as mock:
        result = run("raia", document, server(mock.url, KEYS["raia"]), Settings(max_examples=4))
    found = [finding for tally in result.operations.values() for finding in tally.findings]

    assert ([], []) == (found, result.errors)


@pytest.mark.parametrize(
    "text", ["", "x", "Mon, 01 Jan 2024 00:00:00 +999999999999999999999999", "Mon, 99 Jan 2024 00:00:00 GMT"]
)
def test_odd_dates(text: str) -> None:
    """An invalid date is ignored in both headers."""
    assert 2 == retry_after("2", text)
    assert retry_after(text, text) is None
