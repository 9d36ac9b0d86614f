from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.conversation_fields import ConversationFields


class ConversationResponse(Model):
    """Answer with one conversation."""

    __slots__ = ()

    success: bool = field("success", schema.BOOLEAN)
    """True when the operation succeeded."""
    message: str = field("message", schema.STRING)
    """What happened, in words."""
    data: ConversationFields = field("data", schema.ref(lambda: models.ConversationFields))
    """Everything about a conversation that can be written; in an update, what is left out stays."""
