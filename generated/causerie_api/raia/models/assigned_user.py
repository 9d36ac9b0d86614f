from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class AssignedUser(Model):
    """A member of the team who takes care of a conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: str = field("id", schema.STRING)
    """Id of the member."""
    first_name: str = field("firstName", schema.STRING)
    """First name."""
    last_name: str = field("lastName", schema.STRING)
    """Last name."""
    email: str = field("email", schema.STRING)
    """Email address."""
    avatar_url: str | None | Unset = field("avatarUrl", schema.nullable(schema.STRING), default=UNSET)
    """URL of a picture."""
    phone_number: str | None | Unset = field("phoneNumber", schema.nullable(schema.STRING), default=UNSET)
    """Phone number."""
