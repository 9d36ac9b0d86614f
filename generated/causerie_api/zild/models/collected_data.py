from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class CollectedData(Model):
    """A value that the agent collected in a conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: int | Unset = field("id", schema.INTEGER, default=UNSET)
    """Id of the value."""
    name: str | None | Unset = field("name", schema.nullable(schema.STRING), default=UNSET)
    """Name."""
    value: str | None | Unset = field("value", schema.nullable(schema.STRING), default=UNSET)
    """Value."""
    conversation_id: int | Unset = field("conversationId", schema.INTEGER, default=UNSET)
    """Id of the conversation."""
