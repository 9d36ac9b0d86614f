from __future__ import annotations

from ...enums import OpenStrEnum


class UserOrderBy(OpenStrEnum):
    """Date that a list of users can be ordered by."""

    CREATEDAT = "createdAt"
