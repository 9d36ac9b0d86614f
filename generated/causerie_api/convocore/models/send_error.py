from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field


class SendError(Model):
    """Why a message could not be delivered."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    message: str = field("message", schema.STRING)
    """What went wrong."""
    ts: int = field("ts", schema.INTEGER)
    """Unix time of the attempt; the unit is not documented."""


if TYPE_CHECKING:

    class SendErrorParams(TypedDict, total=False):
        """The fields of ``SendError`` as keyword arguments."""

        message: Required[str]
        ts: Required[int]
