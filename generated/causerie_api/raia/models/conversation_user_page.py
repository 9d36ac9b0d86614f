from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.conversation_user import ConversationUser


class ConversationUserPage(Model):
    """One page of users. Nothing is required, for the contract declares the agent in its place."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    current_page: int | Unset = field("currentPage", schema.INTEGER, default=UNSET)
    """Number of this page, counted from 1."""
    page_size: int | Unset = field("pageSize", schema.INTEGER, default=UNSET)
    """Number of users on a page."""
    total_items: int | Unset = field("totalItems", schema.INTEGER, default=UNSET)
    """Number of users on all pages."""
    total_pages: int | Unset = field("totalPages", schema.INTEGER, default=UNSET)
    """Number of pages."""
    has_next_page: bool | Unset = field("hasNextPage", schema.BOOLEAN, default=UNSET)
    """True when a page follows."""
    has_previous_page: bool | Unset = field("hasPreviousPage", schema.BOOLEAN, default=UNSET)
    """True when a page precedes."""
    data: list[ConversationUser] | Unset = field(
        "data", schema.array(schema.ref(lambda: models.ConversationUser)), default=UNSET
    )
    """The users of this page."""
