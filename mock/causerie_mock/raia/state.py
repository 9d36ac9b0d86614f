"""raia's memory: agents with their states, users, conversations, messages, files and prompts."""

from __future__ import annotations

import base64
import copy
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from causerie_mock._exchange import Problem
from causerie_mock._seed import Record, Seeds, component
from causerie_mock._store import Store
from causerie_mock._vendor import Call, World
from causerie_mock.raia.options import Options
from causerie_mock.raia.reply import Question, ReplyFailed

#: The id that raia's page gives to everything in its examples.
DOCUMENTED_ID = "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"
#: The user of the document's delete example, who has a conversation to lose.
DELETED_USER_ID = "6a8c2c4c-4c4c-4c4c-8c4c-4c4c4c4c4c4c"
#: The user whom the document's other delete example takes away.
GONE_USER_ID = "7b9d3d5d-5d5d-4d5d-9d5d-5d5d5d5d5d5d"
#: The message, and the user, of the document's example of a feedback.
VOTED_ID = "123e4567-e89b-12d3-a456-426614174000"

_EXAMPLE_DATE = "2023-10-01T12:00:00.000Z"
_EXAMPLE_FILE = b"This is an example.\n"
_DATES = ("createdAt", "updatedAt")
_MAX_MESSAGES = 1000
_MAX_FEEDBACKS = 1000
#: What an agent shows of a webhook.
_WEBHOOK_FIELDS = ("status", "title", "description", "url", "triggerCondition", "headers")
#: All of them are in one answer.
_MAX_WEBHOOKS = 100

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


def timestamp(instant: datetime) -> str:
    """`instant`, which is in UTC, as raia writes it: milliseconds, Z."""
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(text: str) -> datetime:
    """What `timestamp` wrote, or another RFC 3339 time.

    Raises `ValueError` for what datetime has not: the year 0 and leap seconds.
    """
    return datetime.fromisoformat(text.upper())


def _normal(text: str) -> str:
    """`text` in raia's own form, in which times sort as text; empty when datetime does not have this time."""
    try:
        return timestamp(instant(text).astimezone(UTC))
    except (ValueError, OverflowError):
        return ""


@dataclass
class Pending:
    """The wait for the answer to an asynchronous question."""

    since: datetime
    polls: int = 0


@dataclass
class Message:
    """A message, as it is `shown` without its feedbacks."""

    shown: Record
    context: str | None = None
    #: Of a question: the id of the message that answers it.
    answer_id: str | None = None
    #: Of a question: why it never gets an answer.
    error: str | None = None
    #: Of a question that the AI is still going to answer.
    pending: Pending | None = None
    #: Where its files were uploaded to, by their ids.
    storage_paths: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def id(self) -> str:
        """The message's id."""
        return str(self.shown["id"])


@dataclass
class Feedback:
    """A feedback in a conversation: on which message and by whom, where that is known."""

    shown: Record
    message_id: str | None = None
    user_id: str | None = None


@dataclass
class Conversation:
    """A conversation. `source` is the channel on which it began."""

    #: What an answer shows of it, without user and feedbacks.
    shown: Record
    user: Record
    source: str = "api"
    context: str | None = None
    messages: Store[Message] = field(default_factory=lambda: Store[Message](limit=_MAX_MESSAGES))
    feedbacks: list[Feedback] = field(default_factory=list[Feedback])

    @property
    def id(self) -> str:
        """The conversation's id."""
        return str(self.shown["id"])

    def feedbacks_on(self, message: Message) -> list[Record]:
        """The feedbacks on one of its messages."""
        return [feedback.shown for feedback in self.feedbacks if feedback.message_id == message.id]


@dataclass
class Prompt:
    """A question that belongs to no conversation, and what became of it."""

    text: str
    pending: Pending | None = None
    response: str | None = None
    error: str | None = None

    @property
    def shown(self) -> Record:
        """How it ended, as an answer shows it. ours: a token is a word."""
        failed = self.response is None
        return {
            "status": "failed" if failed else "completed",
            "totalTokens": None if failed else len(f"{self.text} {self.response}".split()),
            "response": self.response,
            "error": self.error,
        }


@dataclass
class Upload:
    """A file that was uploaded."""

    media_type: str
    #: Base64, as it stands in a saved state.
    content: str


@dataclass
class Agent:
    """An agent. Its secret key sees what is here, and nothing of another agent."""

    id: str
    name: str
    #: What an answer shows of it, without its id, its name and its skills.
    shown: Record = field(default_factory=Record)
    #: All but the one with the webhooks.
    skills: list[Record] = field(default_factory=list[Record])
    webhooks: Store[Record] = field(default_factory=lambda: Store[Record](limit=_MAX_WEBHOOKS))
    states: list[Record] = field(default_factory=list[Record])
    users: Store[Record] = field(default_factory=Store[Record])
    #: The id of the user behind an email address or a phone number.
    addresses: Store[str] = field(default_factory=Store[str])
    conversations: Store[Conversation] = field(default_factory=Store[Conversation])
    prompts: Store[Prompt] = field(default_factory=Store[Prompt])
    #: By storage path.
    uploads: Store[Upload] = field(default_factory=Store[Upload])


@dataclass
class Memory:
    """All that is remembered: the agents of the first and the second tenant."""

    agents: tuple[Agent, Agent]


class State:
    """Two agents, of the first and the second tenant.

    The first has the user, the state, the conversation and the question of the page's examples, and what the document's
    other examples name.
    """

    def __init__(self, world: World, options: Options) -> None:
        self.world = world
        self.options = options
        self._clock = world.clock
        self._ids = world.ids
        self._seeds = Seeds(world.document, _KINDS)
        self._unseeded = Seeds(world.document, {"agents": component("Agent"), "webhooks": component("Webhook")})
        self.memory = Memory((self._first_agent(), self._second_agent()))
        first, second = self.memory.agents
        more = {"description": "Answers the phone", "avatarUrl": "https://example.com/reception.png"}
        self._equip(first, {**more, "tags": ["front desk"], "restrictDocumentsToOwnerOnly": False})
        self._equip(second, {"tags": None})

    def seed(self, tenant: int, data: Mapping[str, Any]) -> dict[str, list[Record]]:
        """Adds `users`, `states` and `conversations` to the tenant's agent, and returns them as they are stored.

        They have the vendor's field names; what a record leaves out, it gets as from the vendor. A conversation may
        hold its `messages` and `feedbacks`, the `source` that its messages have, and its `context`. A record whose id
        is there already takes the place of that one, but a user keeps what the new record leaves out.

        Raises `ValueError`, and adds nothing, for a record that the document does not allow.
        """
        given = self._seeds.read(tenant, data)
        agent = self.memory.agents[tenant]
        # One seed may name a user often, and leave out what it has said of the user already.
        known = ChainMap[str, Record]({}, agent.users)
        users: list[Record] = []
        for record in given["users"]:
            users.append(self._user(record, known))
            known[users[-1]["id"]] = users[-1]
        states = [self._state(record) for record in given["states"]]
        conversations: list[Record] = []
        for record in given["conversations"]:
            conversations.append(self._conversation(record, known))
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
                "conversations": [_record(conversation) for conversation in stored],
            }
        )

    def adopt(self, memory: Memory) -> None:
        """Goes on from another state's memory. Raises `ValueError` for what the document does not allow."""
        for number, agent in enumerate(memory.agents):
            records: Iterable[tuple[str, str, Record]] = (
                *(("users", key, user) for key, user in agent.users.items()),
                *(("states", state.get("id", ""), state) for state in agent.states),
                *(("conversations", key, _record(each)) for key, each in agent.conversations.items()),
            )
            for kind, key, record in records:
                place = f"agents[{number}]/{kind}/{key}"
                self._check(kind, place, record)
                if record["id"] != key:
                    raise ValueError(f"{place}/id: it is {record['id']!r}.")
            self._unseeded.check("agents", f"agents[{number}]", shown_agent(agent))
            for key, webhook in agent.webhooks.items():
                self._unseeded.check("webhooks", f"agents[{number}]/webhooks/{key}", webhook)
            for path, upload in agent.uploads.items():
                try:
                    base64.b64decode(upload.content, validate=True)
                except ValueError:
                    raise ValueError(f"agents[{number}]/uploads/{path}/content: it is no base64.") from None
            for conversation in agent.conversations.values():
                if any(message.id != key for key, message in conversation.messages.items()):
                    raise ValueError(f"agents[{number}]/conversations/{conversation.id}: a message has another's id.")
                user = agent.users.get(conversation.user["id"], {})
                if user == conversation.user:
                    conversation.user = user  # the same object again, for it changes in both places
        self.memory = memory

    def known_user(self, agent: Agent, user_id: str) -> Record:
        """The agent's user with this id.

        inferred: made on first use when unknown, for no answer to an unknown user is documented.
        """
        if user_id not in agent.users:
            agent.users[user_id] = self._user({"id": user_id}, agent.users)
        return agent.users[user_id]

    def contact(self, agent: Agent, address: str, details: Record) -> Record:
        """The agent's user whom it reaches at `address`, with the details given now.

        inferred: the same address is the same user.
        """
        user_id = self._id_of(agent.addresses, address)
        return self._keep_user(agent, self._user({"id": user_id, **details}, agent.users))

    def create_user(self, agent: Agent, details: Record) -> Record:
        """A new user of the agent."""
        return self._keep_user(agent, self._user(details, agent.users))

    def delete_user(self, agent: Agent, user_id: str) -> None:
        """Forgets a user of the agent, and the user's conversations."""
        del agent.users[user_id]
        for address in [address for address, known_id in agent.addresses.items() if known_id == user_id]:
            del agent.addresses[address]
        self.delete_conversations(agent, user_id)

    def delete_conversations(self, agent: Agent, user_id: str) -> None:
        """Forgets the conversations that the agent has with a user."""
        for conversation in list(agent.conversations.values()):
            if conversation.user["id"] == user_id:
                del agent.conversations[conversation.id]

    def create(
        self, agent: Agent, user: Record, fields: Record, *, source: str = "api", context: str | None = None
    ) -> Conversation:
        """A new conversation of the agent with `user`, who is one of the agent's."""
        conversation = Conversation(self._fields(fields, user, source), user, source, context)
        agent.conversations[conversation.id] = conversation
        return conversation

    def touch(self, conversation: Conversation) -> None:
        """The conversation has changed now. inferred: a message in it is a change too."""
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
        """Stores a message, and with `question_id` makes it the answer to that question unless it has one."""
        record: Record = {
            "message": text,
            "senderRole": sender_role,
            "files": [{"fileName": attachment["fileName"]} for attachment in files],
        }
        if question_id is not None:
            record["conversationMessageId"] = question_id
        shown = self._message(record, conversation.id, conversation.source)
        paths = {file["id"]: attachment["storagePath"] for file, attachment in zip(shown["files"], files, strict=True)}
        message = Message(shown, storage_paths=paths)
        conversation.messages[message.id] = message
        _answer(conversation, message)
        self.touch(conversation)
        return message

    def ask(
        self, conversation: Conversation, text: str, *, context: str | None = None, files: Sequence[Record] = ()
    ) -> Message:
        """Stores a question of the user."""
        question = self.say(conversation, "conversation_user", text, files=files)
        question.context = context
        # inferred: in manual mode the AI is silent, and the question waits for a human.
        if conversation.shown["mode"] == "ai":
            question.pending = Pending(self._clock.now)
        return question

    def reply(self, conversation: Conversation, question: Message) -> Message:
        """Stores the AI's answer to a question. Raises `ReplyFailed` when it has none, and never will."""
        asked = Question(
            text=question.shown["message"],
            conversation_id=conversation.id,
            user=copy.deepcopy(conversation.user),
            context=question.context if question.context is not None else conversation.context,
        )
        try:
            text = self._said(asked)
        except ReplyFailed as failure:
            question.error = failure.message
            raise
        return self.say(conversation, "assistant", text, question_id=question.id)

    def create_prompt(self, agent: Agent, text: str) -> str:
        """Stores a prompt that the AI is still going to answer, and returns its id."""
        prompt_id = self._ids.uuid()
        agent.prompts[prompt_id] = Prompt(text, Pending(self._clock.now))
        return prompt_id

    def respond(self, prompt: Prompt) -> None:
        """Has the AI answer a prompt, or fail to."""
        prompt.pending = None
        try:
            prompt.response = self._said(Question(prompt.text, None, {}, None))
        except ReplyFailed as failure:
            prompt.error = failure.message

    def poll_prompt(self, prompt: Prompt) -> bool:
        """Whether a prompt has come to its end, which every poll brings nearer."""
        if prompt.pending is not None:
            if not self._is_due(prompt.pending):
                prompt.pending.polls += 1
                return False
            self.respond(prompt)
        return True

    def vote(self, conversation: Conversation, message: Message, user: Record, fields: Record) -> Record:
        """Stores a user's feedback on a message, in the place of an earlier one.

        inferred: what the earlier one said and the new one does not is gone, and the conversation does not change.
        """
        earlier = [
            each for each in conversation.feedbacks if (each.message_id, each.user_id) == (message.id, user["id"])
        ]
        kept = {name: earlier[0].shown[name] for name in ("id", "createdAt")} if earlier else {}
        feedback = Feedback(self._feedback({**fields, **kept}, user), message.id, user["id"])
        conversation.feedbacks = [each for each in conversation.feedbacks if each not in earlier][1 - _MAX_FEEDBACKS :]
        conversation.feedbacks.append(feedback)
        return feedback.shown

    def _said(self, question: Question) -> str:
        text = self.options.reply(question)
        if not isinstance(text, str):
            raise TypeError(f"The reply function returned {text!r}; it must return a str.")
        return text

    def poll(self, conversation: Conversation, question: Message) -> Message | None:
        """The answer to `question`; None while it is pending, which every poll brings nearer to its end.

        Raises `ReplyFailed` when there will be none.
        """
        if question.error is not None:
            raise ReplyFailed(question.error)
        if question.pending is not None:
            if self._is_due(question.pending):
                return self.reply(conversation, question)
            question.pending.polls += 1
        return conversation.messages.get(question.answer_id or "")

    def _is_due(self, pending: Pending) -> bool:
        waited = (self._clock.now - pending.since).total_seconds()
        return pending.polls >= self.options.pending_polls and waited >= self.options.pending_seconds

    def _check(self, kind: str, place: str, record: Record) -> None:
        self._seeds.check(kind, place, record)
        if kind == "conversations":  # whose dates are compared
            for name in _DATES:
                if _normal(record[name]) != record[name]:
                    raise ValueError(f"{place}/{name}: {record[name]!r} is no time such as {_EXAMPLE_DATE}.")

    def _keep_user(self, agent: Agent, user: Record) -> Record:
        """Stores `user`; what has the user already sees the change."""
        kept = agent.users.get(user["id"], {})
        kept |= user
        agent.users[user["id"]] = kept
        for name in ("email", "phoneNumber"):
            if name in user:
                agent.addresses[user[name]] = user["id"]
        return kept

    def _keep_conversation(self, agent: Agent, record: Record) -> Conversation:
        """Stores a whole `record`, its user included."""
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
            conversation.messages[message.id] = message
            conversation.feedbacks += [Feedback(feedback, message.id) for feedback in feedbacks]
            _answer(conversation, message)
        answers = {message.shown["message"]: message.id for message in conversation.messages.values()}
        # inferred: a feedback is on the message whose text it repeats as its answer.
        conversation.feedbacks += [Feedback(each, answers.get(each["answer"])) for each in record["feedbacks"]]
        agent.conversations[conversation.id] = conversation
        return conversation

    def _user(self, record: Record, known: Mapping[str, Record]) -> Record:
        user_id = self._id_of(record)
        user: Record = {"id": user_id, "firstName": "Unknown", "lastName": "User", "isAnonymized": False}
        return {**user, **known.get(user_id, {}), **record}

    def _id_of(self, record: Record, name: str = "id") -> str:
        """What `record` gives as its id, be it empty; a new one when it gives none."""
        return str(record[name]) if name in record else self._ids.uuid()

    def _state(self, record: Record) -> Record:
        date = timestamp(self._clock.now)
        return {
            "id": self._ids.uuid(),
            "name": "New",
            "description": None,
            "color": None,
            "isPersistent": True,
            "createdAt": date,
            "updatedAt": date,
            **record,
        }

    def _fields(self, record: Record, user: Record, source: str) -> Record:
        """What a conversation shows of itself: what `record` says and what it leaves out."""
        date = timestamp(self._clock.now)
        # example: the forms of both ids.
        call = {"aiCallId": f"call_{self._ids.token(18)}"} if source == "voice" else {}
        return {
            "id": self._id_of(record),
            "aiConversationId": f"conv_{self._ids.token(22)}",
            **call,
            "mode": "ai",
            "createdAt": date,
            "updatedAt": date,
            "assignedUser": None,
            "isAnonymized": False,
            **record,
            **{name: _normal(record[name]) or record[name] for name in _DATES if name in record},
            "conversationUserId": user["id"],
        }

    def _conversation(self, record: Record, known: Mapping[str, Record]) -> Record:
        """A whole record with user, messages and feedbacks."""
        user_id = self._id_of(record, "conversationUserId")
        user = self._user({"id": user_id, **record.get("user", {})}, known)
        source = record.get("source", "api")
        fields = self._fields(record, user, source)
        messages: list[Record] = []
        question = None
        for given in record.get("messages", []):
            message = self._message(given, fields["id"], source, question)
            messages.append(message)
            if message["senderRole"] == "conversation_user":
                question = message["id"]
        feedbacks = [self._feedback(feedback, user) for feedback in record.get("feedbacks", [])]
        return {**fields, "user": user, "source": source, "messages": messages, "feedbacks": feedbacks}

    def _message(self, record: Record, conversation_id: str, source: str, question_id: str | None = None) -> Record:
        """A whole message; without a question of its own, an answer is one to `question_id`."""
        new_id, role = self._id_of(record), record.get("senderRole", "conversation_user")
        text = record.get("message", "")
        message: Record = {
            "id": new_id,
            "rawMessage": text,
            "senderRole": role,
            # published: required in every message. inferred: a message that answers none belongs to itself.
            "conversationMessageId": new_id if role == "conversation_user" else question_id or new_id,
            # published: "Conversation source", so the channel that the conversation began on.
            "source": source,
            "createdAt": timestamp(self._clock.now),
            "isAnonymized": False,
            **({"fullAIResponse": {"reasoning": None, "outputText": text}} if role == "assistant" else {}),
            **record,
            "conversationId": conversation_id,
            "files": [self._file(file) for file in record.get("files", [])],
        }
        if "conversationMessageFeedbacks" in record:
            message["conversationMessageFeedbacks"] = [
                self._feedback({"answer": text, **feedback}, {}) for feedback in record["conversationMessageFeedbacks"]
            ]
        return message

    def _feedback(self, record: Record, user: Record) -> Record:
        date = timestamp(self._clock.now)
        return {
            "id": self._ids.uuid(),
            "voteType": "up",
            "question": None,
            "answer": None,
            "comment": None,
            "userEmail": user.get("email"),
            "createdAt": date,
            "updatedAt": date,
            **record,
        }

    def _file(self, record: Record) -> Record:
        date = timestamp(self._clock.now)
        return {
            "id": self._ids.uuid(),
            "openAIFileId": f"file-{self._ids.token(22)}",
            "createdAt": date,
            "updatedAt": date,
            **record,
        }

    def _equip(self, agent: Agent, more: Record) -> None:
        """Gives an agent what it shows of itself: `more`, and what all have."""
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
        agent.skills = [
            {"systemName": "API", "status": "active", "apiKey": self._ids.uuid()},
            {"systemName": "LIVE_CHAT", "status": "inactive"},
        ]

    def _first_agent(self) -> Agent:
        """The agent of the page's examples, with a question that is answered and an answer with a feedback."""
        dates = {"createdAt": _EXAMPLE_DATE, "updatedAt": _EXAMPLE_DATE}
        question, answer = "How does quantum entanglement work?", "Hello, how can I help you?"
        feedback = {"id": DOCUMENTED_ID, "voteType": "down", "question": question, **dates}
        john = {
            "firstName": "John",
            "lastName": "Doe",
            "fkId": "123456",
            "email": "test@test.com",
            "phoneNumber": "+1234567890",
        }
        jane = {"firstName": "Jane", "lastName": "Roe", "email": "jane@test.com"}
        documented = {
            "id": DOCUMENTED_ID,
            "user": {"id": DOCUMENTED_ID, **john},
            "title": "Conversation Title",
            "score": 4,
            "summary": "This is a summary of the conversation.",
            "aiConversationId": "conv_h435hi34h5i43i5sdfdfs",
            "metadata": {"customData": {"key1": "value1", "key2": "value2"}},
            "aiCallId": "call_h435hi34h5i43i5",
            "mode": "manual",
            "conversationStateId": DOCUMENTED_ID,
            **dates,
            "messages": [
                {
                    "id": DOCUMENTED_ID,
                    "message": question,
                    "createdAt": _EXAMPLE_DATE,
                    "files": [{"id": DOCUMENTED_ID, "fileName": "example.txt", "size": len(_EXAMPLE_FILE), **dates}],
                },
                {
                    "id": VOTED_ID,
                    "message": answer,
                    "senderRole": "assistant",
                    "createdAt": _EXAMPLE_DATE,
                    "conversationMessageFeedbacks": [{**feedback, "userEmail": john["email"]}],
                },
            ],
        }
        doomed = {"user": {"id": DELETED_USER_ID, **jane}, "title": "A conversation to delete"}
        agent = Agent(self._ids.uuid(), "Reception")
        agent.states = [self._state({"id": DOCUMENTED_ID, "name": "New"}), self._state({"name": "Complete"})]
        for record in (documented, doomed):
            self._keep_conversation(agent, self._conversation(record, agent.users))
        for user_id, first_name in ((GONE_USER_ID, "Jim"), (VOTED_ID, "Joan")):
            self.create_user(agent, {"id": user_id, "firstName": first_name, "lastName": "Poe"})
        storage_path = storage_path_of(agent.conversations[DOCUMENTED_ID], "example.txt")
        content = base64.b64encode(_EXAMPLE_FILE).decode("ascii")
        agent.uploads = Store({storage_path: Upload("text/plain", content)})
        response = "The theory of relativity explains how time and space are linked"
        agent.prompts = Store({DOCUMENTED_ID: Prompt(question, response=response)})
        # What the documents name stays, however much comes.
        for conversation in agent.conversations.values():
            conversation.messages = Store(conversation.messages, limit=_MAX_MESSAGES)
        agent.users = Store(agent.users)
        agent.conversations = Store(agent.conversations)
        return agent

    def _second_agent(self) -> Agent:
        agent = Agent(self._ids.uuid(), "Support")
        # documented: a state Complete is required.
        agent.states = [self._state({"name": "New"}), self._state({"name": "Complete"})]
        self.create(agent, self.known_user(agent, self._ids.uuid()), {})
        return agent


def agent_of(state: State, call: Call) -> Agent:
    """The agent whose key a call carries."""
    return state.memory.agents[call.tenant]


def shown_agent(agent: Agent) -> Record:
    """An agent as an answer shows it. published: the skill WEBHOOK has the webhooks, without their ids."""
    webhooks = [
        {name: value for name, value in each.items() if name in _WEBHOOK_FIELDS} for each in agent.webhooks.values()
    ]
    skill = {
        "systemName": "WEBHOOK",
        "status": "active",
        "name": "Webhooks",
        "description": "URLs that are called",
        "webhooks": webhooks,
    }
    return {"id": agent.id, "name": agent.name, **agent.shown, "skills": [*agent.skills, skill]}


def conversation_of(state: State, call: Call) -> Conversation:
    """The conversation that a call names. Raises `Problem`."""
    conversation = agent_of(state, call).conversations.get(call.parameters["conversationId"])
    if conversation is None:
        raise Problem(404, "There is no such conversation.")
    return conversation


def storage_path_of(conversation: Conversation, *names: str) -> str:
    """Where a file of the conversation is. example: how it begins and ends."""
    return "/".join(("conversations", conversation.shown["aiConversationId"], *names))


def _answer(conversation: Conversation, message: Message) -> None:
    """Ends the wait of the question that `message` answers. A question keeps its first answer, and its error."""
    question = conversation.messages.get(message.shown["conversationMessageId"])
    if question is None or question is message or message.shown["senderRole"] == "conversation_user":
        return
    if question.answer_id is None and question.error is None:
        question.answer_id, question.pending = message.id, None


def _record(conversation: Conversation) -> Record:
    """All of a conversation, as `State.seed` takes it."""
    return {
        **conversation.shown,
        "user": conversation.user,
        "source": conversation.source,
        **({} if conversation.context is None else {"context": conversation.context}),
        "messages": [message.shown for message in conversation.messages.values()],
        "feedbacks": [feedback.shown for feedback in conversation.feedbacks],
    }
