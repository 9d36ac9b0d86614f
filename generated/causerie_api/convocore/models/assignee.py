from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.assignment_status import AssignmentStatus, AssignmentStatusValue


class Assignee(Model):
    """The person to whom the lead is assigned."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    user_id: str | Unset = field("userId", schema.STRING, default=UNSET)
    """Id of the person."""
    name: str | Unset = field("name", schema.STRING, default=UNSET)
    """Name."""
    email: str | Unset = field("email", schema.STRING, default=UNSET)
    """Email address."""
    photo_url: str | Unset = field("photoUrl", schema.STRING, default=UNSET)
    """URL of a photo."""
    note: str | Unset = field("note", schema.STRING, default=UNSET)
    """Note on the assignment."""
    assigned_at: str | float | Unset = field("assignedAt", schema.union(schema.STRING, schema.NUMBER), default=UNSET)
    """Time of the assignment; the format is not documented."""
    status: AssignmentStatus | Unset = field("status", schema.enum(lambda: models.AssignmentStatus), default=UNSET)
    """How far an assignment is."""


if TYPE_CHECKING:

    class AssigneeParams(TypedDict, total=False):
        """The fields of ``Assignee`` as keyword arguments."""

        user_id: str | Unset
        name: str | Unset
        email: str | Unset
        photo_url: str | Unset
        note: str | Unset
        assigned_at: str | float | Unset
        status: AssignmentStatusValue | Unset
