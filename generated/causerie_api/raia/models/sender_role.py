from __future__ import annotations

from ...enums import OpenStrEnum


class SenderRole(OpenStrEnum):
    """Who wrote a message: the user, the agent, or a human in its place."""

    CONVERSATION_USER = "conversation_user"
    ASSISTANT = "assistant"
    MANUAL_ASSISTANT = "manual_assistant"
