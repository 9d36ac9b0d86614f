from __future__ import annotations

from ...enums import OpenStrEnum


class PromptResponseStatus(OpenStrEnum):
    """State of the agent's response to a prompt."""

    PENDING = "pending"
    COMPLETED = "completed"
    FAILED = "failed"
