from __future__ import annotations

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
