from __future__ import annotations

from ...enums import OpenStrEnum


class StartSmsConversationChannel(OpenStrEnum):
    """Always `sms`."""

    SMS = "sms"
