from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class ResponseMode(OpenStrEnum):
    """How much an answer of a turn says, lean by default."""

    LEAN = "lean"
    VERBOSE = "verbose"


ResponseModeValue: TypeAlias = (
    ResponseMode
    | Literal[
        "lean",
        "verbose",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
