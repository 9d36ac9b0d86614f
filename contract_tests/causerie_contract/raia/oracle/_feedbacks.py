"""Feedbacks on messages: made, changed, shown where messages and conversations are."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from ..._oracle._machine import TEXTS, rule
from ._model import Known, Model, Record, at_number
from ._promises import BORN, LIST_FEEDBACKS, NEW_ID, OWN, promise_of
from ._values import SOME

_WRITTEN = promise_of("feedback-is-written")
_SAME = promise_of("second-vote-changes-the-first")
_LEFT_OUT = promise_of("left-out-of-a-vote-is-null")
_UNKNOWN = promise_of("vote-on-the-unknown-is-a-400")


class Feedbacks(Model):
    """Sequences of requests to feedbacks."""

    @precondition(lambda self: any(known.messages for known in self.known.values()) and self.users)
    @rule(conversation=SOME, message=SOME, user=SOME, vote=st.sampled_from(["up", "down"]), words=SOME)
    def save_feedback(self, conversation: int, message: int, user: int, vote: str, words: int) -> None:
        """save_message_feedback, and another one by the same user."""
        spoken = [known for known in self.known.values() if known.messages]
        known = at_number(spoken, conversation)
        shown = at_number(known.messages, message)
        user_id = at_number(list(self.users), user)
        body: Record = {
            "conversationMessageId": shown["id"],
            "userId": user_id,
            "voteType": vote,
            "question": TEXTS[words],
            **({"answer": TEXTS[words]} if words & 1 else {}),
            **({"comment": TEXTS[words - 3]} if words & 2 else {}),
        }
        self._save(known, shown, body)
        if words & 4:
            self._save(known, shown, {**body, "voteType": "up" if vote == "down" else "down"})
            self._save(known, shown, {**body, "question": "Another one?"})
        self._read(known)
        self._messages(known, 1 + (words & 2))

    def _save(self, known: Known, message: Record, body: Record) -> None:
        answer = self.session.ok(self.session.call("save_message_feedback", body=body))
        voter = (message["id"], body["userId"])
        earlier = self.votes.get(voter)
        if earlier is None and self.real:  # an earlier run may have voted
            earlier = next((each for each in known.feedbacks if each["id"] == answer.at("id")), None)
        if earlier is None:
            for other in self.votes.values():
                self.session.relation(answer, ("id",), "!=", other["id"], NEW_ID)
            self.session.same(answer, ("updatedAt",), answer.need("createdAt"), BORN)
        else:
            self.session.same(answer, ("id",), earlier["id"], _SAME)
            self.session.same(answer, ("createdAt",), earlier["createdAt"], _SAME)
            # Two votes may have one time on a server whose clock nobody moves.
            before = earlier["updatedAt"]
            self.session.relation(answer, ("updatedAt",), ">=" if self.real else ">", before, _SAME)
            known.feedbacks.remove(earlier)
            message["conversationMessageFeedbacks"].remove(earlier)
        for name in ("conversationMessageId", "voteType", "question"):
            self.session.same(answer, (name,), body[name], _WRITTEN)
        for name in ("answer", "comment"):
            self.session.same(answer, (name,), body.get(name), _WRITTEN if name in body else _LEFT_OUT)
        saved = {name: answer.need(name) for name in ("id", "createdAt", "updatedAt")}
        saved |= {name: body.get(name) for name in ("voteType", "question", "answer", "comment")}
        saved["userEmail"] = self.users[body["userId"]].get("email")
        self.votes[voter] = saved
        known.feedbacks.append(saved)
        message.setdefault("conversationMessageFeedbacks", []).append(saved)

    @rule(number=SOME)
    def vote_on_nothing(self, number: int) -> None:
        """Vote on a message, or as a user, that does not exist; and with another agent's key."""
        body = {"voteType": "up", "question": "Why?"}
        messages = [each["id"] for known in self.known.values() for each in known.messages]
        users = list(self.users)
        message, user = (messages or [self.own_id("no message")])[-1], (users or [self.own_id("nobody")])[0]
        for pair in ((self.own_id("no message"), user), (message, self.own_id("nobody"))):
            sent = {**body, "conversationMessageId": pair[0], "userId": pair[1]}
            self.session.refused(self.session.call("save_message_feedback", body=sent), (400,), _UNKNOWN)
        if self.session.target.other:
            sent = {**body, "conversationMessageId": message, "userId": user}
            answer = self.session.call("save_message_feedback", body=sent, credential="other")
            self.session.refused(answer, (400,), OWN)
        if number == 0 and self.known:
            self._list({"withFeedbacksOnly": "true"}, LIST_FEEDBACKS)
