from __future__ import annotations

from ...enums import OpenStrEnum


class VoiceflowRuntime(OpenStrEnum):
    """Runtime of a Voiceflow project."""

    LEGACY = "legacy"
    V4 = "v4"
