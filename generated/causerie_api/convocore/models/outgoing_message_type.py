from __future__ import annotations

from typing import Literal, TypeAlias

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


OutgoingMessageTypeValue: TypeAlias = (
    OutgoingMessageType
    | Literal[
        "text",
        "choice",
        "cardV2",
        "carousel",
        "visual",
        "file",
        "VoiceNote",
        "Attachment",
        "Embed",
        "location",
        "jsx",
        "no-reply",
        "debug",
        "stealth",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
