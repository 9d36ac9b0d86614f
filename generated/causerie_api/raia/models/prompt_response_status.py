from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class PromptResponseStatus(OpenStrEnum):
    """State of the agent's response to a prompt."""

    PENDING = "pending"
    COMPLETED = "completed"
    FAILED = "failed"


PromptResponseStatusValue: TypeAlias = (
    PromptResponseStatus
    | Literal[
        "pending",
        "completed",
        "failed",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
