from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.engagement_trigger import EngagementTrigger, EngagementTriggerValue


class InboundEngagement(Model):
    """Decisions of the AI whether to reply to incoming messages."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
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
    last_triggered_by: EngagementTrigger | Unset = field(
        "lastTriggeredBy", schema.enum(lambda: models.EngagementTrigger), default=UNSET
    )
    """What made the AI decide."""


if TYPE_CHECKING:

    class InboundEngagementParams(TypedDict, total=False):
        """The fields of ``InboundEngagement`` as keyword arguments."""

        first_decision_at: int | Unset
        first_decision_should_reply: bool | Unset
        last_decision_at: int | Unset
        last_decision_should_reply: bool | Unset
        last_decision_reason: str | Unset
        ai_owned_thread: bool | Unset
        ignore_thread: bool | Unset
        last_triggered_by: EngagementTriggerValue | Unset
