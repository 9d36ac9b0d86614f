from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.conversation_user import ConversationUser


class UserWithConversations(Model):
    """A user, and the conversations that the user has with this agent."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    user: ConversationUser = field("user", schema.ref(lambda: models.ConversationUser))
    """The person the agent talks with."""
    conversation_ids: list[str] = field("conversationIds", schema.array(schema.STRING))
    """Ids of the conversations."""
