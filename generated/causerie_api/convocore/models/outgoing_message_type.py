from __future__ import annotations

from ...enums import OpenStrEnum


class OutgoingMessageType(OpenStrEnum):
    """Type of a message to the person, text by default."""

    TEXT = "text"
    CHOICE = "choice"
    CARDV2 = "cardV2"
    CAROUSEL = "carousel"
    VISUAL = "visual"
    FILE = "file"
    VOICENOTE = "VoiceNote"
    ATTACHMENT = "Attachment"
    EMBED = "Embed"
    LOCATION = "location"
    JSX = "jsx"
    NO_REPLY = "no-reply"
    DEBUG = "debug"
    STEALTH = "stealth"
