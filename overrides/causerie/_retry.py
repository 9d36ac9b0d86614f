"""When a request is repeated, and after how long."""

from __future__ import annotations

import random
from typing import Final

import attrs

from causerie_api.jsonvalue import shortened

from ._clock import SECONDS_MAX
from ._errors import APIConnectionError, APIResponseTooLargeError, APIStatusError, ArgumentError, CauserieError

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "PUT", "DELETE"})
"""Methods that may be repeated whatever happened (RFC 9110, section 9.2.2)."""

STATUSES: Final = frozenset({408, 429, 500, 502, 503, 504})
"""Statuses that may pass."""


@attrs.frozen(kw_only=True)
class Retry:
    """How often a request is sent, and how long to wait in between.

    ``GET``, ``HEAD``, ``PUT`` and ``DELETE`` are repeated when the connection fails or the status is 408, 429, 500,
    502, 503 or 504. ``POST`` and ``PATCH`` are repeated only when they were certainly not processed: the connection was
    never made, or the status is 429. Nothing in any vendor's documentation promises that a repeated ``POST`` is
    recognised: it may be a second WhatsApp message, or a second model bill. ``unsafe=True`` repeats them all the same.
    """

    attempts: int = attrs.field(default=3)
    """How often the request is sent at most; 1 never repeats."""
    unsafe: bool = False
    """Whether ``POST`` and ``PATCH`` are repeated although they may have been processed."""
    wait_initial: float = 0.5
    """Seconds. The wait before attempt n + 1 is drawn from 0 to ``wait_initial * 2 ** (n - 1)`` ("full jitter")."""
    wait_max: float = 8.0
    """Seconds that a wait is drawn from at most."""
    retry_after_max: float = 60.0
    """Seconds. A longer wait that an answer asks for is not waited: the error is raised at once."""

    def __attrs_post_init__(self) -> None:
        if self.attempts.__class__ is not int or self.attempts < 1:
            raise ArgumentError("attempts", f"{self.attempts!r} is not a number of attempts: give 1 or more")
        for name in ("wait_initial", "wait_max", "retry_after_max"):
            seconds = getattr(self, name)
            if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds <= SECONDS_MAX:
                raise ArgumentError(name, f"{shortened(seconds)} is not a number of seconds")

    def wait(self, method: str, failure: CauserieError, attempt: int) -> float | None:
        """Seconds to wait before attempt ``attempt + 1``; None when ``failure`` is to be raised."""
        if attempt >= self.attempts or not self._may_repeat(method, failure):
            return None
        asked = failure.retry_after if isinstance(failure, APIStatusError) else None
        if asked is None:
            # S311: the spread need not be unpredictable.
            return random.uniform(0, min(self.wait_max, self.wait_initial * 2 ** min(attempt - 1, 64)))  # noqa: S311
        return asked if asked <= self.retry_after_max else None

    def _may_repeat(self, method: str, failure: CauserieError) -> bool:
        repeatable = method in SAFE_METHODS or self.unsafe
        if isinstance(failure, APIStatusError):
            return failure.status_code == 429 or (repeatable and failure.status_code in STATUSES)
        if isinstance(failure, APIResponseTooLargeError):  # the next answer would be as long
            return False
        return isinstance(failure, APIConnectionError) and (repeatable or not failure.was_sent)
