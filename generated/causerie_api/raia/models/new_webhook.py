from __future__ import annotations

from typing import TYPE_CHECKING, Any, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.webhook_trigger import WebhookTrigger, WebhookTriggerValue


class NewWebhook(Model):
    """What a new webhook is made from."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    title: str = field("title", schema.STRING)
    """Title."""
    description: str = field("description", schema.STRING)
    """Description."""
    url: str = field("url", schema.STRING)
    """URL to call, by HTTPS and at a public address."""
    trigger_condition: WebhookTrigger = field("triggerCondition", schema.enum(lambda: models.WebhookTrigger))
    """What a webhook is called upon; the single conditions are not explained."""
    headers: dict[str, Any] | Unset = field("headers", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""


if TYPE_CHECKING:

    class NewWebhookParams(TypedDict, total=False):
        """The fields of ``NewWebhook`` as keyword arguments."""

        title: Required[str]
        description: Required[str]
        url: Required[str]
        trigger_condition: Required[WebhookTriggerValue]
        headers: dict[str, Any] | Unset
