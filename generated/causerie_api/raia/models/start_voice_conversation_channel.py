from __future__ import annotations

from ...enums import OpenStrEnum


class StartVoiceConversationChannel(OpenStrEnum):
    """Always `voice`."""

    VOICE = "voice"
