from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class HotLabel(OpenStrEnum):
    """How promising the lead is in a word."""

    HOT = "hot"
    WARM = "warm"
    COLD = "cold"


HotLabelValue: TypeAlias = (
    HotLabel
    | Literal[
        "hot",
        "warm",
        "cold",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
