from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class PromptType(OpenStrEnum):
    """Type of what the person sends."""

    TEXT = "text"
    VISUAL = "visual"


PromptTypeValue: TypeAlias = (
    PromptType
    | Literal[
        "text",
        "visual",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
