"""raia's webhooks: calls that raia makes. ``causerie.webhooks`` has helpers for receiving them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from causerie_api.raia import models
from causerie_api.raia.api.agents import get_agent
from causerie_api.raia.api.webhooks import create_webhook
from causerie_api.unset import UNSET, Unset

from .._errors import ArgumentError
from .._method import operation
from .._plan import Plan
from .._resource import Driver, Resource
from .._secret import Secret, SecretBytes
from .concealment import concealed

if TYPE_CHECKING:
    import builtins
    from collections.abc import Mapping

    from causerie_api.raia.models import Agent, AgentWebhook, Webhook, WebhookTriggerValue


class Webhooks(Resource[Driver]):
    """Calls that raia makes whenever something happens in a conversation of the agent."""

    @operation(create_webhook)
    def create(
        self,
        title: str,
        description: str,
        url: str,
        trigger: WebhookTriggerValue,
        *,
        headers: Mapping[str, str] | Unset = UNSET,
    ) -> Plan[Webhook]:
        """Have raia call a URL upon ``trigger``, such as ``each_message``.

        ``url`` must be HTTPS and lead only to public addresses: otherwise, it is a ``BadRequestError``. ``headers`` are
        sent with each call; ``causerie.webhooks.verify`` recognizes raia's calls by a secret in them. The repr hides
        their values. ``list`` has the webhook from then on; no operation changes or deletes one. Source: the published
        contract.
        """
        body = models.NewWebhook.of(
            title=title, description=description, url=url, trigger_condition=trigger, headers=_hidden(headers)
        )
        request = create_webhook.request(body=body)._replace(content=SecretBytes(body.to_json()))
        return self._read(request, concealed)

    @operation(get_agent)
    def list(self) -> Plan[builtins.list[AgentWebhook]]:
        """Return the agent's webhooks, which ``agents.get`` has among its skills, without the values of their headers.

        They have no id there. Source: the published contract.
        """
        return self._read(get_agent.request(), _webhooks)


def _hidden(headers: Mapping[str, str] | Unset) -> dict[str, str] | Unset:
    if isinstance(headers, Unset):
        return UNSET
    for name, value in headers.items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise ArgumentError("headers", f"the name and the value of {name!r} must be text")
    return {name: Secret(value) for name, value in headers.items()}


def _webhooks(agent: Agent) -> list[AgentWebhook] | Unset:
    skills: Any = concealed(agent).skills
    return [webhook for skill in skills for webhook in skill.webhooks or []] if isinstance(skills, list) else UNSET
