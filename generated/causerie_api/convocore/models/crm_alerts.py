from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class CrmAlerts(Model):
    """What needs attention about a lead."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    overdue_ecd: bool | Unset = field("overdueECD", schema.BOOLEAN, default=UNSET)
    """True when the expected close date has passed."""
    overdue_activity: bool | Unset = field("overdueActivity", schema.BOOLEAN, default=UNSET)
    """True when an activity is overdue."""
    stale_lead: bool | Unset = field("staleLead", schema.BOOLEAN, default=UNSET)
    """True when nothing has happened for long."""
    responded: bool | Unset = field("responded", schema.BOOLEAN, default=UNSET)
    """True when the lead has responded."""
    new_handoff_assigned: bool | Unset = field("newHandoffAssigned", schema.BOOLEAN, default=UNSET)
    """True when a hand-over was newly assigned."""


if TYPE_CHECKING:

    class CrmAlertsParams(TypedDict, total=False):
        """The fields of ``CrmAlerts`` as keyword arguments."""

        overdue_ecd: bool | Unset
        overdue_activity: bool | Unset
        stale_lead: bool | Unset
        responded: bool | Unset
        new_handoff_assigned: bool | Unset
