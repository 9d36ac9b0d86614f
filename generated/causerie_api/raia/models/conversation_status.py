from __future__ import annotations

from ...enums import OpenStrEnum


class ConversationStatus(OpenStrEnum):
    """Whether a conversation is in use."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    ARCHIVED = "archived"
