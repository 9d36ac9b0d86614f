from __future__ import annotations

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class AssignedUser(Model):
    """A person to whom a conversation is assigned."""

    __slots__ = ()

    id: str | Unset = field("id", schema.STRING, default=UNSET)
    """Id of the person."""
    name: str | Unset = field("name", schema.STRING, default=UNSET)
    """Name."""
    email: str | Unset = field("email", schema.STRING, default=UNSET)
    """Email address."""
