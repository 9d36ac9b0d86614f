"""How much a workspace has asked for, and what it has to pay for."""

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
    """Requests in one stretch of mock time, in Unix seconds."""

    start: int = 0
    used: int = 0

    def move(self, now: int, length: int) -> None:
        """Begins to count anew when the stretch of `length` seconds that `now` lies in is another."""
        start = now - now % length
        if start != self.start:
            self.start, self.used = start, 0


@attrs.define
class Bill:
    """What was exported in one month."""

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
    """What is counted of one workspace."""

    lists_minute: Window = attrs.field(factory=Window)
    lists_hour: Window = attrs.field(factory=Window)
    exports_hour: Window = attrs.field(factory=Window)
    bill: Bill = attrs.field(factory=Bill)


class Limit(NamedTuple):
    """How many requests are `allowed` in each stretch of `length` seconds; None for as many as one likes."""

    window: Window
    length: int
    allowed: int | None
    #: What the vendor allows.
    documented: int


def take(now: int, *limits: Limit) -> list[tuple[int, int]]:
    """Count one request, and return how many requests each limit allows and how many are left.

    Raises a 429 `Problem` with Retry-After in seconds, and counts nothing, when nothing is left of a limit.
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
