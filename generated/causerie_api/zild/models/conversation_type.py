from __future__ import annotations

from ...enums import OpenIntEnum


class ConversationType(OpenIntEnum):
    """Kind of conversation; the page does not name the values."""

    VALUE_0 = 0
    VALUE_1 = 1
    VALUE_2 = 2
    VALUE_3 = 3
    VALUE_4 = 4
    VALUE_5 = 5
    VALUE_6 = 6
    VALUE_99 = 99
