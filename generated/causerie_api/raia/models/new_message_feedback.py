from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.vote_type import VoteType, VoteTypeValue


class NewMessageFeedback(Model):
    """A user's vote on one of the agent's messages, to be stored."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    conversation_message_id: str = field("conversationMessageId", schema.STRING)
    """Id of the message."""
    user_id: str = field("userId", schema.STRING)
    """Id of the user who votes."""
    vote_type: VoteType = field("voteType", schema.enum(lambda: models.VoteType))
    """Approval or disapproval."""
    question: str = field("question", schema.STRING)
    """The user's question."""
    answer: str | Unset = field("answer", schema.STRING, default=UNSET)
    """The agent's answer."""
    comment: str | Unset = field("comment", schema.STRING, default=UNSET)
    """The voter's comment."""


if TYPE_CHECKING:

    class NewMessageFeedbackParams(TypedDict, total=False):
        """The fields of ``NewMessageFeedback`` as keyword arguments."""

        conversation_message_id: Required[str]
        user_id: Required[str]
        vote_type: Required[VoteTypeValue]
        question: Required[str]
        answer: str | Unset
        comment: str | Unset
