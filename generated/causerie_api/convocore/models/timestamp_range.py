from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field


class TimestampRange(Model):
    """Between which times the sessions of a page lie."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    oldest: int = field("oldest", schema.INTEGER)
    """Unix time of the oldest; the unit is not documented."""
    newest: int = field("newest", schema.INTEGER)
    """Unix time of the newest; the unit is not documented."""
