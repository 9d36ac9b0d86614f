from __future__ import annotations

from ... import schema
from ...model import Model, field


class StartedConversation(Model):
    """Names the conversation that was started."""

    __slots__ = ()

    conversation_id: str = field("conversationId", schema.STRING)
    """Id of the new conversation."""
