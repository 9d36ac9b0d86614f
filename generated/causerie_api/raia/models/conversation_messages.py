from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.conversation_message import ConversationMessage


class ConversationMessages(Model):
    """The messages of one conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    messages: list[ConversationMessage] = field(
        "messages", schema.array(schema.ref(lambda: models.ConversationMessage))
    )
    """The messages, ordered by creation date."""
