from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.conversation import Conversation


class ConversationList(Model):
    """One page of conversations."""

    __slots__ = ()

    success: bool = field("success", schema.BOOLEAN)
    """True when the operation succeeded."""
    message: str = field("message", schema.STRING)
    """What happened, in words."""
    data: list[Conversation] = field("data", schema.array(schema.ref(lambda: models.Conversation)))
    """The conversations."""
    has_more: bool | Unset = field("hasMore", schema.BOOLEAN, default=UNSET)
    """True when there is another page."""
    next_cursor: str | None | Unset = field("nextCursor", schema.nullable(schema.STRING), default=UNSET)
    """The `cursor` that asks for the next page, null when there is none."""
