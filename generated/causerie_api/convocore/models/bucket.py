from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class Bucket(OpenStrEnum):
    """Region that the agent is kept in; the first value is Europe and the second North America."""

    VOICEGLOW_EU = "voiceglow-eu"
    VALUE_1 = "(default)"


BucketValue: TypeAlias = (
    Bucket
    | Literal[
        "voiceglow-eu",
        "(default)",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
