from __future__ import annotations

from typing import TYPE_CHECKING, Any, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.turn import Turn


class MessagesReplacement(Model):
    """Turns that replace those of a conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    turns: list[Turn] = field("turns", schema.array(schema.ref(lambda: models.Turn)))
    """The turns, oldest first."""
    lg_messages: list[Any] | Unset = field("lgMessages", schema.array(schema.ANY), default=UNSET)
    """Messages for the framework of the language model, of any shape."""
    update_conversation_metadata: bool | Unset = field("updateConversationMetadata", schema.BOOLEAN, default=UNSET)
    """False to leave messagesNum, lastMessage, firstMessageTS, lastMessageTS and lastModified of the conversation as they are; otherwise they follow the turns."""


if TYPE_CHECKING:

    class MessagesReplacementParams(TypedDict, total=False):
        """The fields of ``MessagesReplacement`` as keyword arguments."""

        turns: Required[list[Turn]]
        lg_messages: list[Any] | Unset
        update_conversation_metadata: bool | Unset
