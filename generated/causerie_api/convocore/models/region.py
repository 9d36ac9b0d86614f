from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class Region(OpenStrEnum):
    """Part of the world that data is kept in."""

    EU = "eu"
    NA = "na"


RegionValue: TypeAlias = (
    Region
    | Literal[
        "eu",
        "na",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
