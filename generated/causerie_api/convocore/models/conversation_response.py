from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.conversation import Conversation


class ConversationResponse(Model):
    """Answer with one conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    success: bool = field("success", schema.BOOLEAN)
    """True when the operation succeeded."""
    message: str = field("message", schema.STRING)
    """What happened, in words."""
    data: Conversation = field("data", schema.ref(lambda: models.Conversation))
    """A conversation of an agent with one user; in an update, what is left out stays."""
