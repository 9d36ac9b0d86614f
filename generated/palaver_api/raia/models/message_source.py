from __future__ import annotations

from enum import StrEnum
from typing import Self


class MessageSource(StrEnum):
    """Open: a value that the document does not list becomes a member of its own."""

    EMAIL = "email"
    SMS = "sms"
    LIVE_CHAT = "live_chat"
    COPILOT = "copilot"
    API = "api"
    VOICE = "voice"
    MS_TEAMS = "ms_teams"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = "UNKNOWN"
        member._value_ = value
        return member
