from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.assigned_user import AssignedUser


class AssignmentResponse(Model):
    """Answer with the people who have the conversation now."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    success: bool = field("success", schema.BOOLEAN)
    """True when the operation succeeded."""
    message: str = field("message", schema.STRING)
    """What happened, in words."""
    assigned_user: AssignedUser = field("assignedUser", schema.ref(lambda: models.AssignedUser))
    """A person to whom a conversation is assigned."""
    assigned_users: list[AssignedUser] = field("assignedUsers", schema.array(schema.ref(lambda: models.AssignedUser)))
    """All people who have the conversation now."""
