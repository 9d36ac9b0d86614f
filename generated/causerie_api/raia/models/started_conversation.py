from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field


class StartedConversation(Model):
    """Names the conversation that was started."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    conversation_id: str = field("conversationId", schema.STRING)
    """Id of the new conversation."""
