from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.message_attachment import MessageAttachment


class NewMessage(Model):
    """A user's message to the agent."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    message: str = field("message", schema.STRING)
    """Text of the message."""
    context: str | Unset = field("context", schema.STRING, default=UNSET)
    """What the agent should know for this message."""
    files: list[MessageAttachment] | Unset = field(
        "files", schema.array(schema.ref(lambda: models.MessageAttachment)), default=UNSET
    )
    """Uploaded files to attach."""


if TYPE_CHECKING:

    class NewMessageParams(TypedDict, total=False):
        """The fields of ``NewMessage`` as keyword arguments."""

        message: Required[str]
        context: str | Unset
        files: list[MessageAttachment] | Unset
