from __future__ import annotations

from ...enums import OpenStrEnum


class AssignmentStatus(OpenStrEnum):
    """How far an assignment is."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DONE = "done"
