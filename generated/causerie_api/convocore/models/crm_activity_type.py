from __future__ import annotations

from ...enums import OpenStrEnum


class CrmActivityType(OpenStrEnum):
    """Kind of an activity."""

    MESSAGE = "Message"
    CALL = "Call"
    EMAIL = "Email"
    DEMO = "Demo"
    MEETING = "Meeting"
    FOLLOW_UP = "Follow-Up"
    NOTE = "Note"
    STAGE_CHANGE = "Stage Change"
    HANDOFF = "Handoff"
    SYSTEM = "System"
