from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.replaced_messages import ReplacedMessages


class MessagesReplacementResponse(Model):
    """Answer with the turns that are stored now."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    success: bool = field("success", schema.BOOLEAN)
    """True when the operation succeeded."""
    message: str = field("message", schema.STRING)
    """What happened, in words."""
    data: ReplacedMessages = field("data", schema.ref(lambda: models.ReplacedMessages))
    """The turns that are stored now, and what follows from them."""
