from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.webhook_status import WebhookStatus
    from ..models.webhook_trigger import WebhookTrigger


class AgentWebhook(Model):
    """A webhook as the agent's skill shows it."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    status: WebhookStatus = field("status", schema.enum(lambda: models.WebhookStatus))
    """Whether a webhook is called."""
    title: str = field("title", schema.STRING)
    """Title."""
    description: str = field("description", schema.STRING)
    """Description."""
    url: str = field("url", schema.STRING)
    """URL that is called."""
    trigger_condition: WebhookTrigger = field("triggerCondition", schema.enum(lambda: models.WebhookTrigger))
    """What a webhook is called upon; the single conditions are not explained."""
    headers: dict[str, Any] | Unset = field("headers", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
