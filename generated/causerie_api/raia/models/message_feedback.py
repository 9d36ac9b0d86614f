from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.vote_type import VoteType


class MessageFeedback(Model):
    """A user's vote on one of the agent's messages, as the message lists it."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: str = field("id", schema.STRING)
    """Id of the feedback."""
    vote_type: VoteType = field("voteType", schema.enum(lambda: models.VoteType))
    """Approval or disapproval."""
    question: str | None = field("question", schema.nullable(schema.STRING))
    """The user's question."""
    answer: str | None = field("answer", schema.nullable(schema.STRING))
    """The agent's answer."""
    comment: str | None = field("comment", schema.nullable(schema.STRING))
    """The voter's comment."""
    user_email: str | None | Unset = field("userEmail", schema.nullable(schema.STRING), default=UNSET)
    """Email address of the voter."""
