from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class ConversationStatus(OpenStrEnum):
    """Whether a conversation is in use."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    ARCHIVED = "archived"


ConversationStatusValue: TypeAlias = (
    ConversationStatus
    | Literal[
        "active",
        "inactive",
        "archived",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
