from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field, moment
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    import datetime

    from ..models.message_item import MessageItem
    from ..models.outgoing_message_type import (
        OutgoingMessageType,
        OutgoingMessageTypeValue,
    )
    from ..models.reply_to import ReplyTo
    from ..models.sender import Sender, SenderValue


class OutgoingMessage(Model):
    """One message to the person; other fields may stand beside these."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    mid: str | Unset = field("mid", schema.STRING, default=UNSET)
    """The channel's own id of the message."""
    from_: Sender | Unset = field("from", schema.enum(lambda: models.Sender), default=UNSET)
    """Who sent it."""
    type_: OutgoingMessageType | Unset = field("type", schema.enum(lambda: models.OutgoingMessageType), default=UNSET)
    """Type of a message to the person, text by default."""
    item: MessageItem | Unset = field("item", schema.ref(lambda: models.MessageItem), default=UNSET)
    """What a message holds; other fields may stand beside these."""
    ts: int | Unset = field("ts", schema.UNIX_SECONDS, default=UNSET)
    """Time of the message in Unix seconds."""
    source_label: str | Unset = field("sourceLabel", schema.STRING, default=UNSET)
    """Where it comes from."""
    reply_to: ReplyTo | Unset = field("replyTo", schema.ref(lambda: models.ReplyTo), default=UNSET)
    """The message that this one answers."""

    @property
    def ts_datetime(self) -> datetime.datetime | Unset:
        """``ts`` as a ``datetime`` in UTC."""
        return moment(self, "ts")  # type: ignore[no-any-return]


if TYPE_CHECKING:

    class OutgoingMessageParams(TypedDict, total=False):
        """The fields of ``OutgoingMessage`` as keyword arguments."""

        mid: str | Unset
        from_: SenderValue | Unset
        type_: OutgoingMessageTypeValue | Unset
        item: MessageItem | Unset
        ts: int | datetime.datetime | Unset
        source_label: str | Unset
        reply_to: ReplyTo | Unset
