from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenIntEnum


class EvaluationStatus(OpenIntEnum):
    """State of a conversation's evaluation; the page does not name the values."""

    VALUE_0 = 0
    VALUE_1 = 1
    VALUE_2 = 2
    VALUE_3 = 3
    VALUE_4 = 4


EvaluationStatusValue: TypeAlias = (
    EvaluationStatus
    | Literal[
        0,
        1,
        2,
        3,
        4,
    ]
    | int
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
