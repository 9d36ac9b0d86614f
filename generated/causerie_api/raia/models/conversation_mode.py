from __future__ import annotations

from ...enums import OpenStrEnum


class ConversationMode(OpenStrEnum):
    """Who answers the user: the AI, or a human by hand."""

    AI = "ai"
    MANUAL = "manual"
