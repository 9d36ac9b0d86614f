from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field


class SessionPagination(Model):
    """Which page it is, and whether there is another."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    page: int = field("page", schema.INTEGER)
    """Number of the page, counted from 0."""
    limit: int = field("limit", schema.INTEGER)
    """Number of sessions on a page."""
    has_more: bool = field("hasMore", schema.BOOLEAN)
    """True when there is another page."""
    total_fetched: int = field("totalFetched", schema.INTEGER)
    """Number of sessions that were read for this page."""
