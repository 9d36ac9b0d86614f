from __future__ import annotations

from ...enums import OpenStrEnum


class PromptType(OpenStrEnum):
    """Type of what the person sends."""

    TEXT = "text"
    VISUAL = "visual"
