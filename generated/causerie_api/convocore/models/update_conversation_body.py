from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.conversation_fields import ConversationFields


class UpdateConversationBody(Model):
    """Body of update_conversation."""

    __slots__ = ()

    conversation: ConversationFields = field("conversation", schema.ref(lambda: models.ConversationFields))
    """Everything about a conversation that can be written; in an update, what is left out stays."""


if TYPE_CHECKING:

    class UpdateConversationBodyParams(TypedDict, total=False):
        """The fields of ``UpdateConversationBody`` as keyword arguments."""

        conversation: Required[ConversationFields]
