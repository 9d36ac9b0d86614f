from __future__ import annotations

from ...enums import OpenIntEnum


class EvaluationStatus(OpenIntEnum):
    """State of a conversation's evaluation; the page does not name the values."""

    VALUE_0 = 0
    VALUE_1 = 1
    VALUE_2 = 2
    VALUE_3 = 3
    VALUE_4 = 4
