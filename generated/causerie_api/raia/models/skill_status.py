from __future__ import annotations

from ...enums import OpenStrEnum


class SkillStatus(OpenStrEnum):
    """Whether a skill is in use."""

    ACTIVE = "active"
    INACTIVE = "inactive"
