from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class CrmChannel(OpenStrEnum):
    """Channel over which a lead was engaged."""

    LINKEDIN = "LinkedIn"
    WHATSAPP = "WhatsApp"
    INSTAGRAM = "Instagram"
    FACEBOOK = "Facebook"
    EMAIL = "Email"
    PHONECALL = "Phone/Call"
    ZOOMVIDEO = "Zoom/Video"
    IN_PERSON = "In Person"
    REFERRAL = "Referral"
    WEB_CHAT = "Web Chat"
    UNKNOWN = "Unknown"


CrmChannelValue: TypeAlias = (
    CrmChannel
    | Literal[
        "LinkedIn",
        "WhatsApp",
        "Instagram",
        "Facebook",
        "Email",
        "Phone/Call",
        "Zoom/Video",
        "In Person",
        "Referral",
        "Web Chat",
        "Unknown",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
