from __future__ import annotations

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class Assignee(Model):
    """The person to whom the lead is assigned."""

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
    assigned_at: str | Unset = field("assignedAt", schema.STRING, default=UNSET)
    """Time of the assignment; the format is not documented."""
