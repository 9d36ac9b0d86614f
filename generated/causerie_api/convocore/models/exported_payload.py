from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class ExportedPayload(Model):
    """What an exported message holds; other fields may stand beside these."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    message: str | Unset = field("message", schema.STRING, default=UNSET)
    """The text."""
    feedback: str | Unset = field("feedback", schema.STRING, default=UNSET)
    """Feedback on the message, such as Positive, Negative or Unset."""
    ai_generated: bool | Unset = field("aiGenerated", schema.BOOLEAN, default=UNSET)
    """True when an AI wrote it."""
