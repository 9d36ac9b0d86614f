from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.conversation_message import ConversationMessage
    from ..models.message_response_status import (
        MessageResponseStatus,
    )


class MessageResponse(Model):
    """State of the agent's reply to a message, and the reply."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    status: MessageResponseStatus = field("status", schema.enum(lambda: models.MessageResponseStatus))
    """State of the agent's reply to a message."""
    message: ConversationMessage | None = field(
        "message", schema.nullable(schema.ref(lambda: models.ConversationMessage))
    )
    """The reply, or null while there is none."""
    error: str | None = field("error", schema.nullable(schema.STRING))
    """Why there is no reply, or null when nothing failed."""
