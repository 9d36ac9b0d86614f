from __future__ import annotations

from enum import StrEnum
from typing import Self


class MessageResponseStatus(StrEnum):
    """Open: a value that the document does not list becomes a member of its own."""

    PENDING = "pending"
    COMPLETED = "completed"
    FAILED = "failed"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = "UNKNOWN"
        member._value_ = value
        return member
