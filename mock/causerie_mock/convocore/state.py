"""Convocore's memory: agents, their conversations, and the messages in the conversations."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import attrs

from .._seed import Record, Seeds, component
from .._store import Store
from .._vendor import World
from . import turns as _turns
from .limits import Workspace
from .options import Options

# behaviour: examples-are-there
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

# behaviour: chat-on-the-web-is-there
_CHATTED: Record = {
    "ID": "k3v9q7x2m5t8w1z",
    "userID": "k3v9q7x2m5t8w1z",
    "ts": 1699990000,
    "messagesNum": 2,
    "interactionsNum": 1,
    "userName": "Ada Example",
    "userEmail": "ada@example.com",
    "tags": ["new-lead"],
    "origin": "web-chat",
    "state": "ai-chatting",
    "firstMessageTS": 1699990000,
    "lastMessageTS": 1699990002,
    "lastModified": 1699990002,
}
_CHATTED_TURNS: list[Record] = [
    {
        "from": "human",
        "ts": 1699990000,
        "session_id": "k3v9q7x2m5t8w1z",
        "messages": [_turns.text("human", "What does the premium plan cost?", 1699990000)],
    },
    {
        "from": "bot",
        "ts": 1699990002,
        "session_id": "k3v9q7x2m5t8w1z",
        "isAIGenerated": True,
        "messages": [_turns.text("bot", "It costs 20 euros a month.", 1699990002)],
    },
]

# behaviour: each-key-has-a-workspace
#: The workspaces of the first and the second tenant.
WORKSPACES = ("workspace123", "workspace456")

# behaviour: 1000-turns-are-remembered
_MAX_TURNS = 1000

# behaviour: id-is-generated, sent-id-is-left-aside, last-modified-stays
_SERVER_FIELDS = {"ID", "lastModified"}

_AGENT = {"type": "object", "required": ["agentId"], "properties": {"agentId": {"type": "string", "minLength": 1}}}
_MESSAGES = ("turns", "lgMessages")
_MESSAGES_SCHEMAS = {
    "turns": {"type": "array", "items": component("Turn")},
    "lgMessages": {"type": "array"},
}
_KINDS = {
    "agents": _AGENT | {"additionalProperties": False},
    "conversations": {
        "allOf": [
            component("Conversation"),
            _AGENT,
            {"required": ["ID", "ts"], "properties": _MESSAGES_SCHEMAS},
        ]
    },
}


@attrs.define
class Agent:
    """An agent. `owner` is the tenant whose key may use it. Conversations have the form of `data` in an answer."""

    owner: int
    conversations: Store[Record] = attrs.field(factory=Store[Record])
    #: By conversation: its `turns`, and its `lgMessages` if it has any.
    messages: Store[Record] = attrs.field(factory=Store[Record])
    #: When create_conversation created a conversation, in Unix seconds, by conversation.
    posted: Store[int] = attrs.field(factory=Store[int])

    def turns(self, conversation: Record) -> list[Record]:
        """Return the turns of a conversation. The caller must not change the list."""
        turns: list[Record] = self.messages.get(conversation["ID"], {}).get("turns", [])
        return turns

    def store(self, conversation: Record) -> None:
        """Store a conversation and any messages in it, replacing one with the same id."""
        # behaviour: seeded-turns-are-its-messages
        messages = {name: conversation.pop(name) for name in _MESSAGES if name in conversation}
        self.conversations[conversation["ID"]] = conversation
        self.messages[conversation["ID"]] = messages
        self.posted.pop(conversation["ID"], None)

    def delete(self, conversation: Record) -> None:
        """Delete a conversation and its messages."""
        # behaviour: deleted-is-gone
        del self.conversations[conversation["ID"]]
        self.messages.pop(conversation["ID"], None)
        self.posted.pop(conversation["ID"], None)


@attrs.define
class Memory:
    """The agents by id, and the usage counts of each tenant's workspace."""

    agents: Store[Agent]
    workspaces: tuple[Workspace, Workspace] = attrs.field(factory=lambda: (Workspace(), Workspace()))


class State:
    """Two agents: `agent123` of the first tenant with two conversations, `agent456` of the second with one."""

    def __init__(self, world: World, options: Options) -> None:
        self.world = world
        self.options = options
        self._clock = world.clock
        self._ids = world.ids
        self._seeds = Seeds(world.document, _KINDS)
        # behaviour: unknown-fields-are-dropped
        fields = world.document["components"]["schemas"]["Conversation"]["properties"]
        self._writable = fields.keys() - _SERVER_FIELDS
        first = [dict(_DOCUMENTED), copy.deepcopy(_CHATTED)]
        second: Record = {"ID": "agent456_convo789", "userID": "agent456_convo789", "ts": 1699999999}
        agents = {
            "agent123": Agent(
                0,
                Store({conversation["ID"]: conversation for conversation in first}),
                Store({_CHATTED["ID"]: {"turns": copy.deepcopy(_CHATTED_TURNS)}}),
            ),
            "agent456": Agent(1, Store({second["ID"]: second | {"lastModified": 1699999999}})),
        }
        self.memory = Memory(Store(agents))

    @property
    def now(self) -> int:
        """Mock time in Unix seconds."""
        return int(self._clock.now.timestamp())

    @property
    def month(self) -> str:
        """The month of mock time, such as 2026-01."""
        return f"{self._clock.now:%Y-%m}"

    def seed(self, tenant: int, data: Mapping[str, Any]) -> dict[str, list[Record]]:
        """Add `agents` of the tenant and `conversations` of these agents, and return them as they are stored.

        An agent has only an `agentId`. A conversation has its `agentId`, any of the vendor's fields, even those that
        only answers have, and its messages in the form that replace_messages takes. Fields that it leaves out get the
        values that the vendor would give them. A conversation replaces one with the same `ID`.

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
        """Continue with another state's memory. Raises `ValueError` for a record that the document does not allow."""
        for agent_id, agent in memory.agents.items():
            for key, conversation in agent.conversations.items():
                place = f"agents/{agent_id}/conversations/{key}"
                messages = agent.messages.get(key, {})
                self._seeds.check("conversations", place, {**conversation, **messages, "agentId": agent_id})
                if conversation["ID"] != key:
                    raise ValueError(f"{place}/ID: it is {conversation['ID']!r}; it must be the key {key!r}.")
        self.memory = memory

    def create(self, agent_id: str, fields: Record) -> Record:
        """Store a new conversation of the agent."""
        # behaviour: value-after-write, no-defaults, created-is-found
        written = {"lastModified": self.now, **self._written(fields)}
        conversation = self._conversation({"agentId": agent_id, **written})
        del conversation["agentId"]
        agent = self.memory.agents[agent_id]
        agent.store(conversation)
        agent.posted[conversation["ID"]] = self.now
        return conversation

    def update(self, conversation: Record, fields: Record) -> None:
        """Merge `fields` into the conversation."""
        # behaviour: value-after-update, left-out-fields-stay, objects-are-replaced
        before = dict(conversation)
        written = self._written(fields)
        # behaviour: tags-are-merged
        if "tags" in written:
            written["tags"] = list(dict.fromkeys([*conversation.get("tags", []), *written["tags"]]))
        conversation |= written
        # behaviour: last-modified-moves
        if conversation != before:
            conversation["lastModified"] = self.now

    def assign(self, conversation: Record, people: list[Record], body: Record) -> None:
        """Assign the conversation to people."""
        # behaviour: record-says-to-whom, delegated-by-is-who-delegated
        note = {"note": body["note"]} if "note" in body else {}
        users = [{"userId": person["id"], **person, **note} for person in people]
        for user in users:
            del user["id"]
        ids = [person["id"] for person in people]
        fields: Record = {"chatAssignedTo": ids[0], "chatAssignedToIds": ids, "assignedToUsers": users}
        if "delegatedBy" in body:
            fields |= {"delegatedBy": body["delegatedBy"], "delegatedAt": self.now}
        self.update(conversation, fields)

    def accept_handoff(self, conversation: Record, body: Record) -> None:
        """Record that a person took over the conversation."""
        # behaviour: accepting-makes-human-chatting, history-says-who-accepted
        history = copy.deepcopy(conversation.get("handoffHistory", []))
        if not history or "acceptedAt" in history[-1]:
            history.append({})
        history[-1] |= {"acceptedAt": self.now, "acceptedBy": body["acceptedByUserId"]}
        history[-1] |= {name: body[name] for name in ("organizationId", "teamIds", "teamKeys") if name in body}
        self.update(conversation, {"state": "human-chatting", "handoffHistory": history})

    def replace_messages(self, agent: Agent, conversation: Record, body: Record) -> Record:
        """Replace the conversation's messages, and return the fields that are computed from them."""
        # behaviour: conversation-follows-its-turns, conversation-need-not-follow, untold-fields-stay, lg-messages-stay
        kept = agent.messages.get(conversation["ID"], {})
        agent.messages[conversation["ID"]] = kept | {name: body[name] for name in _MESSAGES if name in body}
        following = _turns.follow(body["turns"])
        if body.get("updateConversationMetadata", True):
            conversation |= {**following, "lastModified": self.now}
        return following

    def add_turns(self, agent: Agent, conversation: Record, turns: list[Record]) -> None:
        """Add turns to the conversation, and update its message counts and times."""
        # behaviour: sent-messages-are-counted, turn-makes-no-last-message
        kept = agent.messages.get(conversation["ID"], {})
        all_turns = [*agent.turns(conversation), *turns][-_MAX_TURNS:]
        agent.messages[conversation["ID"]] = kept | {"turns": all_turns}
        following = _turns.follow(turns)
        following["messagesNum"] = _turns.counted(conversation.get("messagesNum", 0), following["messagesNum"])
        following["firstMessageTS"] = conversation.get("firstMessageTS", following["firstMessageTS"])
        if "lastMessage" not in conversation:
            following.pop("lastMessage", None)
        conversation |= {**following, "lastModified": self.runtime_now}

    @property
    def runtime_now(self) -> int:
        """Return mock time in the form in which turns and seeds write it into `lastModified`."""
        # behaviour: runtime-may-write-milliseconds
        if self.options.runtime_time == "milliseconds":
            return int(self._clock.now.timestamp() * 1000)
        return self.now

    def _conversation(self, record: Record) -> Record:
        # behaviour: id-begins-with-the-agent, user-id-is-the-id, sent-user-id-is-kept
        new_id = record.get("ID") or f"{record.get('agentId')}_{self._ids.token(20)}"
        return {"ID": new_id, "userID": new_id, "ts": self.now, "lastModified": self.runtime_now, **record}

    def _written(self, fields: Record) -> Record:
        return {name: value for name, value in fields.items() if name in self._writable}
