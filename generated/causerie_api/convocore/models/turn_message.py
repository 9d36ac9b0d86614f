from __future__ import annotations

from typing import TYPE_CHECKING, Any, Required, TypedDict

from ... import schema
from ...model import Model, field, moment
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    import datetime

    from ..models.message_item import MessageItem
    from ..models.message_mask import MessageMask
    from ..models.reply_to import ReplyTo
    from ..models.send_error import SendError
    from ..models.sender import Sender, SenderValue
    from ..models.turn_message_type import TurnMessageType, TurnMessageTypeValue


class TurnMessage(Model):
    """One message of a turn; other fields may stand beside these."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    type_: TurnMessageType = field("type", schema.enum(lambda: models.TurnMessageType))
    """Type of a stored message."""
    mid: str | Unset = field("mid", schema.STRING, default=UNSET)
    """The channel's own id of the message."""
    from_: Sender | Unset = field("from", schema.enum(lambda: models.Sender), default=UNSET)
    """Who sent it."""
    item: MessageItem | Unset = field("item", schema.ref(lambda: models.MessageItem), default=UNSET)
    """What a message holds; other fields may stand beside these."""
    delay: float | Unset = field("delay", schema.NUMBER, default=UNSET)
    """Delay before it is shown; the unit is not documented."""
    action: str | Unset = field("action", schema.STRING, default=UNSET)
    """Action that goes with it."""
    ts: int | Unset = field("ts", schema.UNIX_SECONDS, default=UNSET)
    """Time of the message in Unix seconds."""
    feedback: bool | Unset = field("feedback", schema.BOOLEAN, default=UNSET)
    """True when the person liked it and false when not."""
    vg_payload: dict[str, Any] | Unset = field("VGPayload", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
    is_loading: bool | Unset = field("isLoading", schema.BOOLEAN, default=UNSET)
    """True while it is being written."""
    is_ai_generated: bool | Unset = field("isAIGenerated", schema.BOOLEAN, default=UNSET)
    """True when an AI wrote it."""
    source_label: str | Unset = field("sourceLabel", schema.STRING, default=UNSET)
    """Where it came from, such as api."""
    placeholder_image: str | Unset = field("placeholderImage", schema.STRING, default=UNSET)
    """URL of a picture to show until it is there."""
    mask: MessageMask | Unset = field("mask", schema.ref(lambda: models.MessageMask), default=UNSET)
    """Which message stands in the place of this one."""
    send_error: SendError | Unset = field("sendError", schema.ref(lambda: models.SendError), default=UNSET)
    """Why a message could not be delivered."""
    reply_to: ReplyTo | Unset = field("replyTo", schema.ref(lambda: models.ReplyTo), default=UNSET)
    """The message that this one answers."""

    @property
    def ts_datetime(self) -> datetime.datetime | Unset:
        """``ts`` as a ``datetime`` in UTC."""
        return moment(self, "ts")  # type: ignore[no-any-return]


if TYPE_CHECKING:

    class TurnMessageParams(TypedDict, total=False):
        """The fields of ``TurnMessage`` as keyword arguments."""

        type_: Required[TurnMessageTypeValue]
        mid: str | Unset
        from_: SenderValue | Unset
        item: MessageItem | Unset
        delay: float | Unset
        action: str | Unset
        ts: int | datetime.datetime | Unset
        feedback: bool | Unset
        vg_payload: dict[str, Any] | Unset
        is_loading: bool | Unset
        is_ai_generated: bool | Unset
        source_label: str | Unset
        placeholder_image: str | Unset
        mask: MessageMask | Unset
        send_error: SendError | Unset
        reply_to: ReplyTo | Unset
