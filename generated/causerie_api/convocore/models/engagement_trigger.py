from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class EngagementTrigger(OpenStrEnum):
    """What made the AI decide."""

    PHRASE = "phrase"
    AI_RULE = "ai_rule"
    OWNERSHIP = "ownership"


EngagementTriggerValue: TypeAlias = (
    EngagementTrigger
    | Literal[
        "phrase",
        "ai_rule",
        "ownership",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
