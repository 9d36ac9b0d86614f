"""Mock time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

#: Later than every date in the documented examples that are seeded.
START = datetime(2026, 1, 1, tzinfo=UTC)


class Clock:
    """Stands still at `now` and moves one second with every request, so whatever changes has a later date."""

    def __init__(self) -> None:
        self.now = START

    def tick(self) -> None:
        """Moves one second on."""
        self.now += timedelta(seconds=1)
