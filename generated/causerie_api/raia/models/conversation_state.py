from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field

if TYPE_CHECKING:
    import datetime


class ConversationState(Model):
    """A state that conversations of the agent can be in, such as a column of a board."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: str = field("id", schema.STRING)
    """Id of the state."""
    name: str = field("name", schema.STRING)
    """Name; an organization names its states freely, beside one called Complete."""
    description: str | None = field("description", schema.nullable(schema.STRING))
    """Description."""
    color: str | None = field("color", schema.nullable(schema.STRING))
    """Colour in hexadecimal."""
    is_persistent: bool = field("isPersistent", schema.BOOLEAN)
    """True when the state is persistent (not explained further)."""
    created_at: datetime.datetime = field("createdAt", schema.DATETIME)
    """Time of creation."""
    updated_at: datetime.datetime = field("updatedAt", schema.DATETIME)
    """Time of the last change."""
