"""Parrot's conversations."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from causerie_api.parrot import models
from causerie_api.parrot.api.conversations import create_conversation, get_conversation, list_conversations

from .._method import operation
from .._options import path_id
from .._plan import Plan
from .._resource import Driver, Resource

if TYPE_CHECKING:
    from causerie_api.parrot.models import Conversation


class Conversations(Resource[Driver]):
    """Conversations with the parrot that the token belongs to."""

    @operation(create_conversation)
    def create(self, text: str) -> Plan[Conversation]:
        """Begin a conversation, and return it: the parrot says the text twice. Source: page parrot-api."""
        return self._send(create_conversation.request(body=models.NewConversation(text=text)))

    @operation(get_conversation)
    def get(self, conversation_id: str) -> Plan[Conversation]:
        """Return a conversation. Source: page parrot-api."""
        return self._send(get_conversation.request(path_id("conversation_id", conversation_id)))

    @operation(list_conversations)
    def list(self) -> Plan[builtins.list[Conversation]]:
        """Return all conversations, the oldest first. Source: page parrot-api."""
        return self._send(list_conversations.request())
