from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class CrmNote(Model):
    """A note on an activity."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    text: str | Unset = field("text", schema.STRING, default=UNSET)
    """Text of the note."""
    agent_id: str | Unset = field("agentId", schema.STRING, default=UNSET)
    """Id of the person or agent who wrote it."""
    agent_name: str | Unset = field("agentName", schema.STRING, default=UNSET)
    """Name of the person or agent who wrote it."""
    timestamp: str | float | Unset = field("timestamp", schema.union(schema.STRING, schema.NUMBER), default=UNSET)
    """Time of the note; the format is not documented."""


if TYPE_CHECKING:

    class CrmNoteParams(TypedDict, total=False):
        """The fields of ``CrmNote`` as keyword arguments."""

        text: str | Unset
        agent_id: str | Unset
        agent_name: str | Unset
        timestamp: str | float | Unset
