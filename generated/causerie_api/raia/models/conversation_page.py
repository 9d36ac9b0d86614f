from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.conversation import Conversation


class ConversationPage(Model):
    """One page of conversations."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    current_page: int = field("currentPage", schema.INTEGER)
    """Number of this page, counted from 1."""
    page_size: int = field("pageSize", schema.INTEGER)
    """Number of conversations that a full page holds."""
    total_items: int = field("totalItems", schema.INTEGER)
    """Number of conversations on all pages."""
    total_pages: int = field("totalPages", schema.INTEGER)
    """Number of pages."""
    has_next_page: bool = field("hasNextPage", schema.BOOLEAN)
    """True when a page follows."""
    has_previous_page: bool = field("hasPreviousPage", schema.BOOLEAN)
    """True when a page precedes."""
    data: list[Conversation] = field("data", schema.array(schema.ref(lambda: models.Conversation)))
    """The conversations of this page."""
