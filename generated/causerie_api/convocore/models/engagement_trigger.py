from __future__ import annotations

from ...enums import OpenStrEnum


class EngagementTrigger(OpenStrEnum):
    """What made the AI decide."""

    PHRASE = "phrase"
    AI_RULE = "ai_rule"
    OWNERSHIP = "ownership"
