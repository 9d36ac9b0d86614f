"""raia: conversations of an agent with its users, and the messages in them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.errors import UnsatisfiedAssumption
from hypothesis.stateful import initialize, precondition, rule

from palaver_contract._evidence import Evidence
from palaver_contract._oracle._machine import OBJECTS, TEXTS, Machine, inferred
from palaver_contract._oracle._session import NOTHING, Answer, Promise, Session
from palaver_contract._oracle._sweep import Base
from palaver_contract._pointer import Pointer

Record = dict[str, Any]

_DOCUMENTED = Evidence("documented", "raia-conversations")
_EXAMPLE = Evidence("example", "raia-conversations")
_PUBLISHED = Evidence("published", "raia-openapi", "2026-07-27")

_WRITTEN = Promise("value after write", _DOCUMENTED)
_KEPT = Promise("what nobody changes stays", _DOCUMENTED)
_SENT = Promise("a message keeps its text", _DOCUMENTED)
_NEW_ID = Promise("an id is never used again", inferred("An id that names two conversations names none"))
_MOVES = Promise("updatedAt moves with a change", inferred("The time of the last change; that messages count is ours"))
_STAYS = Promise("updatedAt stays without a change", inferred("The time of the last change"))
_BORN = Promise("both dates are that of creation", inferred("Nothing has changed yet"))
_GONE = Promise("what is deleted is gone", _DOCUMENTED)
_UNKNOWN = Promise("an unknown id is a 404", _DOCUMENTED)
_UNKNOWN_MESSAGE = Promise("an unknown id is a 404", inferred("Documented for conversations, not for their messages"))
_OWN = Promise("a key sees its own agent alone", _PUBLISHED)
_TOTAL = Promise("totals", _DOCUMENTED)
_FILTER = Promise("filter", _DOCUMENTED)
_KEYWORD = Promise("filter", inferred("Where is documented; that any part in any case counts is ours"))
_ENDS = Promise("both ends belong to the range", inferred("The page says start and end"))
_ORDER = Promise("order", _PUBLISHED)
_DEFAULT_ORDER = Promise("order", inferred("No default is documented; the latest change first"))
_DEFAULT_PAGE = Promise("default page", inferred("No default is documented; the first page of 10"))
_PAGE = Promise("page", _DOCUMENTED)
_MESSAGES = Promise("all messages in the order of creation", _DOCUMENTED)
_FEEDBACKS = Promise("feedbacks where they are asked for", _DOCUMENTED)
_LIST_FEEDBACKS = Promise("feedbacks", _PUBLISHED)
_MANUAL = Promise("a manual message needs manual mode and no voice conversation", _DOCUMENTED)
_AGAIN = Promise("the same update again changes nothing more", inferred("A PUT is idempotent (RFC 9110)"))
_REPLY = Promise("the reply to a message", _DOCUMENTED)
_SILENT = Promise("no AI in manual mode", inferred("ai and manual say who answers"))
_PENDING = Promise("pending before completed", inferred("An asynchronous answer takes the mock one poll"))
_FINAL = Promise("completed is for ever", _DOCUMENTED)
_ECHO = Promise("the mock's reply", inferred("The mock repeats what it is told"))

_ERROR = Promise("an error says its status and its code", _PUBLISHED)

_CONVERSATION: dict[str, Promise] = {
    "id": _KEPT,
    "conversationUserId": _WRITTEN,
    "title": _WRITTEN,
    "score": Promise("absent unless somebody sets it", inferred("No operation sets it")),
    "summary": Promise("absent unless somebody sets it", inferred("No operation sets it")),
    "aiConversationId": _KEPT,
    "metadata": Promise("metadata.customData is the customData", _EXAMPLE),
    "aiCallId": Promise("voice conversations alone have a call", inferred("The id of a call")),
    "mode": Promise("mode", _DOCUMENTED),
    "conversationStateId": _WRITTEN,
    "createdAt": Promise("createdAt stays", _DOCUMENTED),
    "updatedAt": _STAYS,
    "assignedUser": Promise("nobody is assigned", inferred("No operation assigns anybody")),
    "isAnonymized": Promise("not anonymized", inferred("No operation anonymizes")),
}
_DEFAULT_MODE = Promise("a new conversation is in AI mode", inferred("No default is documented"))
_USER: dict[str, Promise] = {
    "id": _WRITTEN,
    **dict.fromkeys(("firstName", "lastName"), Promise("the user's names", inferred("Given by a start, else unknown"))),
    **dict.fromkeys(
        ("context", "source", "fkId", "fkUserId", "email", "phoneNumber"),
        Promise("the user's details", inferred("Those that the latest start has given")),
    ),
    "metadata": Promise("absent unless somebody sets it", inferred("No operation sets it")),
    "isAnonymized": Promise("not anonymized", inferred("No operation anonymizes")),
}
_MESSAGE: dict[str, Promise] = {
    "id": _KEPT,
    "message": _SENT,
    "rawMessage": Promise("rawMessage is the message", inferred("Nothing formats it")),
    "conversationId": Promise("a message belongs to its conversation", _DOCUMENTED),
    "senderRole": Promise("senderRole", _PUBLISHED),
    "conversationMessageId": Promise("a message names its question", _PUBLISHED),
    "source": Promise("source is the channel", _PUBLISHED),
    "createdAt": Promise("createdAt stays", _DOCUMENTED),
    "fullAIResponse": Promise("the AI's messages have fullAIResponse", inferred("The shape is published")),
    "subagentId": Promise("absent", inferred("No orchestration is documented")),
    "expandedMessage": Promise("absent", inferred("No Enhanced Prompting is documented")),
    "files": Promise("files of a message", _PUBLISHED),
    "isAnonymized": Promise("not anonymized", inferred("No operation anonymizes")),
}

_STARTS = {
    "email": ("emailSubject", "emailIntroduction", "email"),
    "sms": (None, "smsIntroduction", "phoneNumber"),
    "voice": (None, "firstMessage", "phoneNumber"),
}
_PEOPLE = (
    {"firstName": "Ada1", "lastName": "Byron2", "email": "ada3@example.com", "phoneNumber": "+4930111"},
    {"firstName": "Grace4", "lastName": "Hopper5", "email": "grace6@example.com", "phoneNumber": "+4930222"},
    {
        "firstName": " Karen7 Maria Anna Luise ",
        "lastName": " Jones8 von und zu Hohenstein ",
        "email": "karen9@example.com",
        "phoneNumber": "+4930333",
    },
)
_DETAILS = {"context": "Support8x", "source": "webchat", "fkId": "fk-1", "fkUserId": "fk-user-2"}
_FILES: tuple[list[Record], list[Record]] = (
    [],
    [{"fileName": name, "storagePath": f"c/{name}"} for name in ("b.png", "a.png", "a.png")],
)
_EXAMPLE_ID = "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"
_SOME = st.integers(min_value=0, max_value=7)


@dataclass
class Known:
    """A conversation as it has to be."""

    shown: Record
    feedbacks: list[Record] = field(default_factory=list[Record])
    source: str = "api"
    #: As list_messages shows them with their feedbacks.
    messages: list[Record] = field(default_factory=list[Record])
    #: Questions that were asked without waiting: how often they were polled.
    waiting: dict[str, int] = field(default_factory=dict[str, int])
    #: The id of the answer by that of the question.
    answers: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def id(self) -> str:
        """The conversation's id."""
        return str(self.shown["id"])


class Raia(Machine):
    """Sequences of requests to raia."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.users: dict[str, Record] = {}
        self.addresses: dict[str, str] = {}
        #: In the order in which they came.
        self.known: dict[str, Known] = {}
        self.gone: list[str] = []
        self.states: list[Record] | None = None
        self.adopted = set[str]()
        if not self.live:
            self._adopt({})

    def _adopt(self, asked: dict[str, str]) -> None:
        """Takes what is there already as it is."""
        call = self.session.call
        page = self.session.ok(call("list_conversations", query={"pageSize": "100", "orderBy": "createdAt", **asked}))
        for shown in reversed(page.need("data")):
            record = copy.deepcopy(shown)
            feedbacks = record.pop("feedbacks", [])
            self.users.setdefault(record["user"]["id"], record.pop("user"))
            query = {"shouldIncludeFeedbacks": "true"}
            answer = self.session.ok(call("list_messages", {"conversationId": record["id"]}, query))
            listed = answer.need("messages")
            source = listed[0]["source"] if listed else "api"
            known = Known(record, feedbacks, source, copy.deepcopy(listed))
            for message in listed:
                if message["senderRole"] != "conversation_user":
                    known.answers.setdefault(message["conversationMessageId"], message["id"])
            self.known[record["id"]] = known
            on_messages = {each["id"] for message in listed for each in message.get("conversationMessageFeedbacks", ())}
            for index, feedback in enumerate(feedbacks):
                if feedback["id"] not in on_messages:
                    self.session.same(
                        answer, ("messages", 0, "conversationMessageFeedbacks", index), feedback, _FEEDBACKS
                    )

    # Users and conversations that a rule is about.

    def _user(self, number: int) -> str:
        """An id of the suite's own, or of somebody who is there."""
        user = self.own_id(f"user {number % 3}") if self.live or number < 4 else _at(list(self.users), number)
        if self.live and user not in self.adopted:
            self.adopted.add(user)
            self._adopt({"userId": user})
        return user

    def _pick(self, number: int) -> Known:
        found: Known = _at(list(self.known.values()), number)
        return found

    # What answers show.

    def _shows(self, answer: Answer, at: Pointer, known: Known, *, feedbacks: bool) -> None:
        self.shows(answer, at, known.shown, _CONVERSATION, _KEPT)
        self.shows(answer, (*at, "user"), self.users[known.shown["conversationUserId"]], _USER, _KEPT)
        self.session.same(answer, (*at, "feedbacks"), known.feedbacks if feedbacks else NOTHING, _LIST_FEEDBACKS)

    def _changed(self, answer: Answer, at: Pointer, known: Known) -> None:
        """updatedAt has moved, here where an answer shows it."""
        self.session.relation(answer, (*at, "updatedAt"), ">", known.shown["updatedAt"], _MOVES)
        known.shown["updatedAt"] = answer.at(*at, "updatedAt")

    def _read(self, known: Known, *, changed: bool = False) -> None:
        answer = self.session.ok(self.session.call("get_conversation", {"conversationId": known.id}))
        if changed:
            self._changed(answer, (), known)
        self._shows(answer, (), known, feedbacks=True)

    def _appears(self, answer: Answer, at: Pointer, shown: Record, source: str = "api") -> Known:
        """A new conversation."""
        for name in ("id", "aiConversationId", "createdAt", "updatedAt"):
            shown[name] = answer.need(*at, name)
        for taken in (*self.known, *self.gone):
            self.session.relation(answer, (*at, "id"), "!=", taken, _NEW_ID)
        self.session.same(answer, (*at, "updatedAt"), shown["createdAt"], _BORN)
        self.session.same(answer, (*at, "mode"), "ai", _DEFAULT_MODE)
        for other in self.known.values():
            self.session.relation(answer, (*at, "aiConversationId"), "!=", other.shown["aiConversationId"], _NEW_ID)
            if not self.live:
                self.session.relation(answer, (*at, "createdAt"), ">=", other.shown["createdAt"], _BORN)
        known = Known({**shown, "mode": "ai", "assignedUser": None, "isAnonymized": False}, source=source)
        self.known[known.id] = known
        return known

    def _said(
        self,
        answer: Answer,
        at: Pointer,
        known: Known,
        role: str,
        *,
        text: str | None,
        question: str | None = None,
        files: list[Record],
    ) -> Record:
        """A new message in a conversation."""
        message_id = answer.need(*at, "id")
        for other in known.messages:
            self.session.relation(answer, (*at, "id"), "!=", other["id"], _NEW_ID)
            if not self.live:
                self.session.relation(answer, (*at, "createdAt"), ">=", other["createdAt"], _BORN)
        shown = {
            "id": message_id,
            "message": answer.at(*at, "message") if text is None else text,
            "rawMessage": answer.at(*at, "message") if text is None else text,
            "conversationId": known.id,
            "senderRole": role,
            "conversationMessageId": question or message_id,
            "source": known.source,
            "createdAt": answer.need(*at, "createdAt"),
            "isAnonymized": False,
        }
        if role == "assistant":
            shown["fullAIResponse"] = {"reasoning": None, "outputText": shown["message"]}
        names = [each["fileName"] for each in files]
        there = answer.at(*at, "files")
        shown["files"] = [
            {**each, "fileName": name}
            for each, name in zip(there if isinstance(there, list) else [], names, strict=False)
        ]
        if len(shown["files"]) < len(names):
            shown["files"] = [{"fileName": name} for name in names]
        self.shows(answer, at, shown, _MESSAGE, _KEPT)
        self.session.same(answer, (*at, "conversationMessageFeedbacks"), NOTHING, _FEEDBACKS)
        known.messages.append(shown)
        if role != "conversation_user" and question in {each["id"] for each in known.messages}:
            known.answers.setdefault(str(question), message_id)
        return shown

    def _messages(self, known: Known, number: int) -> None:
        query: dict[str, str] = {}
        if number & 1:
            query["shouldIncludeFeedbacks"] = "true"
        elif number & 4:
            query["shouldIncludeFeedbacks"] = "false"
        if number & 2:
            query["orderDirection"] = "DESC"
        elif number & 4:
            query["orderDirection"] = "ASC"
        answer = self.session.ok(self.session.call("list_messages", {"conversationId": known.id}, query))
        expected = [
            {name: value for name, value in message.items() if number & 1 or name != "conversationMessageFeedbacks"}
            for message in known.messages
        ]
        if number & 1:
            expected = [{"conversationMessageFeedbacks": [], **message} for message in expected]
        if number & 2:
            expected.reverse()
        listed = answer.need("messages")
        if isinstance(listed, list):
            ids = [message.get("id") for message in listed if isinstance(message, dict)]
            if ids != [message["id"] for message in expected]:
                self.session.same(answer, ("messages",), expected, _MESSAGES)
        for index, message in enumerate(expected):
            feedbacks = message.pop("conversationMessageFeedbacks", NOTHING)
            self.shows(answer, ("messages", index), message, _MESSAGE, _KEPT)
            self.session.same(answer, ("messages", index, "conversationMessageFeedbacks"), feedbacks, _FEEDBACKS)

    # Lists.

    def _list(self, query: dict[str, str], promise: Promise) -> None:
        """One page, as asked."""
        if self.live:  # what others have is not known
            query = {**query, "userId": query.get("userId", self.own_id("user 0"))}
        answer = self.session.ok(self.session.call("list_conversations", query=query))
        expected = self._found(query)
        page, size = int(query.get("page", "1")), int(query.get("pageSize", "10"))
        pages = -(-len(expected) // size)
        paging = _PAGE if "page" in query and "pageSize" in query else _DEFAULT_PAGE
        self.session.same(answer, ("currentPage",), page, paging)
        self.session.same(answer, ("pageSize",), size, paging)
        self.session.same(answer, ("totalItems",), len(expected), promise)
        self.session.same(answer, ("totalPages",), pages, _TOTAL)
        self.session.same(answer, ("hasNextPage",), page < pages, _TOTAL)
        self.session.same(answer, ("hasPreviousPage",), page > 1, _TOTAL)
        shown = expected[(page - 1) * size : page * size]
        listed = answer.need("data")
        ids = [each.get("id") for each in listed if isinstance(each, dict)]
        order = _ORDER if "orderBy" in query and "orderDirection" in query else _DEFAULT_ORDER
        if sorted(map(str, ids)) != sorted(known.id for known in shown):
            self.session.same(answer, ("data",), [{"id": known.id} for known in shown], promise)
        for index, known in enumerate(shown):
            self.session.same(answer, ("data", index, "id"), known.id, order)
            if index < len(ids) and ids[index] == known.id:
                self._shows(answer, ("data", index), known, feedbacks=True)

    def _found(self, query: dict[str, str]) -> list[Known]:
        found = [known for known in self.known.values() if self._wanted(known, query)]
        date = query.get("orderBy", "updatedAt")
        found.sort(key=lambda known: _instant(known.shown[date]))
        return found if query.get("orderDirection") == "ASC" else found[::-1]

    def _wanted(self, known: Known, query: dict[str, str]) -> bool:
        user = self.users[known.shown["conversationUserId"]]
        updated = _instant(known.shown["updatedAt"])
        texts = [known.shown.get("title", ""), known.shown.get("summary", "")]
        texts += [f"{user['firstName']} {user['lastName']}", user.get("email", ""), user.get("phoneNumber", "")]
        keyword = query.get("searchKeyword", "").casefold()
        return (
            query.get("userId", user["id"]) == user["id"]
            and (query.get("withFeedbacksOnly") != "true" or bool(known.feedbacks))
            and ("startDate" not in query or updated >= _instant(query["startDate"]))
            and ("endDate" not in query or updated <= _instant(query["endDate"]))
            and any(keyword in text.casefold() for text in texts)
        )

    # Rules.

    @initialize(wanted=st.tuples(*[_SOME] * 6))
    def begin(self, wanted: tuple[int, ...]) -> None:
        """Something of everything."""
        steps = (
            lambda: self.create(0, "Title q1", "context", OBJECTS[0], 1),
            lambda: self.create(0, "Second Q2", None, None, 0),
            lambda: self.create(1, None, None, OBJECTS[2], 0),
            lambda: self.start("email", 0, "Hello", 7) if not self.live else None,
            lambda: self.start("voice", 1, "Hello there", 0) if not self.live else None,
            lambda: self.send(0, "What is it?", None, 1) if self.known else None,
        )
        for step, number in zip(steps, wanted, strict=True):
            if number:
                step()  # type: ignore[no-untyped-call]  # Hypothesis wraps the rules

    @rule(
        user=_SOME,
        title=st.none() | st.sampled_from(TEXTS),
        context=st.none() | st.sampled_from(TEXTS),
        data=st.none() | st.sampled_from(OBJECTS),
        state=st.integers(0, 3),
    )
    def create(self, user: int, title: str | None, context: str | None, data: Record | None, state: int) -> None:
        """create_conversation."""
        user_id = self._user(user)
        body: Record = {"conversationUserId": user_id}
        given = {"title": title, "context": context, "customData": data, "conversationStateId": self._state(state)}
        body |= {name: value for name, value in given.items() if value is not None}
        answer = self.session.ok(self.session.call("create_conversation", body=body))
        stranger = {"id": user_id, "firstName": "Unknown", "lastName": "User", "isAnonymized": False}
        self.users.setdefault(user_id, stranger)
        shown: Record = {
            name: body[name] for name in ("conversationUserId", "title", "conversationStateId") if name in body
        }
        if data is not None:
            shown["metadata"] = {"customData": data}
        known = self._appears(answer, (), shown)
        self._shows(answer, (), known, feedbacks=False)
        self._read(known)

    def _state(self, number: int) -> str | None:
        if number == 1:
            self.list_states()
        if number == 0 or not self.states:
            return None
        return str(_at(self.states, number)["id"]) if number < 3 else "no-such-state"

    @precondition(lambda self: not self.live)
    @rule(channel=st.sampled_from(sorted(_STARTS)), person=st.integers(0, 2), text=st.sampled_from(TEXTS), more=_SOME)
    def start(self, channel: str, person: int, text: str, more: int) -> None:
        """start_conversation. Never where it could reach anybody."""
        subject, words, address = _STARTS[channel]
        who = _PEOPLE[person]
        body: Record = {
            "channel": channel,
            "firstName": f"{who['firstName']}{more}",
            "lastName": f"{who['lastName']}{text[:9]}",
        }
        body |= {address: who[address], words: text}
        if subject:
            body[subject] = f"Subject {text}"
        if more & 1:
            body |= {**_DETAILS, "customData": OBJECTS[0], "conversationContext": "Context 9"}
        if more & 2:
            body |= {name: who[name] for name in ("email", "phoneNumber")}
        if more & 4:
            body |= {"authorId": "author", "skipEmailValidation": True, "skipPhoneNumberValidation": False}
            body |= {
                "email": {"includeSignatureInEmail": True, "resetConversation": True},
                "sms": {"includeSignatureInSms": False, "resetConversation": True},
            }.get(channel, {})
        state = self._state(more & 1)
        if state is not None:
            body["conversationStateId"] = state
        answer = self.session.ok(self.session.call("start_conversation", body=body))
        conversation_id = answer.need("conversationId")
        for taken in (*self.known, *self.gone):
            self.session.relation(answer, ("conversationId",), "!=", taken, _NEW_ID)
        answer = self.session.ok(self.session.call("get_conversation", {"conversationId": conversation_id}))
        user_id = self.addresses.get(body[address]) or answer.need("user", "id")
        user = self.users.setdefault(user_id, {"id": user_id, "isAnonymized": False})
        user |= {
            name: body[name] for name in ("firstName", "lastName", *_DETAILS, "email", "phoneNumber") if name in body
        }
        self.addresses |= {body[name]: user_id for name in ("email", "phoneNumber") if name in body}
        shown: Record = {"conversationUserId": user_id}
        shown |= {"title": body[subject]} if subject else {}
        shown |= {"metadata": {"customData": body["customData"]}} if "customData" in body else {}
        shown |= {"conversationStateId": state} if state is not None else {}
        if channel == "voice":
            shown["aiCallId"] = answer.need("aiCallId")
        known = self._appears(answer, (), shown, channel)
        self.session.same(answer, ("id",), conversation_id, _KEPT)
        self._shows(answer, (), known, feedbacks=True)
        answer = self.session.ok(self.session.call("list_messages", {"conversationId": known.id}))
        self._said(answer, ("messages", 0), known, "assistant", text=text, files=[])
        self.session.same(answer, ("messages", 1), NOTHING, _MESSAGES)

    @precondition(lambda self: self.known)
    @rule(
        conversation=_SOME,
        fields=st.fixed_dictionaries(
            {},
            optional={
                "title": st.sampled_from(TEXTS),
                "context": st.sampled_from(TEXTS),
                "status": st.sampled_from(["active", "inactive", "archived"]),
                "conversationStateId": st.sampled_from(["state-1", "state-2"]),
            },
        ),
    )
    def update(self, conversation: int, fields: Record) -> None:
        """update_conversation, twice the same."""
        known = self._pick(conversation)
        for promise in (_WRITTEN, _AGAIN):
            answer = self.session.ok(
                self.session.call("update_conversation", {"conversationId": known.id}, body=fields)
            )
            known.shown |= {name: fields[name] for name in ("title", "conversationStateId") if name in fields}
            self._changed(answer, (), known)
            self._shows(answer, (), known, feedbacks=False)
            self._read(known)
            if promise is _WRITTEN and conversation % 2:
                break

    @precondition(lambda self: self.known)
    @rule(conversation=_SOME, mode=st.sampled_from(["manual", "ai", None]))
    def set_mode(self, conversation: int, mode: str | None) -> None:
        """set_conversation_mode."""
        known = self._pick(conversation)
        body = {} if mode is None else {"mode": mode}
        answer = self.session.ok(self.session.call("set_conversation_mode", {"conversationId": known.id}, body=body))
        known.shown |= body
        self._changed(answer, (), known)
        self._shows(answer, (), known, feedbacks=False)
        self._read(known)

    @precondition(lambda self: self.known)
    @rule(conversation=_SOME, text=st.sampled_from(TEXTS), context=st.none() | st.just("ctx"), files=st.integers(0, 1))
    def send(self, conversation: int, text: str, context: str | None, files: int) -> None:
        """send_message."""
        known = self._pick(conversation)
        body = {"message": text, **({"files": _FILES[files]} if files else {})}
        body |= {} if context is None else {"context": context}
        answer = self.session.ok(self.session.call("send_message", {"conversationId": known.id}, body=body))
        if known.shown["mode"] == "manual":
            self.session.same(answer, ("senderRole",), "conversation_user", _SILENT)
            self._said(answer, (), known, "conversation_user", text=text, files=_FILES[files])
        else:
            self.session.same(answer, ("senderRole",), "assistant", _REPLY)
            listed = self.session.ok(self.session.call("list_messages", {"conversationId": known.id}))
            at = ("messages", len(known.messages))
            question = self._said(listed, at, known, "conversation_user", text=text, files=_FILES[files])
            self._said(answer, (), known, "assistant", text=self._echo(text), question=question["id"], files=[])
        self._messages(known, conversation)
        self._read(known, changed=True)

    def _echo(self, text: str) -> str | None:
        return None if self.live else f"You said: {text}"

    @precondition(lambda self: self.known)
    @rule(conversation=_SOME, text=st.sampled_from(TEXTS), files=st.integers(0, 1), polls=st.integers(0, 3))
    def send_async(self, conversation: int, text: str, files: int, polls: int) -> None:
        """send_message_async and polls."""
        known = self._pick(conversation)
        body = {"message": text, **({"files": _FILES[files]} if files else {})}
        answer = self.session.ok(self.session.call("send_message_async", {"conversationId": known.id}, body=body))
        question = self._said(answer, (), known, "conversation_user", text=text, files=_FILES[files])
        if known.shown["mode"] == "ai":
            known.waiting[question["id"]] = 0
        self._read(known, changed=True)
        for _ in range(polls):
            self._poll(known, question)
        self._messages(known, conversation)

    @precondition(lambda self: self.known)
    @rule(conversation=_SOME, message=_SOME)
    def poll(self, conversation: int, message: int) -> None:
        """get_message_response, for a message of any kind."""
        known = self._pick(conversation)
        if known.messages:
            self._poll(known, _at(known.messages, message))

    def _poll(self, known: Known, question: Record) -> None:
        path = {"conversationId": known.id, "messageId": question["id"]}
        answer = self.session.ok(self.session.call("get_message_response", path))
        due = question["id"] in known.waiting and known.waiting[question["id"]] >= 1
        if self.live and question["id"] in known.waiting:  # how long it takes is the server's
            due = answer.at("status") == "completed"
        self.session.same(answer, ("error",), NOTHING if answer.at("error") is NOTHING else None, _REPLY)
        if question["id"] in known.answers:
            expected = next(each for each in known.messages if each["id"] == known.answers[question["id"]])
            shown = {name: value for name, value in expected.items() if name != "conversationMessageFeedbacks"}
            self.session.same(answer, ("status",), "completed", _FINAL)
            self.shows(answer, ("message",), shown, _MESSAGE, _KEPT)
        elif due:
            self.session.same(answer, ("status",), "completed", _PENDING)
            answer.need("message", "id")
            del known.waiting[question["id"]]
            self._said(
                answer,
                ("message",),
                known,
                "assistant",
                text=self._echo(question["message"]),
                question=question["id"],
                files=[],
            )
            self._messages(known, 0)
            self._read(known, changed=True)
        else:
            if question["id"] in known.waiting:
                known.waiting[question["id"]] += 1
            self.session.same(answer, ("status",), "pending", _PENDING if known.waiting else _SILENT)
            self.session.same(answer, ("message",), None, _PENDING)
            self._read(known)

    @precondition(lambda self: self.known)
    @rule(conversation=_SOME, text=st.sampled_from(TEXTS), question=st.integers(0, 3), files=st.integers(0, 1))
    def send_manually(self, conversation: int, text: str, question: int, files: int) -> None:
        """send_manual_message, which some conversations refuse."""
        known = self._pick(conversation)
        body: Record = {"message": text, "authorId": "author", **({"files": _FILES[files]} if files else {})}
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
            self._said(answer, (), known, "manual_assistant", text=text, question=question_id, files=_FILES[files])
            known.waiting.pop(str(question_id), None)
            self._read(known, changed=True)
        self._messages(known, question)

    @precondition(lambda self: self.known)
    @rule(conversation=_SOME, text=st.sampled_from(TEXTS))
    def take_over(self, conversation: int, text: str) -> None:
        """A human takes a conversation over, answers a question, and hands it back."""
        self.set_mode(conversation, "manual")
        self.send(conversation, text, None, 0)
        known = self._pick(conversation)
        self._poll(known, known.messages[-1])
        self.send_manually(conversation, text + "!", 1, 1)
        self._poll(known, known.messages[-2 if known.source != "voice" else -1])
        self.set_mode(conversation, "ai")

    @precondition(lambda self: self.known)
    @rule(conversation=_SOME, number=_SOME)
    def read(self, conversation: int, number: int) -> None:
        """get_conversation and list_messages."""
        known = self._pick(conversation)
        self._read(known)
        self._messages(known, number)

    @rule()
    def list_states(self) -> None:
        """list_conversation_states: always the same."""
        answer = self.session.ok(self.session.call("list_conversation_states"))
        if self.states is not None:
            self.session.same(answer, (), self.states, Promise("states stay", inferred("No operation changes them")))
        elif not self.live:
            self.session.same(answer, (0, "id"), _EXAMPLE_ID, Promise("the agent's states", _EXAMPLE))
            self.session.same(answer, (1, "name"), "Done", Promise("the agent's states", inferred("The mock's")))
            self.session.same(answer, (2,), NOTHING, Promise("the agent's states", inferred("The mock's")))
        self.states = answer.value

    @precondition(lambda self: self.known)
    @rule(conversation=_SOME, field_=st.integers(0, 5))
    def search(self, conversation: int, field_: int) -> None:
        """list_conversations by a part of what it shows."""
        known = self._pick(conversation)
        user = self.users[known.shown["conversationUserId"]]
        names = ("firstName", "lastName", "email", "phoneNumber")
        text = user.get(names[field_], "") if field_ < 4 else known.shown.get(("title", "summary")[field_ - 4], "")
        if field_ == 1:
            text = f"{user['firstName']} {user['lastName']}"
        # Names of agents show in no answer: a keyword with a digit in it is in none of them.
        if any(letter.isdigit() for letter in text):
            self._list({"searchKeyword": text[1:60].swapcase(), "pageSize": "100", "page": "1"}, _KEYWORD)
        self._list({"searchKeyword": f"no such text {conversation}", "pageSize": "100", "page": "1"}, _FILTER)

    @precondition(lambda self: self.known)
    @rule(conversation=_SOME)
    def filter_user(self, conversation: int) -> None:
        """list_conversations of one user."""
        self._list({"userId": self._pick(conversation).shown["conversationUserId"]}, _FILTER)
        self._list({"userId": self.own_id("nobody")}, _FILTER)

    @precondition(lambda self: self.known)
    @rule(conversation=_SOME, shift=st.integers(-1, 1), which=st.integers(0, 2))
    def filter_dates(self, conversation: int, shift: int, which: int) -> None:
        """list_conversations by updatedAt."""
        there = _instant(self._pick(conversation).shown["updatedAt"]) + timedelta(milliseconds=shift)
        text = there.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        names = (("startDate",), ("endDate",), ("startDate", "endDate"))[which]
        self._list({**dict.fromkeys(names, text), "pageSize": "100", "page": "1"}, _FILTER if shift else _ENDS)

    @rule(number=st.integers(0, 1))
    def filter_feedbacks(self, number: int) -> None:
        """list_conversations with feedbacks."""
        self._list({"withFeedbacksOnly": "true" if number else "false"}, _FILTER)

    @rule(
        by=st.sampled_from(["createdAt", "updatedAt", None]),
        direction=st.sampled_from(["ASC", "DESC", None]),
        size=st.integers(1, 4),
    )
    def walk(self, by: str | None, direction: str | None, size: int) -> None:
        """list_conversations page by page, and one page more."""
        query = {name: value for name, value in (("orderBy", by), ("orderDirection", direction)) if value is not None}
        for page in range(1, min(-(-len(self.known) // size), 3) + 2):
            self._list({**query, "page": str(page), "pageSize": str(size)}, _TOTAL)

    @rule()
    def list_all(self) -> None:
        """list_conversations as it is."""
        self._list({}, _TOTAL)
        self._list({"pageSize": "100"}, _TOTAL)

    @precondition(lambda self: self.known)
    @rule(conversation=_SOME, again=st.booleans())
    def delete(self, conversation: int, again: bool) -> None:
        """delete_conversations of a user: of all that the user has, and of nobody else."""
        user = self._pick(conversation).shown["conversationUserId"]
        body = {"conversationUserId": user}
        self.session.ok(self.session.call("delete_conversations", body=body))
        if again:
            self.session.ok(self.session.call("delete_conversations", body=body))
        doomed = [known for known in self.known.values() if known.shown["conversationUserId"] == user]
        for known in doomed:
            del self.known[known.id]
            self.gone.append(known.id)
        for known in doomed[:2]:
            self._absent(known.id, _GONE)
        self._list({"userId": user}, _GONE)
        self.list_all()
        for known in list(self.known.values())[:4]:
            self._read(known)

    @rule(number=_SOME)
    def miss(self, number: int) -> None:
        """Ids that nobody has, and messages of another conversation."""
        self._absent(_at(self.gone, number) if self.gone else self.own_id("no conversation"), _UNKNOWN)
        if self.known:
            known = self._pick(number)
            strangers = [each["id"] for other in self.known.values() if other is not known for each in other.messages]
            for message in (self.own_id("no message"), *strangers[:2]):
                if message not in {each["id"] for each in known.messages}:
                    path = {"conversationId": known.id, "messageId": message}
                    self.session.refused(self.session.call("get_message_response", path), (404,), _UNKNOWN_MESSAGE)

    def _absent(self, conversation_id: str, promise: Promise, *, other: bool = False) -> None:
        """No operation knows this conversation."""
        path = {"conversationId": conversation_id}
        requests: tuple[tuple[str, dict[str, str], Any, Promise], ...] = (
            ("get_conversation", path, NOTHING, promise),
            ("update_conversation", path, {"title": "Not mine"}, promise),
            ("set_conversation_mode", path, {"mode": "manual"}, promise),
            ("list_messages", path, NOTHING, promise),
            ("send_message", path, {"message": "Not mine"}, promise),
            ("send_message_async", path, {"message": "Not mine"}, promise),
            ("get_message_response", {**path, "messageId": self._message_of(conversation_id)}, NOTHING, promise),
            ("send_manual_message", path, {"message": "Not mine"}, promise),
        )
        for operation, values, body, said in requests:
            answer = self.session.call(operation, values, body=body, credential="other" if other else "own")
            self.session.refused(answer, (404,), said)

    def _message_of(self, conversation_id: str) -> str:
        known = self.known.get(conversation_id)
        return str(known.messages[0]["id"]) if known and known.messages else self.own_id("no message")

    @precondition(lambda self: self.known and self.session.target.other)
    @rule(conversation=_SOME)
    def intrude(self, conversation: int) -> None:
        """Another agent's key sees nothing of all this, and changes nothing."""
        known = self._pick(conversation)
        user = known.shown["conversationUserId"]
        call = self.session.call
        self._absent(known.id, _OWN, other=True)
        self.session.ok(call("delete_conversations", body={"conversationUserId": user}, credential="other"))
        listed = self.session.ok(call("list_conversations", query={"pageSize": "100"}, credential="other"))
        for index, each in enumerate(listed.need("data")):
            if each.get("id") in self.known:
                self.session.relation(listed, ("data", index, "id"), "!=", each["id"], _OWN)
        body = {"conversationUserId": user, "title": "theirs"}
        theirs = self.session.ok(call("create_conversation", body=body, credential="other")).need("id")
        self.session.refused(call("get_conversation", {"conversationId": theirs}), (404,), _OWN)
        if not self.live:
            body = {**_PEOPLE[0], "channel": "sms", "smsIntroduction": "theirs"}
            started = self.session.ok(call("start_conversation", body=body, credential="other")).need("conversationId")
            self.session.refused(call("get_conversation", {"conversationId": started}), (404,), _OWN)
        self._list({"userId": user}, _OWN)
        states = self.session.ok(call("list_conversation_states", credential="other")).value
        for each in self.states or []:
            mine = call("list_conversation_states")
            for index, other in enumerate(states if isinstance(states, list) else []):
                if other == each:
                    self.session.relation(mine, (index, "id"), "!=", each["id"], _OWN)
        self._read(known)
        self._messages(known, 1)

    # Chapters: what must not be left to chance.

    def texts(self) -> None:
        """Every text in every field that takes one."""
        for number, text in enumerate(TEXTS):
            self.create(0, text, text, OBJECTS[number % len(OBJECTS)], number % 4)
            newest = len(self.known) - 1
            self.update(newest, {"title": text[::-1], "conversationStateId": text})
            self.update(newest, {"title": text, "status": "archived"})
            self.send(newest, text, None, number % 2)
            self.send_async(newest, text, 1 - number % 2, 3)
            self.set_mode(newest, "manual")
            self.set_mode(newest, None)
            self.send_manually(newest, text, number % 4, number % 2)
            self.send(newest, text, text, 0)
            if number % 4 == 0:
                self._messages(self._pick(newest), 1 + 2 * (number % 8 > 0))

    def lists(self) -> None:
        """Pages, orders and filters over conversations of several users, the first of which has changed last."""
        for number in range(5):
            self.create(number % 2, f"List {number}", None, None, 0)
        self.update(2, {"title": "Changed 9"})
        for by in ("createdAt", "updatedAt", None):
            for direction in ("ASC", "DESC", None):
                self.walk(by, direction, 2 + (by is None))
        self.walk(None, None, 1)
        for number in range(len(self.known)):
            self.filter_user(number)
            for which in range(3):
                for shift in (-1, 0, 1):
                    self.filter_dates(number, shift, which)
            for field_ in range(6):
                self.search(number, field_)
        for number in range(8):
            self.create(1, f"More {number}", None, None, 0)
        self.list_all()
        self._list({"page": "2"}, _DEFAULT_PAGE)

    def starts(self) -> None:
        """Every channel, with and without all details, to the same people again."""
        if self.live:
            return
        self.list_states()
        for person, channels in enumerate((("email", "sms", "voice"), ("voice", "sms"), ("sms", "email"))):
            for number, channel in enumerate(channels):
                self.start(channel, person, TEXTS[person + number], (7, 0, 3)[number])
        self.start("sms", 0, TEXTS[9], 7)
        for number in range(2, len(self.known)):
            for field_ in range(6):
                self.search(number, field_)
        for number in range(2, len(self.known)):
            self.set_mode(number, "manual")
            self.send(number, "Hello?", None, 1)
            self.send_manually(number, "Yes?", 1, 0)
        self.filter_user(2)
        self.intrude(2)
        self.delete(2, again=True)

    def feedbacks(self) -> None:
        """What is there already."""
        for number in range(8):
            self.read(0, number)
            self.read(1, number)
        self.filter_feedbacks(1)
        self.filter_feedbacks(0)
        self.poll(0, 0)
        self.poll(0, 1)
        self.list_states()
        self.list_states()

    def lives(self) -> None:
        """Hand-over, a long conversation, deletion, other people's ids."""
        self.create(0, "Life 1", "context", OBJECTS[2], 0)
        self.create(0, "Life 2", None, None, 0)
        self.create(1, "Life 3", None, None, 0)
        mine = len(self.known) - 3
        self.take_over(mine, "Anybody there?")
        for text in ("one", "two", "three", "four", "five", "six"):
            self.send(mine, text, None, 0)
        for number in (3, 4):
            self._messages(self._pick(mine), number)
        self.update(mine, {"title": "Life 4"})
        self.set_mode(mine, "manual")
        self.update(mine, {"context": "else"})
        self.update(mine, {"conversationStateId": "state 5"})
        self.set_mode(mine, None)
        self.set_mode(mine, "ai")
        self.send_async(mine, "later", 0, 1)
        self.send_async(mine, "later still", 0, 0)
        self.intrude(mine)
        self.miss(0)
        self.delete(mine, again=True)
        self.miss(1)
        self.create(0, "Life 5", None, None, 0)
        self.list_all()

    chapters = (texts, lists, starts, feedbacks, lives)


def _at(items: list[Any], number: int) -> Any:
    if not items:  # A server that accepts nothing leaves nothing to choose from.
        raise UnsatisfiedAssumption
    return items[number % len(items)]


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text.upper())


def _ready(session: Session) -> dict[str, str]:
    """A conversation in manual mode with a question, for requests that are bad or good in themselves."""
    user = session.own_id("user 0")
    created = session.ok(session.call("create_conversation", body={"conversationUserId": user, "title": "Sweep"}))
    path = {"conversationId": created.need("id")}
    asked = session.ok(session.call("send_message_async", path, body={"message": "Why?"}))
    session.ok(session.call("set_conversation_mode", path, body={"mode": "manual"}))
    return {**path, "messageId": asked.need("id"), "user": user}


def _bodies(ids: Mapping[str, str]) -> dict[str, list[Any]]:
    john = {"firstName": "John", "lastName": "Doe"}
    message = {"message": "Hello", "context": "Context", "files": _FILES[1]}
    return {
        "create_conversation": [
            {
                "conversationUserId": ids["user"],
                "title": "Title",
                "context": "Context",
                "customData": {"key1": "value1"},
                "conversationStateId": "state",
            }
        ],
        "delete_conversations": [{"conversationUserId": "nobody"}],
        "start_conversation": [
            {**john, "channel": "email", "email": "a@example.com", "emailSubject": "Hi", "emailIntroduction": "Hello"},
            {**john, "channel": "sms", "phoneNumber": "+491", "smsIntroduction": "Hello"},
            {**john, "channel": "voice", "phoneNumber": "+491", "firstMessage": "Hello"},
        ],
        "update_conversation": [{"title": "Title", "context": "Context", "status": "active"}],
        "set_conversation_mode": [{"mode": "manual"}],
        "send_message": [message],
        "send_message_async": [message],
        "send_manual_message": [{**message, "authorId": "author"}],
    }


def _error(session: Session, answer: Answer) -> None:
    session.same(answer, ("status",), answer.status, _ERROR)
    if answer.status == 403:
        session.same(answer, ("message",), "INVALID_CREDENTIALS", _ERROR)


BASE = Base(_ready, _bodies, "get_conversation", (403, _DOCUMENTED), _error, {"title": 256, "context": 256_001})
