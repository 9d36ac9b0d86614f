from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class DeliveredMessage(Model):
    """A message as it was or would be sent; other fields may stand beside these."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    type_: str | Unset = field("type", schema.STRING, default=UNSET)
    """Type of the message."""
    from_: str | Unset = field("from", schema.STRING, default=UNSET)
    """Who sent it."""
    item: dict[str, Any] | Unset = field("item", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
