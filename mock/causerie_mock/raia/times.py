"""Times, as raia writes them."""

from __future__ import annotations

from datetime import UTC, datetime


def timestamp(instant: datetime) -> str:
    """`instant`, which is in UTC, as raia writes it: milliseconds, Z."""
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(text: str) -> datetime:
    """Return what `timestamp` wrote, or another RFC 3339 time.

    Raises `ValueError` for what datetime has not: the year 0 and leap seconds.
    """
    return datetime.fromisoformat(text.upper())


def normal(text: str) -> str:
    """`text` in raia's own form, in which times sort as text; empty when datetime does not have this time."""
    try:
        return timestamp(instant(text).astimezone(UTC))
    except (ValueError, OverflowError):
        return ""
