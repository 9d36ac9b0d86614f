from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.outgoing_message import OutgoingMessage
    from ..models.send_options import SendOptions


class SendMessagesBody(Model):
    """What is sent to the person; a `message`, or `messages` with at least one."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    message: str | Unset = field("message", schema.STRING, default=UNSET)
    """One text."""
    messages: list[OutgoingMessage] | Unset = field(
        "messages", schema.array(schema.ref(lambda: models.OutgoingMessage)), default=UNSET
    )
    """One or more messages of any type."""
    source_label: str | Unset = field("sourceLabel", schema.STRING, default=UNSET)
    """Where it comes from, api by default; it is kept with the message."""
    options: SendOptions | Unset = field("options", schema.ref(lambda: models.SendOptions), default=UNSET)
    """How messages are sent."""


if TYPE_CHECKING:

    class SendMessagesBodyParams(TypedDict, total=False):
        """The fields of ``SendMessagesBody`` as keyword arguments."""

        message: str | Unset
        messages: list[OutgoingMessage] | Unset
        source_label: str | Unset
        options: SendOptions | Unset
