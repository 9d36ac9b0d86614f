from __future__ import annotations

from typing import Literal, TypeAlias

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


CrmActivityTypeValue: TypeAlias = (
    CrmActivityType
    | Literal[
        "Message",
        "Call",
        "Email",
        "Demo",
        "Meeting",
        "Follow-Up",
        "Note",
        "Stage Change",
        "Handoff",
        "System",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
