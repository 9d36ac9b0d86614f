from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class ExportUsage(Model):
    """What an export counted, and what is left of the quota."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    period_key: str = field("periodKey", schema.STRING)
    """Key of the billing cycle."""
    billable_used_this_request: int = field("billableUsedThisRequest", schema.INTEGER)
    """Number of sessions that this request counted."""
    billable_used_this_period: int = field("billableUsedThisPeriod", schema.INTEGER)
    """Number of sessions in this billing cycle."""
    included_quota: int = field("includedQuota", schema.INTEGER)
    """Number of sessions that the plan includes."""
    billable_remaining_this_period: int = field("billableRemainingThisPeriod", schema.INTEGER)
    """Number of sessions that are left."""
    overage_used_this_period: int = field("overageUsedThisPeriod", schema.INTEGER)
    """Number of sessions beyond the plan."""
    overage_packs_charged: int = field("overagePacksCharged", schema.INTEGER)
    """Number of packs that were charged for."""
    export_request_count: int = field("exportRequestCount", schema.INTEGER)
    """Number of requests in this billing cycle."""
    summary: str = field("summary", schema.STRING)
    """The same in words."""
    log_id: str | Unset = field("logId", schema.STRING, default=UNSET)
    """Id of the entry in the vendor's log."""
