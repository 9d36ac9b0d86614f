from __future__ import annotations

from ...enums import OpenStrEnum


class StartEmailConversationChannel(OpenStrEnum):
    """Always `email`."""

    EMAIL = "email"
