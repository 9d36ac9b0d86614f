from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset

if TYPE_CHECKING:
    import datetime


class ConversationTag(Model):
    """A label of conversations."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: int | Unset = field("id", schema.INTEGER, default=UNSET)
    """Id of the tag."""
    name: str | None | Unset = field("name", schema.nullable(schema.STRING), default=UNSET)
    """Name."""
    active: bool | Unset = field("active", schema.BOOLEAN, default=UNSET)
    """True while the tag is in use."""
    created_at: datetime.datetime | Unset = field("createdAt", schema.DATETIME, default=UNSET)
    """Time of creation."""
    tenant_id: int | Unset = field("tenantId", schema.INTEGER, default=UNSET)
    """Id of the tenant."""
