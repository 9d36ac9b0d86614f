"""Convocore's memory: agents with their conversations, and the messages in these."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from causerie_mock import _options
from causerie_mock._seed import Record, Seeds, component
from causerie_mock._store import Store
from causerie_mock._vendor import World

# The example answer of the page "Get Single Conversation".
_DOCUMENTED: Record = {
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

_AGENT = {"type": "object", "required": ["agentId"], "properties": {"agentId": {"type": "string", "minLength": 1}}}
_MESSAGES = ("turns", "lgMessages")
_OBJECTS = {"type": "array", "items": {"type": "object"}}
_KINDS = {
    "agents": _AGENT | {"additionalProperties": False},
    "conversations": {
        "allOf": [
            component("Conversation"),
            _AGENT,
            {"required": ["ID", "ts"], "properties": dict.fromkeys(_MESSAGES, _OBJECTS)},
        ]
    },
}


@dataclass
class Options:
    """What a test may set at any time. Raises `ValueError` for a way of paging that there is not, when it is used."""

    #: How lists go on: by `page`, as Convocore publishes, or by `cursor`, as its own client asks.
    paging: Literal["cursor", "page"] = "page"

    def __post_init__(self) -> None:
        _options.choice("paging", self.paging, "cursor", "page")


@dataclass
class Agent:
    """An agent: `owner` is the tenant whose key may use it. A conversation is kept as an answer's `data` shows it."""

    owner: int
    conversations: Store[Record] = field(default_factory=Store[Record])
    #: By conversation: its `turns`, and its `lgMessages` if it has any.
    messages: Store[Record] = field(default_factory=Store[Record])

    def whole(self, conversation: Record) -> Record:
        """The conversation with its messages."""
        return {**conversation, "turns": [], **self.messages.get(conversation["ID"], {})}

    def store(self, conversation: Record) -> None:
        """Keeps a conversation that may have messages with it, in the place of one with the same id."""
        messages = {name: conversation.pop(name) for name in _MESSAGES if name in conversation}
        self.conversations[conversation["ID"]] = conversation
        self.messages[conversation["ID"]] = messages

    def delete(self, conversation: Record) -> None:
        """Forgets a conversation and its messages."""
        del self.conversations[conversation["ID"]]
        self.messages.pop(conversation["ID"], None)


@dataclass
class Memory:
    """All that is remembered: the agents by id."""

    agents: Store[Agent]


class State:
    """Two agents, `agent123` of the first tenant and `agent456` of the second, with one conversation each."""

    def __init__(self, world: World, options: Options) -> None:
        self.world = world
        self._options = options
        self._clock = world.clock
        self._ids = world.ids
        self._seeds = Seeds(world.document, _KINDS)
        # inferred: fields that the document does not let a client write are dropped, as zod strips unknown keys.
        fields = world.document["components"]["schemas"]["ConversationFields"]["properties"]
        self._writable = fields.keys() - _SERVER_FIELDS
        second: Record = {"ID": "agent456_convo789", "userID": "agent456_convo789", "ts": 1699999999}
        agents = {
            "agent123": Agent(0, Store({_DOCUMENTED["ID"]: dict(_DOCUMENTED)})),
            "agent456": Agent(1, Store({second["ID"]: second | {"lastModified": 1699999999}})),
        }
        self.memory = Memory(Store(agents))

    @property
    def has_cursors(self) -> bool:
        """Whether lists go on by cursor."""
        return _options.choice("paging", self._options.paging, "cursor", "page") == "cursor"

    def seed(self, tenant: int, data: Mapping[str, Any]) -> dict[str, list[Record]]:
        """Adds `agents` of the tenant, and `conversations` of these, and returns them as they are stored.

        An agent has its `agentId` alone. A conversation has the vendor's field names, even those that only answers
        have, its `agentId`, and its messages as replace_messages has them; what it leaves out, it gets as from the
        vendor. One whose `ID` is there already takes the place of that one.

        Raises `ValueError`, and adds nothing, for a record that the document does not allow, or for an agent that the
        tenant does not have.
        """
        given = self._seeds.read(tenant, data)
        for index, agent in enumerate(given["agents"]):
            self._seeds.check("agents", f"agents[{index}]", agent)
            known = self.memory.agents.get(agent["agentId"])
            if known is not None and known.owner != tenant:
                raise ValueError(f"agents[{index}]/agentId: {agent['agentId']!r} belongs to the other tenant.")
        owned = {agent_id for agent_id, agent in self.memory.agents.items() if agent.owner == tenant}
        owned |= {agent["agentId"] for agent in given["agents"]}
        conversations: list[Record] = []
        for index, record in enumerate(given["conversations"]):
            conversation = self._conversation(record)
            self._seeds.check("conversations", f"conversations[{index}]", conversation)
            if record["agentId"] not in owned:
                sentence = f"tenant {tenant} has no agent {record['agentId']!r}; seed it under agents."
                raise ValueError(f"conversations[{index}]/agentId: {sentence}")
            conversations.append(conversation)
        for agent in given["agents"]:
            if agent["agentId"] not in self.memory.agents:
                self.memory.agents[agent["agentId"]] = Agent(tenant)
        for conversation in copy.deepcopy(conversations):
            self.memory.agents[conversation.pop("agentId")].store(conversation)
        return {"agents": given["agents"], "conversations": conversations}

    def adopt(self, memory: Memory) -> None:
        """Goes on from another state's memory. Raises `ValueError` for what the document does not allow."""
        for agent_id, agent in memory.agents.items():
            for key, conversation in agent.conversations.items():
                place = f"agents/{agent_id}/conversations/{key}"
                messages = agent.messages.get(key, {})
                self._seeds.check("conversations", place, {**conversation, **messages, "agentId": agent_id})
                if conversation["ID"] != key:
                    raise ValueError(f"{place}/ID: it is {conversation['ID']!r}.")
        self.memory = memory

    def create(self, agent_id: str, fields: Record) -> Record:
        """Stores a new conversation of the agent.

        inferred: only what was sent is stored. The sample shows `messagesNum: 0`, `leadScore: 0` and the like, but the
        example answer repeats the sent fields and adds no defaults.
        """
        conversation = self._conversation({"agentId": agent_id, **self._written(fields)})
        del conversation["agentId"]
        self.memory.agents[agent_id].conversations[conversation["ID"]] = conversation
        return conversation

    def update(self, conversation: Record, fields: Record) -> None:
        """Merges `fields` into the conversation.

        documented: lastModified moves when any field changes. inferred: it stays when none does, and a nested object
        replaces the one before as a whole.
        """
        before = dict(conversation)
        conversation |= self._written(fields)
        if conversation != before:
            conversation["lastModified"] = self._now()

    def assign(self, conversation: Record, user_id: str, delegated_by: str | None) -> None:
        """Hands the conversation to a person. inferred: the fields that hold it, and that the rest stays."""
        fields: Record = {"chatAssignedTo": user_id}
        if delegated_by is not None:
            fields |= {"delegatedBy": delegated_by, "delegatedAt": self._now()}
        self.update(conversation, fields)

    def replace_messages(self, agent: Agent, conversation: Record, body: Record) -> None:
        """Puts other messages in the place of the conversation's.

        inferred: all of it. `lgMessages` stay when the body has none. A turn counts as a message where the conversation
        is to follow, and no other field follows: the shape of a turn is not known.
        """
        kept = agent.messages.get(conversation["ID"], {})
        agent.messages[conversation["ID"]] = kept | {name: body[name] for name in _MESSAGES if name in body}
        if body.get("updateConversationMetadata"):
            self.update(conversation, {"messagesNum": len(body["turns"])})

    def _conversation(self, record: Record) -> Record:
        # inferred: the id begins with the agent's, as in agent123_convo456.
        new_id = record.get("ID") or f"{record.get('agentId')}_{self._ids.token(20)}"
        # inferred: without a userID the conversation's id stands for it, as in the example.
        return {"ID": new_id, "userID": new_id, "ts": self._now(), "lastModified": self._now(), **record}

    def _written(self, fields: Record) -> Record:
        return {name: value for name, value in fields.items() if name in self._writable}

    def _now(self) -> int:
        return int(self._clock.now.timestamp())
