from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class SenderRole(OpenStrEnum):
    """Who wrote a message: the user, the agent, or a human in its place."""

    CONVERSATION_USER = "conversation_user"
    ASSISTANT = "assistant"
    MANUAL_ASSISTANT = "manual_assistant"


SenderRoleValue: TypeAlias = (
    SenderRole
    | Literal[
        "conversation_user",
        "assistant",
        "manual_assistant",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
