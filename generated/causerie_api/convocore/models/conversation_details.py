from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.details_metadata import DetailsMetadata
    from ..models.recordings import Recordings


class ConversationDetails(Model):
    """What is kept about a conversation, and its recordings."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    convo_id: str = field("convoId", schema.STRING)
    """Id of the conversation."""
    agent_id: str = field("agentId", schema.STRING)
    """Id of the agent."""
    metadata: DetailsMetadata = field("metadata", schema.ref(lambda: models.DetailsMetadata))
    """The conversation in short."""
    recordings: Recordings = field("recordings", schema.ref(lambda: models.Recordings))
    """Recordings of a conversation."""
