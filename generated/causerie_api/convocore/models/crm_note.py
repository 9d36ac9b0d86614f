from __future__ import annotations

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class CrmNote(Model):
    """A note on an activity."""

    __slots__ = ()

    text: str | Unset = field("text", schema.STRING, default=UNSET)
    """Text of the note."""
    agent_id: str | Unset = field("agentId", schema.STRING, default=UNSET)
    """Id of the person or agent who wrote it."""
    agent_name: str | Unset = field("agentName", schema.STRING, default=UNSET)
    """Name of the person or agent who wrote it."""
    timestamp: str | Unset = field("timestamp", schema.STRING, default=UNSET)
    """Time of the note; the format is not documented."""
