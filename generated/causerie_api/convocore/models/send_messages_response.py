from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.delivery import Delivery


class SendMessagesResponse(Model):
    """Answer that says what was delivered."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    success: bool = field("success", schema.BOOLEAN)
    """True when the operation succeeded."""
    message: str = field("message", schema.STRING)
    """What happened, in words."""
    data: Delivery = field("data", schema.ref(lambda: models.Delivery))
    """What became of messages to the person of a conversation."""
