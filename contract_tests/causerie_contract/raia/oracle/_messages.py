"""Messages: sent, answered, answered by hand."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from ..._oracle._machine import TEXTS, rule
from ..._oracle._value import NOTHING
from ._model import Known, Model, Record, at_number
from ._promises import FINAL, KEPT, MESSAGE, REPLY, promise_of
from ._values import FAILURE, FILES, PATIENCE, SOME

_MANUAL = promise_of("manual-message-needs-manual-mode")
_SILENT = promise_of("no-ai-in-manual-mode")
_FAILS = promise_of("no-answer-is-a-500")
_FAILED = promise_of("failed-is-for-ever")


class Messages(Model):
    """Sequences of requests to messages."""

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, text=st.sampled_from(TEXTS), context=st.none() | st.just("ctx"), files=st.integers(0, 1))
    def send(self, conversation: int, text: str, context: str | None, files: int) -> None:
        """send_message."""
        known = self._pick(conversation)
        body = {"message": text, **({"files": FILES[files]} if files else {})}
        body |= {} if context is None else {"context": context}
        answer = self.session.ok(self.session.call("send_message", {"conversationId": known.id}, body=body))
        if known.shown["mode"] == "manual":
            self.session.same(answer, ("senderRole",), "conversation_user", _SILENT)
            self._said(answer, (), known, "conversation_user", text=text, files=FILES[files])
        else:
            self.session.same(answer, ("senderRole",), "assistant", REPLY)
            listed = self.session.ok(self.session.call("list_messages", {"conversationId": known.id}))
            at = ("messages", len(known.messages))
            question = self._said(listed, at, known, "conversation_user", text=text, files=FILES[files])
            self._said(answer, (), known, "assistant", text=None, question=question["id"], files=[])
        self._messages(known, conversation)
        self._read(known, changed=True)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, text=st.sampled_from(TEXTS), files=st.integers(0, 1), polls=st.integers(0, 3))
    def send_async(self, conversation: int, text: str, files: int, polls: int) -> None:
        """send_message_async and polls."""
        known = self._pick(conversation)
        body = {"message": text, **({"files": FILES[files]} if files else {})}
        answer = self.session.ok(self.session.call("send_message_async", {"conversationId": known.id}, body=body))
        question = self._said(answer, (), known, "conversation_user", text=text, files=FILES[files])
        if known.shown["mode"] == "ai":
            known.waiting[question["id"]] = 0
        self._read(known, changed=True)
        for _ in range(polls):
            self._poll(known, question)
        self._messages(known, conversation)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, message=SOME)
    def poll(self, conversation: int, message: int) -> None:
        """get_message_response, for a message of any kind."""
        known = self._pick(conversation)
        if known.messages:
            self._poll(known, at_number(known.messages, message))

    def _poll(self, known: Known, question: Record) -> None:
        path = {"conversationId": known.id, "messageId": question["id"]}
        answer = self.session.ok(self.session.call("get_message_response", path))
        if self.real and question["id"] in known.waiting and answer.at("status") == "failed":
            known.failures[question["id"]] = answer.value
            del known.waiting[question["id"]]
        if question["id"] in known.failures:
            self.session.same(answer, (), known.failures[question["id"]], _FAILED)
            self._read(known)
            return
        polls = known.waiting.get(question["id"])
        is_due = polls is not None and (
            # How long it takes is the server's, but a message is answered.
            answer.at("status") == "completed" or (polls >= PATIENCE and not self.real)
        )
        self.session.same(answer, ("error",), NOTHING if answer.at("error") is NOTHING else None, REPLY)
        if question["id"] in known.answers:
            expected = next(each for each in known.messages if each["id"] == known.answers[question["id"]])
            shown = {name: value for name, value in expected.items() if name != "conversationMessageFeedbacks"}
            self.session.same(answer, ("status",), "completed", FINAL)
            self.shows(answer, ("message",), shown, MESSAGE, KEPT)
        elif is_due:
            self.session.same(answer, ("status",), "completed", REPLY)
            answer.need("message", "id")
            del known.waiting[question["id"]]
            self._said(answer, ("message",), known, "assistant", text=None, question=question["id"], files=[])
            self._messages(known, 0)
            self._read(known, changed=True)
        else:
            if polls is not None:
                known.waiting[question["id"]] = polls + 1
            self.session.same(answer, ("status",), "pending", _SILENT if polls is None else FINAL)
            self.session.same(answer, ("message",), None, FINAL)
            self._read(known)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, text=st.sampled_from(TEXTS), question=st.integers(0, 3), files=st.integers(0, 1))
    def send_manually(self, conversation: int, text: str, question: int, files: int) -> None:
        """send_manual_message, which some conversations refuse."""
        known = self._pick(conversation)
        author = {} if self.real else {"authorId": "author"}
        body: Record = {"message": text, **author, **({"files": FILES[files]} if files else {})}
        asked = [each["id"] for each in known.messages if each["senderRole"] == "conversation_user"]
        if question and asked:
            body["conversationMessageId"] = asked[-1] if question < 3 else asked[0]
        answer = self.session.call("send_manual_message", {"conversationId": known.id}, body=body)
        if known.shown["mode"] != "manual" or known.source == "voice":
            self.session.refused(answer, (400,), _MANUAL)
            self._read(known)
        else:
            self.session.ok(answer, _MANUAL)
            question_id = body.get("conversationMessageId")
            self._said(answer, (), known, "manual_assistant", text=text, question=question_id, files=FILES[files])
            known.waiting.pop(str(question_id), None)
            self._read(known, changed=True)
        self._messages(known, question)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, number=SOME)
    def read(self, conversation: int, number: int) -> None:
        """get_conversation and list_messages."""
        known = self._pick(conversation)
        self._read(known)
        self._messages(known, number)

    def send_in_vain(self, conversation: int, text: str) -> None:
        """send_message and send_message_async to an agent that fails."""
        known = self._pick(conversation)
        path = {"conversationId": known.id}
        answer = self.session.call("send_message", path, body={"message": text})
        self.session.refused(answer, (500,), _FAILS)
        listed = self.session.ok(self.session.call("list_messages", path))
        at = ("messages", len(known.messages))
        asked = [self._said(listed, at, known, "conversation_user", text=text, files=[])]
        answer = self.session.ok(self.session.call("send_message_async", path, body={"message": text}))
        asked.append(self._said(answer, (), known, "conversation_user", text=text, files=[]))
        self._read(known, changed=True)
        for question in asked * 2:
            answer = self.session.call("get_message_response", {**path, "messageId": question["id"]})
            expected = {"status": "failed", "message": None, "error": FAILURE}
            self.session.same(self.session.ok(answer), (), expected, _FAILED)
        self._messages(known, 0)
        self._read(known)
