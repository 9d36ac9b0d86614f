from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class MessageItem(Model):
    """What a message holds; other fields may stand beside these."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    type_: str | Unset = field("type", schema.STRING, default=UNSET)
    """Type of the content."""
    payload: Any | Unset = field("payload", schema.ANY, default=UNSET)
    """The content, any JSON value; of a text `{"message": …}`, of a choice `{"buttons": […]}`, of a carousel `{"cards": […]}`."""
    time: float | Unset = field("time", schema.NUMBER, default=UNSET)
    """Time of the content; the unit is not documented."""


if TYPE_CHECKING:

    class MessageItemParams(TypedDict, total=False):
        """The fields of ``MessageItem`` as keyword arguments."""

        type_: str | Unset
        payload: Any | Unset
        time: float | Unset
