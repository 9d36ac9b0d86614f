from __future__ import annotations

from ...enums import OpenStrEnum


class ConversationState(OpenStrEnum):
    """Who is talking, or that the conversation has ended."""

    REQUESTED_CHAT = "requested_chat"
    HUMAN_CHATTING = "human-chatting"
    AI_CHATTING = "ai-chatting"
    ENDED_CHAT = "ended_chat"
    COMPLETED = "completed"
