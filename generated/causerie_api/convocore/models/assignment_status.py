from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class AssignmentStatus(OpenStrEnum):
    """How far an assignment is."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DONE = "done"


AssignmentStatusValue: TypeAlias = (
    AssignmentStatus
    | Literal[
        "pending",
        "accepted",
        "done",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""
