from __future__ import annotations

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class InboundEngagement(Model):
    """Decisions of the AI whether to reply to incoming messages."""

    __slots__ = ()

    first_decision_at: int | Unset = field("firstDecisionAt", schema.INTEGER, default=UNSET)
    """Unix time of the first decision."""
    first_decision_should_reply: bool | Unset = field("firstDecisionShouldReply", schema.BOOLEAN, default=UNSET)
    """True when the first decision was to reply."""
    last_decision_at: int | Unset = field("lastDecisionAt", schema.INTEGER, default=UNSET)
    """Unix time of the last decision."""
    last_decision_should_reply: bool | Unset = field("lastDecisionShouldReply", schema.BOOLEAN, default=UNSET)
    """True when the last decision was to reply."""
    last_decision_reason: str | Unset = field("lastDecisionReason", schema.STRING, default=UNSET)
    """Reason of the last decision."""
    ai_owned_thread: bool | Unset = field("aiOwnedThread", schema.BOOLEAN, default=UNSET)
    """True when the AI leads the conversation."""
    ignore_thread: bool | Unset = field("ignoreThread", schema.BOOLEAN, default=UNSET)
    """True when the AI ignores the conversation."""
