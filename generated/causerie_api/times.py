"""Times as JSON has them: texts of RFC 3339, and numbers since 1970."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from .jsonvalue import moment_text

SECOND: Final = timedelta(seconds=1)
MILLISECOND: Final = timedelta(milliseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS_FROM: Final = 10**11
"""A Unix time of this size or more is in milliseconds: as seconds it would be in the year 5138 or later."""
_LEAP: Final = re.compile(r"(?<=[T ])(\d\d:\d\d:)60")


def parse(text: str) -> datetime:
    """Return a time of RFC 3339, whose letters may be small. Raises ``ValueError``.

    A ``datetime`` has no leap second: it is the second before, in which the day and the year are those of the text.
    """
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.fromisoformat(_LEAP.sub(r"\g<1>59", text.upper()))


def since_epoch(moment: datetime, unit: timedelta) -> int:
    """Return a Unix time. Raises ``EncodeError`` for a time without a zone."""
    moment_text(moment)
    return (moment - _EPOCH) // unit


def after_epoch(number: float) -> datetime:
    """Return the time, in UTC, of a number of seconds or milliseconds."""
    return _EPOCH + number * (MILLISECOND if abs(number) >= _MILLISECONDS_FROM else SECOND)
