"""Zild's memory: the conversations of its tenants."""

from __future__ import annotations

import itertools
from typing import Any

from palaver_mock import _json
from palaver_mock._store import Store
from palaver_mock._vendor import World

Conversation = dict[str, Any]


class State:
    """No conversation at first; `conversations` holds them by id, as they were answered."""

    def __init__(self, world: World) -> None:
        self._clock = world.clock
        self._ids = world.ids
        self._conversation_ids = itertools.count(1)
        self._message_ids = itertools.count(1)
        self.conversations: Store[Conversation] = Store()

    def start(self, tenant: int, recipient: str, contact: str | None, body: dict[str, Any]) -> Conversation:
        """Stores a new conversation with `recipient`, named `contact` where that is known.

        inferred: everything but the fields' names and types. A conversation repeats what the request says of channel,
        bot, user and queue, is active, and begins with the template's message when a template is given.
        """
        now = self._clock.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        number = next(self._conversation_ids)
        messages = [self._message(tenant, number, recipient, body, now)] if "conversationTemplateId" in body else []
        copied = ("channelId", "botId", "userId", "queueId", "counterpartUserId", "conversationIntegrationType")
        conversation: Conversation = {
            **{name: body[name] for name in copied if name in body},
            "id": number,
            "active": True,
            "liveAgent": body.get("liveAgent", False),
            "from": recipient,
            "conversationId": self._ids.uuid(),
            "createdAt": now,
            "finishedAt": None,
            "queuedAt": now if "queueId" in body else None,
            "lastConversationUpdateTime": now,
            "lastMessageContent": messages[-1]["content"] if messages else None,
            "contactName": contact,
            "tenantId": _tenant_id(tenant),
            "messages": messages,
            "tags": [],
            "totalUnreadedMessagesByUser": 0,
            "dynamicVariables": [],
            "dataCollection": [],
        }
        self.conversations[str(number)] = conversation
        return conversation

    def _message(self, tenant: int, number: int, recipient: str, body: dict[str, Any], now: str) -> dict[str, Any]:
        template = body["conversationTemplateId"]
        return {
            "id": next(self._message_ids),
            "createdAt": now,
            "from": f"channel {body.get('channelId', 0)}",
            "to": recipient,
            "content": f"Template {template}",  # The mock has no templates, so it names the one that was asked for.
            "conversationId": number,
            "messageType": 0,  # example: 0; the page names no values
            "tenantId": _tenant_id(tenant),
            "contentVariables": _json.encode(body.get("contentVariables", {})).decode(),
            "messageSid": "SM" + self._ids.token(32),
            "messageStatus": 0,  # example: 0; the page names no values
            "sent": True,
            "delivered": False,
            "read": False,
            "isReadByUser": False,
        }


def _tenant_id(tenant: int) -> int:
    return tenant + 1
