from __future__ import annotations

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
