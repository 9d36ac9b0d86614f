"""Times in raia's form."""

from __future__ import annotations

from datetime import UTC, datetime


def timestamp(instant: datetime) -> str:
    """Return `instant`, which is in UTC, in raia's form: with milliseconds and Z."""
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(text: str) -> datetime:
    """Return the time in a text from `timestamp`, or in any RFC 3339 form.

    Raises `ValueError` for times that datetime does not support: the year 0 and leap seconds.
    """
    return datetime.fromisoformat(text.upper())


def normal(text: str) -> str:
    """Return `text` in raia's own form, in which times sort as text; empty if datetime does not support the time."""
    try:
        return timestamp(instant(text).astimezone(UTC))
    except (ValueError, OverflowError):
        return ""
