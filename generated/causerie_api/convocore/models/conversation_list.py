from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.conversation import Conversation
    from ..models.list_rate_limit import ListRateLimit


class ConversationList(Model):
    """One page of conversations."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    success: bool = field("success", schema.BOOLEAN)
    """True when the operation succeeded."""
    message: str = field("message", schema.STRING)
    """What happened, in words."""
    data: list[Conversation] = field("data", schema.array(schema.ref(lambda: models.Conversation)))
    """The conversations."""
    has_more: bool = field("hasMore", schema.BOOLEAN)
    """True when there is another page."""
    next_cursor: str | None = field("nextCursor", schema.nullable(schema.STRING))
    """The `cursor` that asks for the next page, null when there is none."""
    limit: int = field("limit", schema.INTEGER)
    """Number of conversations on a page."""
    cached: bool | Unset = field("cached", schema.BOOLEAN, default=UNSET)
    """True when the answer was kept from before; it is for a short time."""
    rate_limit: ListRateLimit | Unset = field("rateLimit", schema.ref(lambda: models.ListRateLimit), default=UNSET)
    """How many lists a workspace may ask for, and how many are left."""
