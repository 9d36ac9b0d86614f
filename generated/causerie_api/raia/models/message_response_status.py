from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class MessageResponseStatus(OpenStrEnum):
    """State of the agent's reply to a message."""

    PENDING = "pending"
    COMPLETED = "completed"
    FAILED = "failed"


MessageResponseStatusValue: TypeAlias = (
    MessageResponseStatus
    | Literal[
        "pending",
        "completed",
        "failed",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
