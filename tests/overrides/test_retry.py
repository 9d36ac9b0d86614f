"""Retries: the waits, and a policy of one's own."""

from __future__ import annotations

import asyncio
import itertools
import logging
import threading
import time
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import causerie
from causerie import _clock
from causerie.testing import no_waiting

from .conftest import Caller, json


def answers(*statuses: int, **headers: str) -> Any:
    """Give one status after the other, and the last one for ever."""
    statuses_left = itertools.chain(statuses, itertools.repeat(statuses[-1]))
    return lambda request: httpx.Response(next(statuses_left), content=b"{}", headers=headers)


def get(client: Any) -> Any:
    return client.conversations.get("c1")


def test_succeeds_in_the_end(caller: Caller, waits: list[float]) -> None:
    """A call that succeeds at the last attempt returns its value."""
    _, requests = caller("raia", get, answers(500, 503, 200), retry=causerie.Retry())

    assert 3 == len(requests)
    assert 2 == len(waits)


def test_full_jitter(caller: Caller, waits: list[float]) -> None:
    """Waits are drawn from nothing up to a bound that doubles until its maximum."""
    retry = causerie.Retry(attempts=12, wait_initial=1, wait_max=5)
    with pytest.raises(causerie.ServerError):
        caller("raia", get, answers(500), retry=retry)
    bounds = [1, 2, 4, 5, 5, 5, 5, 5, 5, 5, 5]

    assert 11 == len(waits) == len(set(waits))
    assert all(0 <= seconds <= bound for seconds, bound in zip(waits, bounds, strict=True))


def test_retry_after(caller: Caller, waits: list[float]) -> None:
    """The wait that the vendor asks for is the wait."""
    caller("raia", get, answers(429, 200, **{"Retry-After": "7"}), retry=causerie.Retry())

    assert [7.0] == waits


def test_retry_after_too_long(caller: Caller, waits: list[float]) -> None:
    """A wait that is too long is not waited, and can be read from the error."""
    with pytest.raises(causerie.RateLimitError) as caught:
        caller("raia", get, answers(429, **{"Retry-After": "61"}), retry=causerie.Retry())

    assert 61.0 == caught.value.retry_after
    assert [] == waits


@given(
    method=st.sampled_from(["GET", "HEAD", "PUT", "DELETE", "POST", "PATCH"]),
    attempts=st.integers(1, 50),
    unsafe=st.booleans(),
    was_sent=st.booleans(),
)
def test_attempts_are_exact(method: str, attempts: int, unsafe: bool, was_sent: bool) -> None:
    """A broken connection is tried as often as was asked, and a POST that may have arrived once."""
    retry = causerie.Retry(attempts=attempts, unsafe=unsafe)
    error = causerie.APIConnectionError("GET /", "broken", was_sent=was_sent)
    made = next(number for number in itertools.count(1) if retry.wait(method, error, number) is None)
    repeatable = method in ("GET", "HEAD", "PUT", "DELETE") or unsafe or not was_sent

    assert (attempts if repeatable else 1) == made


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("attempts", 0),
        ("attempts", 1.5),
        ("attempts", True),
        ("wait_initial", -1),
        ("wait_max", float("inf")),
        ("retry_after_max", float("nan")),
        ("retry_after_max", True),
        ("wait_initial", None),
        ("wait_max", "3"),
        ("wait_max", 10**400),
    ],
)
def test_bad_policy(name: str, value: Any) -> None:
    """A policy that makes no sense names the argument."""
    with pytest.raises(causerie.ArgumentError, match=f"{name}: "):
        causerie.Retry(**{name: value})


@pytest.fixture
def sleeps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the seconds that this thread would have slept; servers of other tests sleep in threads of their own."""
    seen: list[float] = []
    here = threading.get_ident()
    block, pause = time.sleep, asyncio.sleep

    def sleep(seconds: float) -> None:
        seen.append(seconds) if threading.get_ident() == here else block(seconds)

    async def sleep_async(seconds: float) -> None:
        if threading.get_ident() == here:
            seen.append(seconds)
        else:
            await pause(seconds)

    monkeypatch.setattr(time, "sleep", sleep)
    monkeypatch.setattr(asyncio, "sleep", sleep_async)
    return seen


def test_no_waiting(caller: Caller, sleeps: list[float]) -> None:
    """Tests of one's own code need not wait, and the clock goes on as if they had."""
    moments: list[float] = []
    with no_waiting():
        caller(
            "raia",
            get,
            answers(429, 200, **{"Retry-After": "50"}),
            retry=causerie.Retry(),
            on_response=lambda response: moments.append(_clock.now()),
        )

    assert 50 <= moments[1] - moments[0]
    assert 0 == sum(sleeps)


def test_really_waits(caller: Caller, sleeps: list[float]) -> None:
    """Without that, waits are real."""
    caller("raia", get, answers(429, 200, **{"Retry-After": "3"}), retry=causerie.Retry())

    assert [3.0] == sleeps


def test_hooks(caller: Caller, waits: list[float]) -> None:
    """Hooks see every attempt, and no credential."""
    requests: list[Any] = []
    responses: list[Any] = []
    options = {"on_request": requests.append, "on_response": responses.append}
    caller("raia", get, answers(500, 200), retry=causerie.Retry(), **options)

    assert ["get_conversation"] * 2 == [request.operation for request in requests]
    assert [500, 200] == [response.status_code for response in responses]
    assert "the-secret" not in repr(requests) + repr(responses)


def test_logging(caller: Caller, waits: list[float], caplog: pytest.LogCaptureFixture) -> None:
    """The logger ``causerie`` tells of every attempt: no id, no body, no credential."""
    caplog.set_level(logging.DEBUG, "causerie")

    def flaky(request: httpx.Request) -> httpx.Response:
        if not caplog.records:
            raise httpx.ReadTimeout("slow")
        return httpx.Response(200, json={"id": "private"}, headers={"X-Request-Id": "r1"})

    caller("raia", lambda client: client.conversations.get("private"), flaky, retry=causerie.Retry())
    first, second = [record.getMessage() for record in caplog.records]

    assert first.startswith("GET /external/conversations/{conversationId}: APITimeoutError in ")
    assert first.endswith(" ms, attempt 1, request id None")
    assert second.startswith("GET /external/conversations/{conversationId}: 200 in ")
    assert second.endswith(" ms, attempt 2, request id r1")
    assert "private" not in first + second
    assert "the-secret" not in first + second


def test_silent(caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is logged unless it is asked for."""
    caplog.set_level(logging.INFO, "causerie")
    caller("raia", get, json({}))

    assert [] == [record for record in caplog.records if record.name == "causerie"]
