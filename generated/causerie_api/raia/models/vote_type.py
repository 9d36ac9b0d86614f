from __future__ import annotations

from ...enums import OpenStrEnum


class VoteType(OpenStrEnum):
    """Approval or disapproval."""

    UP = "up"
    DOWN = "down"
