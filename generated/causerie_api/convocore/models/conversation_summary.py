from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class ConversationSummary(Model):
    """The summary of one conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    convo_id: str = field("convoId", schema.STRING)
    """Id of the conversation."""
    summary: str = field("summary", schema.STRING)
    """The summary."""
    short_summary: str | Unset = field("shortSummary", schema.STRING, default=UNSET)
    """The same in three or four words."""
