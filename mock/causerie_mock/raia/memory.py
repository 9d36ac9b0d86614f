"""raia's memory: agents with their states, users, conversations, messages, files and prompts."""

from __future__ import annotations

from datetime import datetime

import attrs

from .._seed import Record
from .._store import Store

# behaviour: 1000-messages-are-remembered
MAX_MESSAGES = 1000
#: The fields of a webhook that an agent shows.
_WEBHOOK_FIELDS = ("status", "title", "description", "url", "triggerCondition", "headers")
# behaviour: 100-webhooks-are-remembered
_MAX_WEBHOOKS = 100


@attrs.define
class Pending:
    """The wait for the answer to an asynchronous question."""

    since: datetime
    polls: int = 0


@attrs.define
class Message:
    """A message; `shown` is its form in answers, without its feedbacks."""

    shown: Record
    context: str | None = None
    #: For a question: the id of the message that answers it.
    answer_id: str | None = None
    #: For a question: the reason why it never gets an answer.
    error: str | None = None
    #: For a question that the AI has not answered yet.
    pending: Pending | None = None
    #: The storage paths of its files, by their ids.
    storage_paths: dict[str, str] = attrs.field(factory=dict[str, str])

    @property
    def id(self) -> str:
        """The message's id."""
        return str(self.shown["id"])


@attrs.define
class Feedback:
    """A feedback in a conversation, with its message and its user if they are known."""

    shown: Record
    message_id: str | None = None
    user_id: str | None = None


@attrs.define
class Conversation:
    """A conversation. `source` is the channel on which it began."""

    #: Its form in answers, without user and feedbacks.
    shown: Record
    user: Record
    source: str = "api"
    context: str | None = None
    messages: Store[Message] = attrs.field(factory=lambda: Store[Message](limit=MAX_MESSAGES))
    feedbacks: list[Feedback] = attrs.field(factory=list[Feedback])

    @property
    def id(self) -> str:
        """The conversation's id."""
        return str(self.shown["id"])

    def feedbacks_on(self, message: Message) -> list[Record]:
        """Return the feedbacks on one of its messages."""
        return [feedback.shown for feedback in self.feedbacks if feedback.message_id == message.id]

    @property
    def record(self) -> Record:
        """The whole conversation, in the form that `State.seed` takes."""
        return {
            **self.shown,
            "user": self.user,
            "source": self.source,
            **({} if self.context is None else {"context": self.context}),
            "messages": [message.shown for message in self.messages.values()],
            "feedbacks": [feedback.shown for feedback in self.feedbacks],
        }

    def storage_path(self, *names: str) -> str:
        """Return the storage path of a file in the conversation."""
        # behaviour: storage-path-begins-with-the-ai-id
        return "/".join(("conversations", self.shown["aiConversationId"], *names))

    def add(self, message: Message) -> None:
        """Add a message, and end the wait of the question that it answers.

        A question keeps its first answer or its error.
        """
        self.messages[message.id] = message
        question = self.messages.get(message.shown["conversationMessageId"])
        if question is None or question is message or message.shown["senderRole"] == "conversation_user":
            return
        if question.answer_id is None and question.error is None:
            question.answer_id, question.pending = message.id, None


@attrs.define
class Prompt:
    """A question outside of any conversation, and its outcome."""

    text: str
    pending: Pending | None = None
    response: str | None = None
    error: str | None = None

    @property
    def shown(self) -> Record:
        """Its outcome, in the form of an answer."""
        # behaviour: tokens-are-words
        failed = self.response is None
        return {
            "status": "failed" if failed else "completed",
            "totalTokens": None if failed else len(f"{self.text} {self.response}".split()),
            "response": self.response,
            "error": self.error,
        }


@attrs.define
class Upload:
    """An uploaded file."""

    media_type: str
    #: Base64, as it stands in a saved state.
    content: str


@attrs.define
class Agent:
    """An agent and the data to which its secret key gives access."""

    id: str
    name: str
    #: Its form in answers, without its id, its name and its skills.
    shown: Record = attrs.field(factory=Record)
    #: All except the one with the webhooks.
    skills: list[Record] = attrs.field(factory=list[Record])
    webhooks: Store[Record] = attrs.field(factory=lambda: Store[Record](limit=_MAX_WEBHOOKS))
    states: list[Record] = attrs.field(factory=list[Record])
    users: Store[Record] = attrs.field(factory=Store[Record])
    #: The ids of users, by email address or phone number.
    addresses: Store[str] = attrs.field(factory=Store[str])
    conversations: Store[Conversation] = attrs.field(factory=Store[Conversation])
    prompts: Store[Prompt] = attrs.field(factory=Store[Prompt])
    #: The uploaded files by storage path.
    uploads: Store[Upload] = attrs.field(factory=Store[Upload])

    @property
    def whole(self) -> Record:
        """The agent in the form of an answer."""
        # behaviour: agent-shows-its-webhooks
        webhooks = [
            {name: value for name, value in each.items() if name in _WEBHOOK_FIELDS} for each in self.webhooks.values()
        ]
        skill = {
            "systemName": "WEBHOOK",
            "status": "active",
            "name": "Webhooks",
            "description": "URLs that are called",
            "webhooks": webhooks,
        }
        return {"id": self.id, "name": self.name, **self.shown, "skills": [*self.skills, skill]}


@attrs.define
class Memory:
    """The agents of the first and the second tenant."""

    agents: tuple[Agent, Agent]
