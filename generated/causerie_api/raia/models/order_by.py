from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class OrderBy(OpenStrEnum):
    """Date that a list of conversations can be ordered by."""

    CREATEDAT = "createdAt"
    UPDATEDAT = "updatedAt"


OrderByValue: TypeAlias = (
    OrderBy
    | Literal[
        "createdAt",
        "updatedAt",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
