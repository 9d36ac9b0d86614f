from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class OrderDirection(OpenStrEnum):
    """Ascending or descending."""

    ASC = "ASC"
    DESC = "DESC"


OrderDirectionValue: TypeAlias = (
    OrderDirection
    | Literal[
        "ASC",
        "DESC",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
