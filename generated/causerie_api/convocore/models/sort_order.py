from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class SortOrder(OpenStrEnum):
    """Newest or oldest first."""

    DESC = "desc"
    ASC = "asc"


SortOrderValue: TypeAlias = (
    SortOrder
    | Literal[
        "desc",
        "asc",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
