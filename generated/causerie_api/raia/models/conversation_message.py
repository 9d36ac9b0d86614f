from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    import datetime

    from ..models.full_ai_response import FullAIResponse
    from ..models.message_feedback import MessageFeedback
    from ..models.message_file import MessageFile
    from ..models.message_source import MessageSource
    from ..models.sender_role import SenderRole


class ConversationMessage(Model):
    """A message in a conversation, by the user, the agent or a human in its place."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: str = field("id", schema.STRING)
    """Id of the message."""
    message: str = field("message", schema.STRING)
    """Text of the message; empty when it is a file only."""
    conversation_id: str = field("conversationId", schema.STRING)
    """Id of the conversation."""
    sender_role: SenderRole = field("senderRole", schema.enum(lambda: models.SenderRole))
    """Who wrote a message: the user, the agent, or a human in its place."""
    conversation_message_id: str = field("conversationMessageId", schema.STRING)
    """Id of the question that this message belongs to."""
    source: MessageSource = field("source", schema.enum(lambda: models.MessageSource))
    """Channel that a message came over."""
    created_at: datetime.datetime = field("createdAt", schema.DATETIME)
    """Time of creation."""
    is_anonymized: bool = field("isAnonymized", schema.BOOLEAN)
    """True once personal data is removed."""
    raw_message: str | Unset = field("rawMessage", schema.STRING, default=UNSET)
    """Text before any formatting."""
    conversation_message_feedbacks: list[MessageFeedback] | Unset = field(
        "conversationMessageFeedbacks", schema.array(schema.ref(lambda: models.MessageFeedback)), default=UNSET
    )
    """Feedbacks on this message."""
    full_ai_response: FullAIResponse | Unset = field(
        "fullAIResponse", schema.ref(lambda: models.FullAIResponse), default=UNSET
    )
    """The agent's reply in its parts."""
    subagent_id: str | None | Unset = field("subagentId", schema.nullable(schema.STRING), default=UNSET)
    """Id of the subagent that orchestration chose for this message."""
    expanded_message: str | None | Unset = field("expandedMessage", schema.nullable(schema.STRING), default=UNSET)
    """The message as Enhanced Prompting expanded it; null when it did not."""
    files: list[MessageFile] | Unset = field(
        "files", schema.array(schema.ref(lambda: models.MessageFile)), default=UNSET
    )
    """Files of this message."""
