from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field


class ReplyTo(Model):
    """The message that this one answers."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    message_id: str = field("messageId", schema.STRING)
    """Id of the message."""
    message_content: str = field("messageContent", schema.STRING)
    """Text of the message."""
    message_from: str = field("messageFrom", schema.STRING)
    """Who sent it."""
    message_index: int = field("messageIndex", schema.INTEGER)
    """Index of the message in its turn."""
    turn_index: int = field("turnIndex", schema.INTEGER)
    """Index of the turn."""


if TYPE_CHECKING:

    class ReplyToParams(TypedDict, total=False):
        """The fields of ``ReplyTo`` as keyword arguments."""

        message_id: Required[str]
        message_content: Required[str]
        message_from: Required[str]
        message_index: Required[int]
        turn_index: Required[int]
