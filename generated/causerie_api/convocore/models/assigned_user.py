from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class AssignedUser(Model):
    """A person to whom a conversation is assigned."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: str | Unset = field("id", schema.STRING, default=UNSET)
    """Id of the person."""
    name: str | Unset = field("name", schema.STRING, default=UNSET)
    """Name."""
    email: str | Unset = field("email", schema.STRING, default=UNSET)
    """Email address."""
