"""Convocore's memory: agents with their conversations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from palaver_mock._store import Store
from palaver_mock._vendor import World

#: A conversation is kept as it is shown: the JSON object of an answer's `data`.
Conversation = dict[str, Any]

# The example answer of the page "Get Single Conversation".
_DOCUMENTED: Conversation = {
    "ID": "agent123_convo456",
    "userID": "agent123_convo456",
    "ts": 1699999999,
    "messagesNum": 5,
    "userName": "John Doe",
    "userEmail": "john@example.com",
    "userPhone": "+1234567890",
    "userCompany": "Acme Corp",
    "userAddress": "123 Main St, City, State",
    "userWebsite": "https://acme.com",
    "notes": "Customer interested in premium plan, follow up next week",
    "tags": ["new-lead", "high-priority"],
    "origin": "web-chat",
    "state": "ai-chatting",
    "firstMessageTS": 1699999000,
    "lastMessageTS": 1699999999,
    "lastModified": 1699999999,
}

# inferred: the server alone decides these. "A unique conversation ID is auto-generated" and "lastModified is
# automatically updated" (documented); what a client sends for them is accepted and left aside.
_SERVER_FIELDS = {"ID", "lastModified"}


@dataclass
class Agent:
    """An agent: `owner` is the tenant whose key may use it."""

    owner: int
    conversations: Store[Conversation] = field(default_factory=Store[Conversation])


class State:
    """Two agents, `agent123` of the first tenant and `agent456` of the second, with one conversation each."""

    def __init__(self, world: World) -> None:
        self._clock = world.clock
        self._ids = world.ids
        # inferred: fields that the document does not let a client write are dropped, as zod strips unknown keys.
        fields = world.document["components"]["schemas"]["ConversationFields"]["properties"]
        self._writable = fields.keys() - _SERVER_FIELDS
        second: Conversation = {"ID": "agent456_convo789", "userID": "agent456_convo789", "ts": 1699999999}
        self.agents = {
            "agent123": Agent(0, Store({_DOCUMENTED["ID"]: dict(_DOCUMENTED)})),
            "agent456": Agent(1, Store({second["ID"]: second | {"lastModified": 1699999999}})),
        }

    def create(self, agent_id: str, fields: dict[str, Any]) -> Conversation:
        """Stores a new conversation of the agent.

        inferred: only what was sent is stored. The sample shows `messagesNum: 0`, `leadScore: 0` and the like, but the
        example answer repeats the sent fields and adds no defaults.
        """
        # inferred: the id begins with the agent's, as in agent123_convo456.
        new_id = f"{agent_id}_{self._ids.token(20)}"
        # inferred: without a userID the conversation's id stands for it, as in the example.
        conversation = {"ID": new_id, "userID": new_id, **self._written(fields), "lastModified": self._now()}
        self.agents[agent_id].conversations[new_id] = conversation
        return conversation

    def update(self, conversation: Conversation, fields: dict[str, Any]) -> None:
        """Merges `fields` into the conversation.

        documented: lastModified moves when any field changes. inferred: it stays when none does, and a nested object
        replaces the one before as a whole.
        """
        before = dict(conversation)
        conversation |= self._written(fields)
        if conversation != before:
            conversation["lastModified"] = self._now()

    def _written(self, fields: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in fields.items() if name in self._writable}

    def _now(self) -> int:
        return int(self._clock.now.timestamp())
