from __future__ import annotations

from ...enums import OpenStrEnum


class Sender(OpenStrEnum):
    """Who sent it."""

    SYSTEM = "system"
    BOT = "bot"
    HUMAN = "human"
