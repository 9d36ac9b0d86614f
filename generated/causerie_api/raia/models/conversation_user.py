from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class ConversationUser(Model):
    """The person the agent talks with."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: str = field("id", schema.STRING)
    """Id of the user."""
    first_name: str = field("firstName", schema.STRING)
    """First name."""
    last_name: str = field("lastName", schema.STRING)
    """Last name."""
    is_anonymized: bool = field("isAnonymized", schema.BOOLEAN)
    """True once personal data is removed."""
    context: str | Unset = field("context", schema.STRING, default=UNSET)
    """What the agent should know about the user."""
    source: str | Unset = field("source", schema.STRING, default=UNSET)
    """Where the user came from."""
    fk_id: str | Unset = field("fkId", schema.STRING, default=UNSET)
    """Id of the user's record in another system."""
    fk_user_id: str | Unset = field("fkUserId", schema.STRING, default=UNSET)
    """Id of the user in another system."""
    email: str | Unset = field("email", schema.STRING, default=UNSET)
    """Email address."""
    phone_number: str | Unset = field("phoneNumber", schema.STRING, default=UNSET)
    """Phone number."""
    metadata: dict[str, Any] | Unset = field("metadata", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
