from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class StartVoiceConversationChannel(OpenStrEnum):
    """Always `voice`."""

    VOICE = "voice"


StartVoiceConversationChannelValue: TypeAlias = StartVoiceConversationChannel | Literal["voice",] | str
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
