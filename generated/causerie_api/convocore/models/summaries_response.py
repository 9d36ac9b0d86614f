from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.conversation_summary import ConversationSummary


class SummariesResponse(Model):
    """Answer with the summaries; it has no `message`."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    success: bool = field("success", schema.BOOLEAN)
    """True when the operation succeeded."""
    data: list[ConversationSummary] = field("data", schema.array(schema.ref(lambda: models.ConversationSummary)))
    """The summaries."""
