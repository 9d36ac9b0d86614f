from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field


class ListRateLimit(Model):
    """How many lists a workspace may ask for, and how many are left."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    requests_per_minute: int = field("requestsPerMinute", schema.INTEGER)
    """Number of requests a minute."""
    remaining_minute: int = field("remainingMinute", schema.INTEGER)
    """Number that is left of this minute."""
    requests_per_hour: int = field("requestsPerHour", schema.INTEGER)
    """Number of requests an hour."""
    remaining_hour: int = field("remainingHour", schema.INTEGER)
    """Number that is left of this hour."""
