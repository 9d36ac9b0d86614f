from __future__ import annotations

from ...enums import OpenStrEnum


class HotLabel(OpenStrEnum):
    """How promising the lead is in a word."""

    HOT = "hot"
    WARM = "warm"
    COLD = "cold"
