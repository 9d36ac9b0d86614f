"""Completes raia's records: fields that a test or a request leaves out get the vendor's values."""

from __future__ import annotations

from collections.abc import Mapping

from .._seed import Record
from .._vendor import World
from .times import normal, timestamp

#: The dates of a record, which are compared.
DATES = ("createdAt", "updatedAt")


class Records:
    """Creates complete records, with the ids and the times of its world."""

    def __init__(self, world: World) -> None:
        self._clock = world.clock
        self._ids = world.ids

    def user(self, record: Record, known: Mapping[str, Record]) -> Record:
        """Return a complete user. Missing fields of `record` come from the `known` user."""
        # behaviour: names-are-those-given-last, details-are-those-given-last, user-is-merged-when-seeded
        user_id = self.id_of(record)
        user: Record = {"id": user_id, "firstName": "Unknown", "lastName": "User", "isAnonymized": False}
        return {**user, **known.get(user_id, {}), **record}

    def id_of(self, record: Record, name: str = "id") -> str:
        """Return the id in `record`, even if it is empty; a new id if there is none."""
        # behaviour: id-is-never-used-again, users-id-is-the-one-given
        return str(record[name]) if name in record else self._ids.uuid()

    def state(self, record: Record) -> Record:
        """Return a complete conversation state."""
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

    def fields(self, record: Record, user: Record, source: str) -> Record:
        """Return the fields of a conversation: those in `record`, and values for those that it leaves out."""
        date = timestamp(self._clock.now)
        # behaviour: voice-alone-has-a-call, ids-have-the-form-of-the-examples
        call = {"aiCallId": f"call_{self._ids.token(18)}"} if source == "voice" else {}
        return {
            "id": self.id_of(record),
            "aiConversationId": f"conv_{self._ids.token(22)}",
            **call,
            # behaviour: new-conversation-is-in-ai-mode
            "mode": "ai",
            # behaviour: both-dates-at-creation, nobody-is-assigned, not-anonymized, score-and-summary-are-absent
            "createdAt": date,
            "updatedAt": date,
            "assignedUser": None,
            "isAnonymized": False,
            **record,
            # behaviour: seeded-dates-have-raias-form
            **{name: normal(record[name]) or record[name] for name in DATES if name in record},
            "conversationUserId": user["id"],
        }

    def conversation(self, record: Record, known: Mapping[str, Record]) -> Record:
        """Return a complete record with user, messages and feedbacks."""
        user_id = self.id_of(record, "conversationUserId")
        user = self.user({"id": user_id, **record.get("user", {})}, known)
        source = record.get("source", "api")
        fields = self.fields(record, user, source)
        messages: list[Record] = []
        question = None
        for given in record.get("messages", []):
            # behaviour: seeded-answer-has-its-question
            message = self.message(given, fields["id"], source, question)
            messages.append(message)
            if message["senderRole"] == "conversation_user":
                question = message["id"]
        feedbacks = [self.feedback(feedback, user) for feedback in record.get("feedbacks", [])]
        return {**fields, "user": user, "source": source, "messages": messages, "feedbacks": feedbacks}

    def message(self, record: Record, conversation_id: str, source: str, question_id: str | None = None) -> Record:
        """Return a complete message. Without a question of its own, an answer belongs to `question_id`."""
        new_id, role = self.id_of(record), record.get("senderRole", "conversation_user")
        text = record.get("message", "")
        message: Record = {
            "id": new_id,
            # behaviour: raw-message-is-the-message, sender-role-is-shown, no-subagent, no-expanded-message
            "rawMessage": text,
            "senderRole": role,
            # behaviour: message-names-its-question, message-without-question-names-itself
            "conversationMessageId": new_id if role == "conversation_user" else question_id or new_id,
            # behaviour: source-is-the-channel
            "source": source,
            "createdAt": timestamp(self._clock.now),
            "isAnonymized": False,
            # behaviour: ai-messages-have-full-response
            **({"fullAIResponse": {"reasoning": None, "outputText": text}} if role == "assistant" else {}),
            **record,
            # behaviour: message-belongs-to-its-conversation, files-of-a-message
            "conversationId": conversation_id,
            "files": [self._file(file) for file in record.get("files", [])],
        }
        if "conversationMessageFeedbacks" in record:
            message["conversationMessageFeedbacks"] = [
                self.feedback({"answer": text, **feedback}, {}) for feedback in record["conversationMessageFeedbacks"]
            ]
        return message

    def feedback(self, record: Record, user: Record) -> Record:
        """Return a complete feedback by `user`."""
        # behaviour: feedback-is-written, left-out-of-a-vote-is-null
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
        # behaviour: files-get-ids-and-dates
        date = timestamp(self._clock.now)
        return {
            "id": self._ids.uuid(),
            "openAIFileId": f"file-{self._ids.token(22)}",
            "createdAt": date,
            "updatedAt": date,
            **record,
        }
