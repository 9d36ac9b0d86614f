from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    import datetime

    from ..models.webhook_status import WebhookStatus
    from ..models.webhook_trigger import WebhookTrigger


class Webhook(Model):
    """A URL that raia calls whenever something happens in a conversation of the agent."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: str = field("id", schema.STRING)
    """Id of the webhook."""
    agent_id: str = field("agentId", schema.STRING)
    """Id of the agent."""
    title: str = field("title", schema.STRING)
    """Title."""
    description: str = field("description", schema.STRING)
    """Description."""
    url: str = field("url", schema.STRING)
    """URL that is called."""
    trigger_condition: WebhookTrigger = field("triggerCondition", schema.enum(lambda: models.WebhookTrigger))
    """What a webhook is called upon; the single conditions are not explained."""
    status: WebhookStatus = field("status", schema.enum(lambda: models.WebhookStatus))
    """Whether a webhook is called."""
    created_at: datetime.datetime = field("createdAt", schema.DATETIME)
    """Time of creation."""
    updated_at: datetime.datetime = field("updatedAt", schema.DATETIME)
    """Time of the last change."""
    headers: dict[str, Any] | Unset = field("headers", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
