from __future__ import annotations

from enum import IntEnum
from typing import Self


class EvaluationStatus(IntEnum):
    """Open: a value that the document does not list becomes a member of its own."""

    VALUE_0 = 0
    VALUE_1 = 1
    VALUE_2 = 2
    VALUE_3 = 3
    VALUE_4 = 4

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if type(value) is not int:
            return None
        member = int.__new__(cls, value)
        member._name_ = "UNKNOWN"
        member._value_ = value
        return member
