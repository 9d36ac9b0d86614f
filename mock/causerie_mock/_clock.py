"""Mock time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

Mode = Literal["step", "frozen", "run"]

# behaviour: mock-time-moves
#: Later than every date in the documented examples that are seeded.
START = datetime(2026, 1, 1, tzinfo=UTC)

#: Mock time ends here, before datetime does.
END = datetime(9000, 1, 1, tzinfo=UTC)


class Clock:
    """The time that a mock lives in.

    It steps one second with every request at first, so whatever changes has a later date. It can be `frozen`, step by
    another length, or `run` as real time does.
    """

    def __init__(self) -> None:
        #: Called whenever time was moved, or goes on in another way.
        self.on_change: Callable[[], None] | None = None
        self.reset()

    def reset(self) -> None:
        """Back to the beginning, a second to a step."""
        self._mode: Mode = "step"
        self._step = timedelta(seconds=1)
        self._at = START
        self._since = 0.0

    @property
    def mode(self) -> Mode:
        """`step`, `frozen` or `run`."""
        return self._mode

    @property
    def step(self) -> float:
        """Seconds that a request takes while the clock steps."""
        return self._step.total_seconds()

    @property
    def now(self) -> datetime:
        """Mock time, in UTC."""
        if self._mode != "run":
            return self._at
        return min(self._at + timedelta(seconds=time.monotonic() - self._since), END)

    def tick(self) -> None:
        """Note that a request has come."""
        if self._mode == "step":
            self._at = min(self._at + self._step, END)
            self._tell()

    def set(self, now: datetime) -> None:
        """Make it `now`, which must have a time zone and lie before the year 9000."""
        if now.tzinfo is None or not datetime(1970, 1, 1, tzinfo=UTC) <= now <= END:
            raise ValueError(f"now is {now}; give a time with a zone between the years 1970 and 9000.")
        self._at = now.astimezone(UTC)
        self._since = time.monotonic()
        self._tell()

    def advance(self, seconds: float) -> None:
        """Move on by so many seconds."""
        self.set(self.now + _duration("seconds", seconds))

    def elapse(self, seconds: float) -> None:
        """So many seconds pass, for whoever would have waited: time moves on unless it is frozen."""
        if self._mode != "frozen":
            self.set(min(self.now + timedelta(seconds=seconds), END))

    def freeze(self, at: datetime | None = None) -> None:
        """Stands still, `at` a time or now."""
        self.set(at or self.now)
        self._mode = "frozen"

    def step_by(self, seconds: float = 1) -> None:
        """Stands still but for the `seconds` that every request takes."""
        self.set(self.now)
        self._step = _duration("seconds", seconds)
        self._mode = "step"

    def run(self) -> None:
        """Run from now on, as fast as real time."""
        self.set(self.now)
        self._mode = "run"
        self._tell()

    def dump(self) -> dict[str, Any]:
        """`{now, mode, step}`; `now` as ISO 8601."""
        return {"now": self.now.isoformat(), "mode": self._mode, "step": self.step}

    def load(self, data: dict[str, Any]) -> None:
        """Goes on from what `dump` gave. What is left out stays as it is. Raises `ValueError`."""
        mode = data.get("mode", self._mode)
        if mode not in get_args(Mode):
            raise ValueError(f"mode is {mode!r}; it is one of {', '.join(get_args(Mode))}.")
        step = _duration("step", data.get("step", self.step))
        self.set(datetime.fromisoformat(data["now"]) if "now" in data else self.now)
        self._mode, self._step = mode, step
        self._tell()

    def _tell(self) -> None:
        if self.on_change is not None:
            self.on_change()


def _duration(name: str, seconds: float) -> timedelta:
    if not 0 <= seconds <= 1e10:
        raise ValueError(f"{name} is {seconds!r}; give a number of seconds from 0 to 10,000,000,000.")
    return timedelta(seconds=seconds)
