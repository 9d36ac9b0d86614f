from __future__ import annotations

from ...enums import OpenStrEnum


class ExportedSender(OpenStrEnum):
    """Who sent it; stored turns say human and not user."""

    USER = "user"
    BOT = "bot"
