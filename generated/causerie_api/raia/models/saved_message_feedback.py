from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    import datetime

    from ..models.vote_type import VoteType


class SavedMessageFeedback(Model):
    """A user's vote on one of the agent's messages, as stored."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: str = field("id", schema.STRING)
    """Id of the feedback."""
    conversation_message_id: str = field("conversationMessageId", schema.STRING)
    """Id of the message."""
    vote_type: VoteType = field("voteType", schema.enum(lambda: models.VoteType))
    """Approval or disapproval."""
    question: str | None = field("question", schema.nullable(schema.STRING))
    """The user's question."""
    answer: str | None = field("answer", schema.nullable(schema.STRING))
    """The agent's answer."""
    created_at: datetime.datetime = field("createdAt", schema.DATETIME)
    """Time of the vote."""
    updated_at: datetime.datetime = field("updatedAt", schema.DATETIME)
    """Time of the last change."""
    comment: str | None = field("comment", schema.nullable(schema.STRING))
    """The voter's comment."""
