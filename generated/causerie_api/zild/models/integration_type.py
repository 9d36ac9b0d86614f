from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenIntEnum


class IntegrationType(OpenIntEnum):
    """System that a conversation comes through; the page does not name the values."""

    VALUE_0 = 0
    VALUE_1 = 1
    VALUE_2 = 2
    VALUE_3 = 3
    VALUE_4 = 4
    VALUE_5 = 5
    VALUE_6 = 6
    VALUE_7 = 7
    VALUE_8 = 8
    VALUE_9 = 9
    VALUE_10 = 10
    VALUE_11 = 11
    VALUE_12 = 12
    VALUE_13 = 13
    VALUE_14 = 14
    VALUE_15 = 15
    VALUE_16 = 16
    VALUE_17 = 17
    VALUE_18 = 18


IntegrationTypeValue: TypeAlias = (
    IntegrationType
    | Literal[
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        12,
        13,
        14,
        15,
        16,
        17,
        18,
    ]
    | int
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
