from __future__ import annotations

from ...enums import OpenStrEnum


class SortOrder(OpenStrEnum):
    """Newest or oldest first."""

    DESC = "desc"
    ASC = "asc"
