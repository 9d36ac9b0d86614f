from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class UserOrderBy(OpenStrEnum):
    """Date that a list of users can be ordered by."""

    CREATEDAT = "createdAt"


UserOrderByValue: TypeAlias = UserOrderBy | Literal["createdAt",] | str
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
