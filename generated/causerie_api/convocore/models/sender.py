from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class Sender(OpenStrEnum):
    """Who sent it."""

    SYSTEM = "system"
    BOT = "bot"
    HUMAN = "human"


SenderValue: TypeAlias = (
    Sender
    | Literal[
        "system",
        "bot",
        "human",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
