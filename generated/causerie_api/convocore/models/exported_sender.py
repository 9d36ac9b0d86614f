from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class ExportedSender(OpenStrEnum):
    """Who sent it; stored turns say human and not user."""

    USER = "user"
    BOT = "bot"


ExportedSenderValue: TypeAlias = (
    ExportedSender
    | Literal[
        "user",
        "bot",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
