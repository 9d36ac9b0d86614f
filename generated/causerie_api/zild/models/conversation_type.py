from __future__ import annotations

from typing import Literal, TypeAlias

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


ConversationTypeValue: TypeAlias = (
    ConversationType
    | Literal[
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        99,
    ]
    | int
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
