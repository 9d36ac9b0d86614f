from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class AgentStatus(OpenStrEnum):
    """Whether an agent is in use."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DRAFT = "draft"


AgentStatusValue: TypeAlias = (
    AgentStatus
    | Literal[
        "active",
        "inactive",
        "draft",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
