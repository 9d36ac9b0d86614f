from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class MessageSource(OpenStrEnum):
    """Channel that a message came over."""

    EMAIL = "email"
    SMS = "sms"
    LIVE_CHAT = "live_chat"
    COPILOT = "copilot"
    API = "api"
    VOICE = "voice"
    MS_TEAMS = "ms_teams"


MessageSourceValue: TypeAlias = (
    MessageSource
    | Literal[
        "email",
        "sms",
        "live_chat",
        "copilot",
        "api",
        "voice",
        "ms_teams",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
