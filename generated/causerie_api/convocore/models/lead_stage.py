from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class LeadStage(OpenStrEnum):
    """Stage of the lead."""

    NEW = "new"
    ENGAGED = "engaged"
    EMAIL_SENT = "email_sent"
    FOLLOW_UP = "follow_up"
    INFO_REQ = "info_req"
    DEMO_REQ = "demo_req"
    DEMO_CONF = "demo_conf"
    DEMO_DONE = "demo_done"
    PROPOSAL = "proposal"
    NEGOTIATION = "negotiation"
    TRIAL = "trial"
    WON = "won"
    LOST = "lost"


LeadStageValue: TypeAlias = (
    LeadStage
    | Literal[
        "new",
        "engaged",
        "email_sent",
        "follow_up",
        "info_req",
        "demo_req",
        "demo_conf",
        "demo_done",
        "proposal",
        "negotiation",
        "trial",
        "won",
        "lost",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
