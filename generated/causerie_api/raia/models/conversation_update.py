from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.conversation_status import ConversationStatus, ConversationStatusValue


class ConversationUpdate(Model):
    """The fields of a conversation to change; what is left out stays."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    title: str | Unset = field("title", schema.STRING, default=UNSET)
    """New title."""
    context: str | Unset = field("context", schema.STRING, default=UNSET)
    """What the agent should know from now on."""
    status: ConversationStatus | Unset = field("status", schema.enum(lambda: models.ConversationStatus), default=UNSET)
    """Whether a conversation is in use."""
    conversation_state_id: str | Unset = field("conversationStateId", schema.STRING, default=UNSET)
    """Id of the new state."""


if TYPE_CHECKING:

    class ConversationUpdateParams(TypedDict, total=False):
        """The fields of ``ConversationUpdate`` as keyword arguments."""

        title: str | Unset
        context: str | Unset
        status: ConversationStatusValue | Unset
        conversation_state_id: str | Unset
