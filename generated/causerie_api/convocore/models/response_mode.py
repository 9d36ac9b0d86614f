from __future__ import annotations

from ...enums import OpenStrEnum


class ResponseMode(OpenStrEnum):
    """How much an answer of a turn says, lean by default."""

    LEAN = "lean"
    VERBOSE = "verbose"
