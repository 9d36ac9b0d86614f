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
    """A mock's clock.

    By default, it steps one second with every request, so that whatever changes gets a later time. It can be `frozen`,
    step by another length, or `run` like real time.
    """

    def __init__(self) -> None:
        #: Called whenever the time or the mode has changed.
        self.on_change: Callable[[], None] | None = None
        self.reset()

    def reset(self) -> None:
        """Set it back to the beginning, stepping one second."""
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
        """The seconds by which a request moves the clock while it steps."""
        return self._step.total_seconds()

    @property
    def now(self) -> datetime:
        """Mock time, in UTC."""
        if self._mode != "run":
            return self._at
        return min(self._at + timedelta(seconds=time.monotonic() - self._since), END)

    def tick(self) -> None:
        """Move the clock as a request does."""
        if self._mode == "step":
            self._at = min(self._at + self._step, END)
            self._tell()

    def set(self, now: datetime) -> None:
        """Set the time to `now`, which must have a time zone and be before the year 9000."""
        if now.tzinfo is None or not datetime(1970, 1, 1, tzinfo=UTC) <= now <= END:
            raise ValueError(f"now is {now}; give a time with a zone between the years 1970 and 9000.")
        self._at = now.astimezone(UTC)
        self._since = time.monotonic()
        self._tell()

    def advance(self, seconds: float) -> None:
        """Move the time on by this many seconds."""
        self.set(self.now + _duration("seconds", seconds))

    def elapse(self, seconds: float) -> None:
        """Move the time on for a wait of this many seconds, unless the clock is frozen."""
        if self._mode != "frozen":
            self.set(min(self.now + timedelta(seconds=seconds), END))

    def freeze(self, at: datetime | None = None) -> None:
        """Stop the clock, `at` a time or now."""
        self.set(at or self.now)
        self._mode = "frozen"

    def step_by(self, seconds: float = 1) -> None:
        """Stop the clock except for the `seconds` by which every request moves it."""
        self.set(self.now)
        self._step = _duration("seconds", seconds)
        self._mode = "step"

    def run(self) -> None:
        """Let it run like real time from now on."""
        self.set(self.now)
        self._mode = "run"
        self._tell()

    def dump(self) -> dict[str, Any]:
        """Return `{now, mode, step}`, with `now` as ISO 8601."""
        return {"now": self.now.isoformat(), "mode": self._mode, "step": self.step}

    def load(self, data: dict[str, Any]) -> None:
        """Continue from the value of `dump`. Missing keys change nothing. Raises `ValueError`."""
        mode = data.get("mode", self._mode)
        if mode not in get_args(Mode):
            raise ValueError(f"mode is {mode!r}; give one of {', '.join(get_args(Mode))}.")
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
