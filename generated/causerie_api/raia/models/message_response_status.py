from __future__ import annotations

from ...enums import OpenStrEnum


class MessageResponseStatus(OpenStrEnum):
    """State of the agent's reply to a message."""

    PENDING = "pending"
    COMPLETED = "completed"
    FAILED = "failed"
