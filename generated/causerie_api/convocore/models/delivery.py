from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.delivered_message import DeliveredMessage


class Delivery(Model):
    """What became of messages to the person of a conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    agent_id: str = field("agentId", schema.STRING)
    """Id of the agent."""
    convo_id: str = field("convoId", schema.STRING)
    """Id of the conversation."""
    origin: str = field("origin", schema.STRING)
    """Channel of the conversation."""
    channel_deliverable: bool = field("channelDeliverable", schema.BOOLEAN)
    """True when the channel can deliver."""
    delivered: bool = field("delivered", schema.BOOLEAN)
    """True when the messages were delivered."""
    persisted: bool = field("persisted", schema.BOOLEAN)
    """True when the messages were kept."""
    messages: list[DeliveredMessage] = field("messages", schema.array(schema.ref(lambda: models.DeliveredMessage)))
    """The messages as they were or would be sent."""
    dry_run: bool | Unset = field("dryRun", schema.BOOLEAN, default=UNSET)
    """True when nothing was delivered because the caller wanted it so."""
    skipped: bool | Unset = field("skipped", schema.BOOLEAN, default=UNSET)
    """True when nothing was delivered for a `reason`."""
    reason: str | Unset = field("reason", schema.STRING, default=UNSET)
    """Why nothing was delivered."""
    edge_response: dict[str, Any] | Unset = field("edgeResponse", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
