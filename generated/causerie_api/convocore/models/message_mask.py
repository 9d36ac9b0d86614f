from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class MessageMask(Model):
    """Which message stands in the place of this one."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    message_index: int | Unset = field("messageIndex", schema.INTEGER, default=UNSET)
    """Index of the message in its turn."""
    turn_index: int | Unset = field("turnIndex", schema.INTEGER, default=UNSET)
    """Index of the turn."""


if TYPE_CHECKING:

    class MessageMaskParams(TypedDict, total=False):
        """The fields of ``MessageMask`` as keyword arguments."""

        message_index: int | Unset
        turn_index: int | Unset
