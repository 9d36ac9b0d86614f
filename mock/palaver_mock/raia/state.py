"""raia's memory: agents with their states, users, conversations and messages."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from palaver_mock._store import Store
from palaver_mock._vendor import World

#: The id that raia's page gives to everything in its examples.
DOCUMENTED_ID = "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"
#: The user of the document's delete example, who has a conversation to lose.
DELETED_USER_ID = "6a8c2c4c-4c4c-4c4c-8c4c-4c4c4c4c4c4c"

_EXAMPLE_DATE = datetime(2023, 10, 1, 12, tzinfo=UTC)
_MAX_MESSAGES = 1000

#: A user and a state are kept as they are shown.
User = dict[str, Any]
ConversationState = dict[str, Any]


def timestamp(instant: datetime) -> str:
    """`instant` as raia writes it: UTC, milliseconds, Z."""
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Message:
    """A message. `question_id` is the question it answers, or its own id when it answers none."""

    id: str
    text: str
    sender_role: str
    question_id: str
    created_at: datetime
    files: list[dict[str, Any]] = field(default_factory=list)
    feedbacks: list[dict[str, Any]] = field(default_factory=list)
    #: How often a question's response is still to be pending; None when the AI is not going to answer.
    polls_left: int | None = None
    answer: Message | None = None


@dataclass
class Conversation:
    """A conversation. `channel` is how it began: api, email, sms or voice."""

    id: str
    user: User
    channel: str
    ai_conversation_id: str
    created_at: datetime
    updated_at: datetime
    mode: str = "ai"
    #: Fields that are shown only once they have a value: title, summary, score, metadata, …
    shown: dict[str, Any] = field(default_factory=dict)
    messages: Store[Message] = field(default_factory=lambda: Store(limit=_MAX_MESSAGES))

    def feedbacks(self) -> list[dict[str, Any]]:
        """The feedbacks on all messages."""
        return [feedback for message in self.messages.values() for feedback in message.feedbacks]


@dataclass
class Agent:
    """An agent. Its secret key sees what is here, and nothing of another agent."""

    name: str
    states: list[ConversationState]
    users: Store[User] = field(default_factory=Store[User])
    conversations: Store[Conversation] = field(default_factory=Store[Conversation])


class State:
    """Two agents, of the first and the second tenant.

    The first has the user, the state, the conversation and the question of the page's examples, and the user of the
    document's delete example with a conversation. `pending_polls` is how often the response to an asynchronous message
    is pending before it is completed.
    """

    def __init__(self, world: World, *, pending_polls: int = 1) -> None:
        self._clock = world.clock
        self._ids = ids = world.ids
        self._pending_polls = pending_polls
        john = _user(DOCUMENTED_ID, "John", "Doe", email="test@test.com", phoneNumber="+1234567890")
        jane = _user(DELETED_USER_ID, "Jane", "Roe", email="jane@test.com")
        documented = self._documented(john)
        doomed = self._new_conversation(jane, "api", {"title": "A conversation to delete"})
        self.agents = (
            Agent(
                "Reception",
                [self._new_state(DOCUMENTED_ID, "New"), self._new_state(ids.uuid(), "Done")],
                Store({user["id"]: user for user in (john, jane)}),
                Store({conversation.id: conversation for conversation in (documented, doomed)}),
            ),
            Agent("Support", [self._new_state(ids.uuid(), "New")]),
        )
        self.create(self.agents[1], self.known_user(self.agents[1], ids.uuid()), "api", {})

    def known_user(self, agent: Agent, user_id: str) -> User:
        """The agent's user with this id.

        inferred: made on first use when unknown. The operation that creates users is not among those that the page
        describes, and no answer to an unknown user is documented.
        """
        if user_id not in agent.users:
            agent.users[user_id] = _user(user_id, "Unknown", "User")
        return agent.users[user_id]

    def contact(self, agent: Agent, address: str, first_name: str, last_name: str, **details: Any) -> User:
        """The agent's user whom it reaches at `address`, with the details given now.

        inferred: the same address is the same user.
        """
        user = self.known_user(agent, str(uuid.uuid5(uuid.NAMESPACE_URL, address)))
        user |= {"firstName": first_name, "lastName": last_name, **details}
        return user

    def create(self, agent: Agent, user: User, channel: str, shown: dict[str, Any]) -> Conversation:
        """A new conversation of the agent with `user`."""
        conversation = self._new_conversation(user, channel, shown)
        agent.conversations[conversation.id] = conversation
        return conversation

    def touch(self, conversation: Conversation) -> None:
        """The conversation has changed now. inferred: a message in it is a change too."""
        conversation.updated_at = self._clock.now

    def say(
        self,
        conversation: Conversation,
        sender_role: str,
        text: str,
        *,
        question_id: str | None = None,
        files: Sequence[dict[str, Any]] = (),
    ) -> Message:
        """Stores a message, and with `question_id` makes it the answer to that question unless it has one."""
        message_id = self._ids.uuid()
        message = Message(
            id=message_id,
            text=text,
            sender_role=sender_role,
            # published: required in every message. inferred: a message that answers none belongs to itself.
            question_id=question_id or message_id,
            created_at=self._clock.now,
            files=[self._file(attachment["fileName"]) for attachment in files],
        )
        conversation.messages[message_id] = message
        question = conversation.messages.get(question_id or "")
        if question is not None and question.answer is None:
            question.answer = message
        self.touch(conversation)
        return message

    def ask(self, conversation: Conversation, text: str, files: Sequence[dict[str, Any]]) -> Message:
        """Stores a question of the user."""
        question = self.say(conversation, "conversation_user", text, files=files)
        # inferred: in manual mode the AI is silent, and the question waits for a human.
        question.polls_left = self._pending_polls if conversation.mode == "ai" else None
        return question

    def reply(self, conversation: Conversation, question: Message) -> Message:
        """Stores the AI's answer to a question: an echo, for the mock has no AI."""
        return self.say(conversation, "assistant", f"You said: {question.text}", question_id=question.id)

    def poll(self, conversation: Conversation, question: Message) -> Message | None:
        """The answer to `question`; None while it is pending, which every poll brings nearer to its end."""
        if question.answer is None and question.polls_left is not None:
            if question.polls_left == 0:
                return self.reply(conversation, question)
            question.polls_left -= 1
        return question.answer

    def _file(self, name: str) -> dict[str, Any]:
        date = timestamp(self._clock.now)
        return {
            "id": self._ids.uuid(),
            "fileName": name,
            "openAIFileId": f"file-{self._ids.token(22)}",
            "createdAt": date,
            "updatedAt": date,
        }

    def _new_state(self, state_id: str, name: str) -> ConversationState:
        date = timestamp(_EXAMPLE_DATE)
        return {
            "id": state_id,
            "name": name,
            "description": None,
            "color": None,
            "isPersistent": True,
            "createdAt": date,
            "updatedAt": date,
        }

    def _new_conversation(self, user: User, channel: str, shown: dict[str, Any]) -> Conversation:
        # example: the forms of both ids.
        call = {"aiCallId": f"call_{self._ids.token(18)}"} if channel == "voice" else {}
        return Conversation(
            id=self._ids.uuid(),
            user=user,
            channel=channel,
            ai_conversation_id=f"conv_{self._ids.token(22)}",
            created_at=self._clock.now,
            updated_at=self._clock.now,
            shown=shown | call,
        )

    def _documented(self, user: User) -> Conversation:
        """The conversation of the page's examples, with a question that is answered and an answer with a feedback."""
        date = timestamp(_EXAMPLE_DATE)
        feedback = {
            "id": DOCUMENTED_ID,
            "voteType": "down",
            "question": "How does quantum entanglement work?",
            "answer": "Hello, how can I help you?",
            "comment": None,
            "userEmail": user["email"],
            "createdAt": date,
            "updatedAt": date,
        }
        answer = Message(
            id=self._ids.uuid(),
            text="Hello, how can I help you?",
            sender_role="assistant",
            question_id=DOCUMENTED_ID,
            created_at=_EXAMPLE_DATE,
            feedbacks=[feedback],
        )
        question = Message(
            id=DOCUMENTED_ID,
            text="How does quantum entanglement work?",
            sender_role="conversation_user",
            question_id=DOCUMENTED_ID,
            created_at=_EXAMPLE_DATE,
            answer=answer,
        )
        return Conversation(
            id=DOCUMENTED_ID,
            user=user,
            channel="api",
            ai_conversation_id="conv_h435hi34h5i43i5sdfdfs",
            created_at=_EXAMPLE_DATE,
            updated_at=_EXAMPLE_DATE,
            mode="manual",
            shown={
                "title": "Conversation Title",
                "score": 4,
                "summary": "This is a summary of the conversation.",
                "metadata": {"customData": {"key1": "value1", "key2": "value2"}},
                "aiCallId": "call_h435hi34h5i43i5",
                "conversationStateId": DOCUMENTED_ID,
            },
            messages=Store({question.id: question, answer.id: answer}, limit=_MAX_MESSAGES),
        )


def _user(user_id: str, first_name: str, last_name: str, **details: Any) -> User:
    return {"id": user_id, "firstName": first_name, "lastName": last_name, "isAnonymized": False, **details}
