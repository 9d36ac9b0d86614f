from __future__ import annotations

from ...enums import OpenStrEnum


class OrderBy(OpenStrEnum):
    """Date that a list of conversations can be ordered by."""

    CREATEDAT = "createdAt"
    UPDATEDAT = "updatedAt"
