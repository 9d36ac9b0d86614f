from __future__ import annotations

from typing import TYPE_CHECKING, Any, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class MessagesReplacement(Model):
    """Messages that replace those of a conversation."""

    __slots__ = ()

    turns: list[dict[str, Any]] = field("turns", schema.array(schema.OBJECT))
    """The messages by turn; their shape is not known."""
    lg_messages: list[dict[str, Any]] | Unset = field("lgMessages", schema.array(schema.OBJECT), default=UNSET)
    """More messages; their shape and purpose are not known."""
    update_conversation_metadata: bool | Unset = field("updateConversationMetadata", schema.BOOLEAN, default=UNSET)
    """True when fields of the conversation such as `messagesNum` follow the new messages."""


if TYPE_CHECKING:

    class MessagesReplacementParams(TypedDict, total=False):
        """The fields of ``MessagesReplacement`` as keyword arguments."""

        turns: Required[list[dict[str, Any]]]
        lg_messages: list[dict[str, Any]] | Unset
        update_conversation_metadata: bool | Unset
