from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class SkillStatus(OpenStrEnum):
    """Whether a skill is in use."""

    ACTIVE = "active"
    INACTIVE = "inactive"


SkillStatusValue: TypeAlias = (
    SkillStatus
    | Literal[
        "active",
        "inactive",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
