from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class ConversationMode(OpenStrEnum):
    """Who answers the user: the AI, or a human by hand."""

    AI = "ai"
    MANUAL = "manual"


ConversationModeValue: TypeAlias = (
    ConversationMode
    | Literal[
        "ai",
        "manual",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
