from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class VoteType(OpenStrEnum):
    """Approval or disapproval."""

    UP = "up"
    DOWN = "down"


VoteTypeValue: TypeAlias = (
    VoteType
    | Literal[
        "up",
        "down",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
