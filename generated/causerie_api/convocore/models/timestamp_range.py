from __future__ import annotations

from ... import schema
from ...model import Model, field


class TimestampRange(Model):
    """Between which times the sessions of a page lie."""

    __slots__ = ()

    oldest: int = field("oldest", schema.INTEGER)
    """Unix time of the oldest; the unit is not documented."""
    newest: int = field("newest", schema.INTEGER)
    """Unix time of the newest; the unit is not documented."""
