from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class VoiceflowRuntime(OpenStrEnum):
    """Runtime of a Voiceflow project."""

    LEGACY = "legacy"
    V4 = "v4"


VoiceflowRuntimeValue: TypeAlias = (
    VoiceflowRuntime
    | Literal[
        "legacy",
        "v4",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
