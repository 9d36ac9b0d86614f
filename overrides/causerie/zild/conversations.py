"""Zild's conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from causerie_api.unset import UNSET, Unset
from causerie_api.zild import models
from causerie_api.zild.api.conversations import start_proactive_conversation

from .._errors import ArgumentError
from .._method import operation
from .._plan import Plan
from .._resource import Driver, Resource

if TYPE_CHECKING:
    from causerie_api.zild.models import Conversation, IntegrationType


class Conversations(Resource[Driver]):
    """Conversations of the tenant that the token belongs to."""

    @operation(start_proactive_conversation)
    def start_proactive(
        self,
        *,
        channel_id: int | Unset = UNSET,
        bot_id: int | Unset = UNSET,
        recipient: list[str] | Unset | None = UNSET,
        live_agent: bool | Unset = UNSET,
        conversation_template_id: int | Unset = UNSET,
        counterpart_user_id: int | Unset = UNSET,
        user_id: int | Unset = UNSET,
        queue_id: int | Unset = UNSET,
        content_variables: dict[str, Any] | Unset = UNSET,
        account_ids: list[int] | Unset | None = UNSET,
        contact_ids: list[int] | Unset | None = UNSET,
        conversation_integration_type: IntegrationType | int | Unset = UNSET,
    ) -> Plan[list[Conversation]]:
        """Begin conversations on WhatsApp by sending the first message, and return them.

        ``recipient`` are phone numbers. Every call sends messages, so it is never repeated automatically.

        Source: page zild-proactive-conversation.
        """
        if isinstance(recipient, str):
            raise ArgumentError("recipient", f"a list of phone numbers is expected, such as [{recipient!r}]")
        body = models.NewProactiveConversation.of(
            channel_id=channel_id,
            bot_id=bot_id,
            recipient=recipient,
            live_agent=live_agent,
            conversation_template_id=conversation_template_id,
            counterpart_user_id=counterpart_user_id,
            user_id=user_id,
            queue_id=queue_id,
            content_variables=content_variables,
            account_ids=account_ids,
            contact_ids=contact_ids,
            conversation_integration_type=conversation_integration_type,
        )
        return self._send(start_proactive_conversation.request(body=body))
