from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.message_attachment import MessageAttachment


class NewManualMessage(Model):
    """A human's message to the user."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    message: str = field("message", schema.STRING)
    """Text of the message."""
    conversation_message_id: str | Unset = field("conversationMessageId", schema.STRING, default=UNSET)
    """Id of the user's message that this one answers."""
    author_id: str | Unset = field("authorId", schema.STRING, default=UNSET)
    """Id of the team member who writes."""
    files: list[MessageAttachment] | Unset = field(
        "files", schema.array(schema.ref(lambda: models.MessageAttachment)), default=UNSET
    )
    """Uploaded files to attach."""


if TYPE_CHECKING:

    class NewManualMessageParams(TypedDict, total=False):
        """The fields of ``NewManualMessage`` as keyword arguments."""

        message: Required[str]
        conversation_message_id: str | Unset
        author_id: str | Unset
        files: list[MessageAttachment] | Unset
