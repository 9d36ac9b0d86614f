"""When a request is repeated, and after which wait."""

from __future__ import annotations

import random
from typing import Final

import attrs

from causerie_api.jsonvalue import shortened

from ._clock import SECONDS_MAX
from ._errors import APIConnectionError, APIResponseTooLargeError, APIStatusError, ArgumentError, CauserieError

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "PUT", "DELETE"})
"""Methods that may always be repeated (RFC 9110, section 9.2.2)."""

STATUSES: Final = frozenset({408, 429, 500, 502, 503, 504})
"""Statuses of temporary failures."""


@attrs.frozen(kw_only=True)
class Retry:
    """How often a request is sent, and how long to wait between attempts.

    ``GET``, ``HEAD``, ``PUT`` and ``DELETE`` are repeated when the connection fails or the status is 408, 429, 500,
    502, 503 or 504. ``POST`` and ``PATCH`` are repeated only if they were certainly not processed: the connection was
    never made, or the status is 429.

    No vendor's documentation promises that a repeated ``POST`` is recognized: it may send a second WhatsApp message, or
    bill a second answer of the model. ``unsafe=True`` repeats them anyway.
    """

    attempts: int = attrs.field(default=3)
    """The most attempts; 1 never repeats a request."""
    unsafe: bool = False
    """Whether ``POST`` and ``PATCH`` are repeated even though they may have been processed."""
    wait_initial: float = 0.5
    """Seconds. The wait before attempt n + 1 is drawn from 0 to ``wait_initial * 2 ** (n - 1)`` ("full jitter")."""
    wait_max: float = 8.0
    """The upper limit of a wait, in seconds."""
    retry_after_max: float = 60.0
    """Seconds. If an answer asks for a longer wait, the error is raised at once."""

    def __attrs_post_init__(self) -> None:
        if self.attempts.__class__ is not int or self.attempts < 1:
            raise ArgumentError("attempts", f"{self.attempts!r} is not a number of attempts: give 1 or more")
        for name in ("wait_initial", "wait_max", "retry_after_max"):
            seconds = getattr(self, name)
            if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds <= SECONDS_MAX:
                raise ArgumentError(name, f"{shortened(seconds)} is not a number of seconds")

    def wait(self, method: str, failure: CauserieError, attempt: int) -> float | None:
        """Return the seconds to wait before attempt ``attempt + 1``; None if ``failure`` should be raised."""
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
