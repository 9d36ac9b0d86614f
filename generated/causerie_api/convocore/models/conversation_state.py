from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class ConversationState(OpenStrEnum):
    """Who is talking, or that the conversation has ended."""

    REQUESTED_CHAT = "requested_chat"
    HUMAN_CHATTING = "human-chatting"
    AI_CHATTING = "ai-chatting"
    ENDED_CHAT = "ended_chat"
    COMPLETED = "completed"


ConversationStateValue: TypeAlias = (
    ConversationState
    | Literal[
        "requested_chat",
        "human-chatting",
        "ai-chatting",
        "ended_chat",
        "completed",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
