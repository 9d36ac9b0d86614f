from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.sort_order import SortOrder


class ExportQuery(Model):
    """What an export was asked for."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    sort: SortOrder = field("sort", schema.enum(lambda: models.SortOrder))
    """Newest or oldest first."""
    from_ts: int | None = field("fromTs", schema.nullable(schema.INTEGER))
    """Earliest `ts`, null when none was asked for."""
    to_ts: int | None = field("toTs", schema.nullable(schema.INTEGER))
    """Latest `ts`, null when none was asked for."""
