from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    import datetime

    from ..models.assigned_user import AssignedUser
    from ..models.conversation_feedback import ConversationFeedback
    from ..models.conversation_mode import ConversationMode
    from ..models.conversation_user import ConversationUser


class Conversation(Model):
    """A conversation of the agent with one user."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: str = field("id", schema.STRING)
    """Id of the conversation."""
    conversation_user_id: str = field("conversationUserId", schema.STRING)
    """Id of the conversation user."""
    ai_conversation_id: str = field("aiConversationId", schema.STRING)
    """Id of the conversation at the AI provider."""
    user: ConversationUser = field("user", schema.ref(lambda: models.ConversationUser))
    """The person the agent talks with."""
    created_at: datetime.datetime = field("createdAt", schema.DATETIME)
    """Time of creation."""
    updated_at: datetime.datetime = field("updatedAt", schema.DATETIME)
    """Time of the last change."""
    is_anonymized: bool = field("isAnonymized", schema.BOOLEAN)
    """True once personal data is removed."""
    title: str | Unset = field("title", schema.STRING, default=UNSET)
    """Title."""
    score: float | Unset = field("score", schema.NUMBER, default=UNSET)
    """Score; the scale is not documented."""
    summary: str | Unset = field("summary", schema.STRING, default=UNSET)
    """Summary."""
    metadata: dict[str, Any] | Unset = field("metadata", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
    ai_call_id: str | Unset = field("aiCallId", schema.STRING, default=UNSET)
    """Id of the call at the AI provider, for voice conversations."""
    mode: ConversationMode | Unset = field("mode", schema.enum(lambda: models.ConversationMode), default=UNSET)
    """Who answers the user: the AI, or a human by hand."""
    conversation_state_id: str | Unset = field("conversationStateId", schema.STRING, default=UNSET)
    """Id of the conversation's state."""
    assigned_user: AssignedUser | None | Unset = field(
        "assignedUser", schema.nullable(schema.ref(lambda: models.AssignedUser)), default=UNSET
    )
    """Member of the team the conversation is assigned to."""
    feedbacks: list[ConversationFeedback] | Unset = field(
        "feedbacks", schema.array(schema.ref(lambda: models.ConversationFeedback)), default=UNSET
    )
    """Feedbacks on the agent's messages; only list_conversations and get_conversation return them."""
