from __future__ import annotations

from ...enums import OpenStrEnum


class AgentStatus(OpenStrEnum):
    """Whether an agent is in use."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DRAFT = "draft"
