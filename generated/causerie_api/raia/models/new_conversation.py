from __future__ import annotations

from typing import TYPE_CHECKING, Any, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class NewConversation(Model):
    """What a new conversation is made from."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    conversation_user_id: str = field("conversationUserId", schema.STRING)
    """Id of the conversation user."""
    title: str | Unset = field("title", schema.STRING, default=UNSET)
    """Title."""
    context: str | Unset = field("context", schema.STRING, default=UNSET)
    """What the agent should know in this conversation."""
    custom_data: dict[str, Any] | Unset = field("customData", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
    conversation_state_id: str | Unset = field("conversationStateId", schema.STRING, default=UNSET)
    """Id of the state to begin in."""


if TYPE_CHECKING:

    class NewConversationParams(TypedDict, total=False):
        """The fields of ``NewConversation`` as keyword arguments."""

        conversation_user_id: Required[str]
        title: str | Unset
        context: str | Unset
        custom_data: dict[str, Any] | Unset
        conversation_state_id: str | Unset
