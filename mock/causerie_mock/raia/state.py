"""raia's state: changes the users, conversations, messages and prompts of agents."""

from __future__ import annotations

import base64
import copy
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._exchange import Problem
from .._seed import Record, Seeds, component
from .._store import Store
from .._vendor import Call, World
from . import examples
from .examples import DOCUMENTED_ID, GONE_USER_ID, VOTED_ID
from .memory import (
    MAX_MESSAGES,
    Agent,
    Conversation,
    Feedback,
    Memory,
    Message,
    Pending,
    Prompt,
    Upload,
)
from .options import Options
from .records import DATES, Records
from .reply import Question, ReplyFailed
from .times import normal, timestamp

_KINDS = {
    "users": component("ConversationUser"),
    "states": component("ConversationState"),
    "conversations": {
        "allOf": [
            component("Conversation"),
            {
                "required": ["mode", "source"],
                "properties": {
                    "source": component("MessageSource"),
                    "context": {"type": "string"},
                    "messages": {"type": "array", "items": component("ConversationMessage")},
                },
            },
        ]
    },
}


class State:
    """Two agents, one for each tenant.

    The first has the user, the state, the conversation and the question of the page's examples, and the records that
    the document's other examples name.
    """

    def __init__(self, world: World, options: Options) -> None:
        self.world = world
        self.options = options
        self._clock = world.clock
        self._ids = world.ids
        self.records = Records(world)
        self._seeds = Seeds(world.document, _KINDS)
        self._unseeded = Seeds(world.document, {"agents": component("Agent"), "webhooks": component("Webhook")})
        self.memory = Memory((self._first_agent(), self._second_agent()))
        first, second = self.memory.agents
        more = {"description": "Answers the phone", "avatarUrl": "https://example.com/reception.png"}
        self._equip(first, {**more, "tags": ["front desk"], "restrictDocumentsToOwnerOnly": False})
        self._equip(second, {"tags": None})

    def seed(self, tenant: int, data: Mapping[str, Any]) -> dict[str, list[Record]]:
        """Add `users`, `states` and `conversations` to the tenant's agent, and return them as they are stored.

        They have the vendor's field names; fields that a record leaves out get the vendor's values. A conversation may
        have its `messages` and `feedbacks`, the `source` of its messages, and its `context`. A record replaces one with
        the same id, but a user keeps the fields that the new record leaves out.

        Raises `ValueError`, and adds nothing, for a record that the document does not allow.
        """
        given = self._seeds.read(tenant, data)
        agent = self.memory.agents[tenant]
        # A seed may name a user several times, and leave out fields that it has already given.
        known = ChainMap[str, Record]({}, agent.users)
        users: list[Record] = []
        for record in given["users"]:
            users.append(self.records.user(record, known))
            known[users[-1]["id"]] = users[-1]
        states = [self.records.state(record) for record in given["states"]]
        conversations: list[Record] = []
        for record in given["conversations"]:
            conversations.append(self.records.conversation(record, known))
            known[conversations[-1]["user"]["id"]] = conversations[-1]["user"]
        for kind, records in {"users": users, "states": states, "conversations": conversations}.items():
            for index, record in enumerate(records):
                self._check(kind, f"{kind}[{index}]", record)
        stored_users = [self._keep_user(agent, user) for user in users]
        for state in states:
            agent.states = [other for other in agent.states if other["id"] != state["id"]] + [state]
        stored = [self._keep_conversation(agent, record) for record in conversations]
        return copy.deepcopy(
            {
                "users": stored_users,
                "states": states,
                "conversations": [conversation.record for conversation in stored],
            }
        )

    def adopt(self, memory: Memory) -> None:
        """Continue with another state's memory. Raises `ValueError` for a record that the document does not allow."""
        for number, agent in enumerate(memory.agents):
            records: Iterable[tuple[str, str, Record]] = (
                *(("users", key, user) for key, user in agent.users.items()),
                *(("states", state.get("id", ""), state) for state in agent.states),
                *(("conversations", key, each.record) for key, each in agent.conversations.items()),
            )
            for kind, key, record in records:
                place = f"agents[{number}]/{kind}/{key}"
                self._check(kind, place, record)
                if record["id"] != key:
                    raise ValueError(f"{place}/id: it is {record['id']!r}.")
            self._unseeded.check("agents", f"agents[{number}]", agent.whole)
            for key, webhook in agent.webhooks.items():
                self._unseeded.check("webhooks", f"agents[{number}]/webhooks/{key}", webhook)
            for path, upload in agent.uploads.items():
                try:
                    base64.b64decode(upload.content, validate=True)
                except ValueError:
                    raise ValueError(f"agents[{number}]/uploads/{path}/content: it is not base64.") from None
            for conversation in agent.conversations.values():
                if any(message.id != key for key, message in conversation.messages.items()):
                    raise ValueError(f"agents[{number}]/conversations/{conversation.id}: a message has another's id.")
                user = agent.users.get(conversation.user["id"], {})
                if user == conversation.user:
                    conversation.user = user  # the same object, so that both places change together
        self.memory = memory

    def known_user(self, agent: Agent, user_id: str) -> Record:
        """Return the agent's user with this id."""
        # behaviour: unknown-user-is-made, users-are-the-same
        if user_id not in agent.users:
            agent.users[user_id] = self.records.user({"id": user_id}, agent.users)
        return agent.users[user_id]

    def contact(self, agent: Agent, address: str, details: Record) -> Record:
        """Return the agent's user whom it reaches at `address`, with the details given now."""
        # behaviour: address-is-the-user
        user_id = self.records.id_of(agent.addresses, address)
        return self._keep_user(agent, self.records.user({"id": user_id, **details}, agent.users))

    def create_user(self, agent: Agent, details: Record) -> Record:
        """Return a new user of the agent."""
        return self._keep_user(agent, self.records.user(details, agent.users))

    def delete_user(self, agent: Agent, user_id: str) -> None:
        """Delete a user of the agent, and the user's conversations."""
        # behaviour: a-users-conversations-go-too
        del agent.users[user_id]
        for address in [address for address, known_id in agent.addresses.items() if known_id == user_id]:
            del agent.addresses[address]
        self.delete_conversations(agent, user_id)

    def delete_conversations(self, agent: Agent, user_id: str) -> None:
        """Delete the conversations of the agent with a user."""
        for conversation in list(agent.conversations.values()):
            if conversation.user["id"] == user_id:
                del agent.conversations[conversation.id]

    def create(
        self, agent: Agent, user: Record, fields: Record, *, source: str = "api", context: str | None = None
    ) -> Conversation:
        """Return a new conversation of the agent with `user`, who is one of the agent's."""
        conversation = Conversation(self.records.fields(fields, user, source), user, source, context)
        agent.conversations[conversation.id] = conversation
        return conversation

    def touch(self, conversation: Conversation) -> None:
        """Set the conversation's time of change to now."""
        # behaviour: updated-at-moves, updated-at-stays, created-at-stays
        conversation.shown["updatedAt"] = timestamp(self._clock.now)

    def say(
        self,
        conversation: Conversation,
        sender_role: str,
        text: str,
        *,
        question_id: str | None = None,
        files: Sequence[Record] = (),
    ) -> Message:
        """Store a message. With `question_id`, it answers that question, unless there is an answer already."""
        # behaviour: message-keeps-its-text
        record: Record = {
            "message": text,
            "senderRole": sender_role,
            "files": [{"fileName": attachment["fileName"]} for attachment in files],
        }
        if question_id is not None:
            record["conversationMessageId"] = question_id
        shown = self.records.message(record, conversation.id, conversation.source)
        paths = {file["id"]: attachment["storagePath"] for file, attachment in zip(shown["files"], files, strict=True)}
        message = Message(shown, storage_paths=paths)
        conversation.add(message)
        self.touch(conversation)
        return message

    def ask(
        self, conversation: Conversation, text: str, *, context: str | None = None, files: Sequence[Record] = ()
    ) -> Message:
        """Store a question of the user."""
        question = self.say(conversation, "conversation_user", text, files=files)
        question.context = context
        # behaviour: asked-in-ai-mode-is-answered
        if conversation.shown["mode"] == "ai":
            question.pending = Pending(self._clock.now)
        return question

    def reply(self, conversation: Conversation, question: Message) -> Message:
        """Store the AI's answer to a question. Raises `ReplyFailed` if there will never be one."""
        asked = Question(
            text=question.shown["message"],
            conversation_id=conversation.id,
            user=copy.deepcopy(conversation.user),
            # behaviour: reply-function-sees-context
            context=question.context if question.context is not None else conversation.context,
        )
        try:
            text = self._said(asked)
        except ReplyFailed as failure:
            question.error = failure.message
            raise
        return self.say(conversation, "assistant", text, question_id=question.id)

    def respond(self, prompt: Prompt) -> None:
        """Have the AI answer a prompt, or fail."""
        prompt.pending = None
        try:
            prompt.response = self._said(Question(prompt.text, None, {}, None))
        except ReplyFailed as failure:
            prompt.error = failure.message

    def _said(self, question: Question) -> str:
        text = self.options.reply(question)
        if not isinstance(text, str):
            raise TypeError(f"The reply function returned {text!r}; it must return a str.")
        return text

    def poll(self, conversation: Conversation, question: Message) -> Message | None:
        """Return the answer to `question`; None while it is pending. Each poll brings it nearer to its end.

        Raises `ReplyFailed` if there will be no answer.
        """
        if question.error is not None:
            raise ReplyFailed(question.error)
        if question.pending is not None:
            if self.is_due(question.pending):
                return self.reply(conversation, question)
            question.pending.polls += 1
        return conversation.messages.get(question.answer_id or "")

    def is_due(self, pending: Pending) -> bool:
        """Return whether a wait is over."""
        # behaviour: pending-takes-one-poll
        waited = (self._clock.now - pending.since).total_seconds()
        return pending.polls >= self.options.pending_polls and waited >= self.options.pending_seconds

    def _check(self, kind: str, place: str, record: Record) -> None:
        self._seeds.check(kind, place, record)
        if kind == "conversations":  # whose dates are compared
            for name in DATES:
                if normal(record[name]) != record[name]:
                    raise ValueError(f"{place}/{name}: {record[name]!r} is not a time such as {examples.DATE}.")

    def _keep_user(self, agent: Agent, user: Record) -> Record:
        """Store `user`, and update the records that contain the user."""
        kept = agent.users.get(user["id"], {})
        kept |= user
        agent.users[user["id"]] = kept
        for name in ("email", "phoneNumber"):
            if name in user:
                agent.addresses[user[name]] = user["id"]
        return kept

    def _keep_conversation(self, agent: Agent, record: Record) -> Conversation:
        """Store a complete conversation `record` and its user."""
        apart = ("user", "source", "context", "messages", "feedbacks")
        conversation = Conversation(
            {name: value for name, value in record.items() if name not in apart},
            self._keep_user(agent, record["user"]),
            record["source"],
            record.get("context"),
        )
        for shown in record["messages"]:
            feedbacks = shown.pop("conversationMessageFeedbacks", [])
            message = Message(shown)
            conversation.add(message)
            conversation.feedbacks += [Feedback(feedback, message.id) for feedback in feedbacks]
        answers = {message.shown["message"]: message.id for message in conversation.messages.values()}
        # behaviour: seeded-feedback-has-its-message
        conversation.feedbacks += [Feedback(each, answers.get(each["answer"])) for each in record["feedbacks"]]
        agent.conversations[conversation.id] = conversation
        return conversation

    def _equip(self, agent: Agent, more: Record) -> None:
        """Set the fields of an agent: `more`, and the common ones."""
        agent.shown = {
            "organizationId": self._ids.uuid(),
            "organizationName": "Example",
            "publicName": agent.name,
            "role": "Assistant",
            "vectorStoreId": f"vs_{self._ids.token(24)}",
            "aiConfig": {"id": f"asst_{self._ids.token(24)}", "model": "gpt-5", "instructions": "Be helpful."},
            "status": "active",
            **more,
        }
        # behaviour: agent-has-skills
        agent.skills = [
            {"systemName": "API", "status": "active", "apiKey": self._ids.uuid()},
            {"systemName": "LIVE_CHAT", "status": "inactive"},
        ]

    def _first_agent(self) -> Agent:
        """Return the agent of the page's examples, with an answered question and feedback on an answer."""
        agent = Agent(self._ids.uuid(), "Reception")
        # behaviour: first-state-is-the-examples, agents-have-two-states
        agent.states = [
            self.records.state({"id": DOCUMENTED_ID, "name": "New"}),
            self.records.state({"name": "Complete"}),
        ]
        for record in (examples.DOCUMENTED, examples.DOOMED):
            self._keep_conversation(agent, self.records.conversation(copy.deepcopy(record), agent.users))
        for user_id, first_name in ((GONE_USER_ID, "Jim"), (VOTED_ID, "Joan")):
            self.create_user(agent, {"id": user_id, "firstName": first_name, "lastName": "Poe"})
        storage_path = agent.conversations[DOCUMENTED_ID].storage_path("example.txt")
        content = base64.b64encode(examples.FILE).decode("ascii")
        agent.uploads = Store({storage_path: Upload("text/plain", content)})
        agent.prompts = Store({DOCUMENTED_ID: Prompt(examples.QUESTION, response=examples.RESPONSE)})
        # Records in the documents' examples are never dropped.
        for conversation in agent.conversations.values():
            conversation.messages = Store(conversation.messages, limit=MAX_MESSAGES)
        agent.users = Store(agent.users)
        agent.conversations = Store(agent.conversations)
        return agent

    def _second_agent(self) -> Agent:
        agent = Agent(self._ids.uuid(), "Support")
        agent.states = [self.records.state({"name": "New"}), self.records.state({"name": "Complete"})]
        self.create(agent, self.known_user(agent, self._ids.uuid()), {})
        return agent


def agent_of(state: State, call: Call) -> Agent:
    """Return the agent whose key a call carries."""
    # behaviour: key-reaches-its-agent-alone
    return state.memory.agents[call.tenant]


def conversation_of(state: State, call: Call) -> Conversation:
    """Return the conversation that a call names. Raises `Problem`."""
    conversation = agent_of(state, call).conversations.get(call.parameters["conversationId"])
    if conversation is None:
        # behaviour: unknown-conversation-is-a-404
        raise Problem(404, "There is no such conversation.")
    return conversation
