from __future__ import annotations

from ...enums import OpenStrEnum


class Region(OpenStrEnum):
    """Part of the world that data is kept in."""

    EU = "eu"
    NA = "na"
