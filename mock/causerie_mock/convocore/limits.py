"""The rate limits of a workspace, and its bill for exports."""

from __future__ import annotations

from typing import Any, NamedTuple

import attrs

from .._exchange import Problem

# behaviour: rate-limits-are-told
MINUTE, HOUR = 60, 3600
LISTS_PER_MINUTE, LISTS_PER_HOUR, EXPORTS_PER_HOUR = 60, 1000, 1500

# behaviour: quota-and-packs
_PACK = 1000


@attrs.define
class Window:
    """The number of requests in one interval of mock time, in Unix seconds."""

    start: int = 0
    used: int = 0

    def move(self, now: int, length: int) -> None:
        """Restart the count if `now` is in another interval of `length` seconds."""
        start = now - now % length
        if start != self.start:
            self.start, self.used = start, 0


@attrs.define
class Bill:
    """The exports of one month."""

    period: str = ""
    sessions: int = 0
    requests: int = 0

    def add(self, period: str, sessions: int, quota: int) -> dict[str, Any]:
        """Count one export, and return the `usage` of its answer."""
        # behaviour: exports-are-counted-together, billing-cycle-is-a-month
        if period != self.period:
            self.period, self.sessions, self.requests = period, 0, 0
        self.sessions += sessions
        self.requests += 1
        beyond = max(0, self.sessions - quota)
        return {
            "periodKey": period,
            "billableUsedThisRequest": sessions,
            "billableUsedThisPeriod": self.sessions,
            "includedQuota": quota,
            "billableRemainingThisPeriod": max(0, quota - self.sessions),
            "overageUsedThisPeriod": beyond,
            "overagePacksCharged": -(-beyond // _PACK),
            "exportRequestCount": self.requests,
            "logId": f"{period}-{self.requests}",
            "summary": f"{sessions} sessions counted; {self.sessions} of {quota} used in {period}.",
        }


@attrs.define
class Workspace:
    """The counts of one workspace."""

    lists_minute: Window = attrs.field(factory=Window)
    lists_hour: Window = attrs.field(factory=Window)
    exports_hour: Window = attrs.field(factory=Window)
    bill: Bill = attrs.field(factory=Bill)


class Limit(NamedTuple):
    """The number of requests that are `allowed` in each interval of `length` seconds; None for no limit."""

    window: Window
    length: int
    allowed: int | None
    #: The vendor's own limit.
    documented: int


def take(now: int, *limits: Limit) -> list[tuple[int, int]]:
    """Count one request, and return for each limit how many requests are allowed and how many are left.

    If a limit is used up, raises a 429 `Problem` with Retry-After in seconds, and counts nothing.
    """
    # behaviour: rate-limits-are-options, no-more-is-left-than-allowed
    for window, length, allowed, _ in limits:
        window.move(now, length)
        if allowed is not None and window.used >= allowed:
            wait = window.start + length - now
            raise Problem(429, "Rate limit exceeded. Try again later.", headers=(("retry-after", str(wait)),))
    for window, *_ in limits:
        window.used += 1
    return [
        (documented, documented) if allowed is None else (allowed, allowed - window.used)
        for window, _, allowed, documented in limits
    ]
