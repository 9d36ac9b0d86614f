from __future__ import annotations

from ...enums import OpenStrEnum


class OrderDirection(OpenStrEnum):
    """Ascending or descending."""

    ASC = "ASC"
    DESC = "DESC"
