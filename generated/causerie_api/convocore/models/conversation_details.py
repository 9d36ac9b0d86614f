from __future__ import annotations

from typing import Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class ConversationDetails(Model):
    """All that is kept about a conversation."""

    __slots__ = ()

    success: bool | Unset = field("success", schema.BOOLEAN, default=UNSET)
    """True when the operation succeeded."""
    message: str | Unset = field("message", schema.STRING, default=UNSET)
    """What happened, in words."""
    data: Any | Unset = field("data", schema.ANY, default=UNSET)
    """The details; any JSON value."""
