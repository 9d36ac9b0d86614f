from __future__ import annotations

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
