from __future__ import annotations

from typing import Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class ConversationExport(Model):
    """One conversation in a form to keep as a file."""

    __slots__ = ()

    success: bool = field("success", schema.BOOLEAN)
    """True when the operation succeeded."""
    message: str = field("message", schema.STRING)
    """What happened, in words."""
    data: Any | Unset = field("data", schema.ANY, default=UNSET)
    """The conversation, any JSON value in json and one text with a header row in csv."""
