"""Waits when a server asks for it: a 429 or 503 with Retry-After was not processed, and says when to try again."""

from __future__ import annotations

import contextlib
import datetime
import email.utils
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from unittest import mock

import httpx
from schemathesis import Case, Response

from ._schemathesis import REQUESTS_TRANSPORT

#: The most seconds of one wait. If a server asks for more, its answer is returned as it is.
LONGEST = 60.0
#: How many times a request is repeated.
TIMES = 5
#: Too many requests, and a server that is not available for a while (RFC 9110, 15.6.4).
_LATER = (429, 503)


class Patient(httpx.BaseTransport):
    """Sends each request through `inner`, and repeats it while the server asks to wait, within limits."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the first answer that does not ask to wait, or the last one."""
        response = self._inner.handle_request(request)
        for _ in range(TIMES):
            if not _waits(response.status_code, response.headers):
                break
            response.close()
            response = self._inner.handle_request(request)
        return response

    def close(self) -> None:
        """Close `inner`."""
        self._inner.close()


@contextlib.contextmanager
def sending(around: Callable[[Case[Any], Callable[[], Response]], Response]) -> Iterator[None]:
    """Have `around` send every request that Schemathesis sends over the network in this context."""
    send = REQUESTS_TRANSPORT.send

    def sent(case: Case[Any], **options: Any) -> Response:
        return around(case, lambda: send(case, **options))

    # The hooks of Schemathesis do not see what its checks send.
    with mock.patch.object(REQUESTS_TRANSPORT, "send", sent):
        yield


@contextlib.contextmanager
def patience() -> Iterator[None]:
    """Have requests of Schemathesis repeated while the server asks to wait, in this context."""

    def patiently(_: Case[Any], send: Callable[[], Response]) -> Response:
        response = send()
        for __ in range(TIMES):
            if not _waits(response.status_code, {name: values[0] for name, values in response.headers.items()}):
                break
            response = send()
        return response

    with sending(patiently):
        yield


def _waits(status: int, headers: Mapping[str, str]) -> bool:
    """Wait if an answer asks for it, and return whether it did."""
    asked = headers.get("retry-after", "") if status in _LATER else ""
    seconds = retry_after(asked, headers.get("date", ""))
    if seconds is None or seconds > LONGEST:
        return False
    time.sleep(seconds)
    return True


def retry_after(text: str, date: str = "") -> float | None:
    """Return how many seconds a Retry-After asks to wait, or None if it is invalid (RFC 9110, 10.2.3).

    `date` is the Date of the answer: a server means its own clock.
    """
    if text.isascii() and text.isdecimal():
        return float(text)
    at, now = _at(text), _at(date) or datetime.datetime.now(datetime.UTC)
    return None if at is None else max(0.0, (at - now).total_seconds())


def _at(text: str) -> datetime.datetime | None:
    try:
        at = email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return at.replace(tzinfo=datetime.UTC) if at.tzinfo is None else at
