"""What is known of an agent's conversations and users, and how answers have to show it."""

from __future__ import annotations

import copy
import itertools
from datetime import datetime
from typing import Any

import attrs
from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec.pointer import Pointer

from ..._oracle._answer import Answer
from ..._oracle._machine import Machine
from ..._oracle._promise import Promise
from ..._oracle._records import tied
from ..._oracle._session import Session
from ..._oracle._value import NOTHING
from ._promises import (
    BORN,
    CONVERSATION,
    DEFAULT_PAGE,
    FEEDBACKS,
    KEPT,
    LIST_FEEDBACKS,
    MESSAGE,
    MESSAGES,
    MOVES,
    NEW_ID,
    REPLY,
    TOTAL,
    UNWRITTEN,
    USER,
    promise_of,
)

Record = dict[str, Any]

#: The most conversations on a page.
_MOST = 100

_ORDER = promise_of("asked-order-is-kept")
_DEFAULT_ORDER = promise_of("latest-change-comes-first")
_PAGE = promise_of("page-is-the-one-asked-for")
_DEFAULT_MODE = promise_of("new-conversation-is-in-ai-mode")
_ERROR = promise_of("error-says-status-and-code")


@attrs.define
class Known:
    """A conversation as it has to be."""

    shown: Record
    feedbacks: list[Record] = attrs.field(factory=list[Record])
    source: str = "api"
    #: As list_messages shows them with their feedbacks.
    messages: list[Record] = attrs.field(factory=list[Record])
    #: Questions that were asked without waiting: how often they were polled.
    waiting: dict[str, int] = attrs.field(factory=dict[str, int])
    #: Questions whose answers failed, and what was said of each.
    failures: dict[str, Any] = attrs.field(factory=dict[str, Any])
    #: The id of the answer by that of the question.
    answers: dict[str, str] = attrs.field(factory=dict[str, str])

    @property
    def id(self) -> str:
        """The conversation's id."""
        return str(self.shown["id"])


class Model(Machine):
    """An agent's conversations and users as they have to be."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.users: dict[str, Record] = {}
        self.addresses: dict[str, str] = {}
        #: In the order in which they came.
        self.known: dict[str, Known] = {}
        self.gone: list[str] = []
        self.gone_users: list[str] = []
        #: The ids that users of another agent have as well.
        self.theirs = set[str]()
        #: The contacts of its users.
        self.their_contacts = set[str]()
        #: The contents that were uploaded, by file.
        self.uploaded: dict[str, bytes] = {}
        #: The latest feedback of each user on each message, as conversations show it.
        self.votes: dict[tuple[str, str], Record] = {}
        #: By prompt: what each poll brought.
        self.prompts: dict[str, list[Any]] = {}
        #: The agent of each webhook.
        self.webhooks: dict[str, str] = {}
        #: The agent as it has to be shown, without its skill WEBHOOK; the webhooks in that skill.
        self.agent: Record = {}
        self.shown_webhooks: list[Record] = []
        #: The users that were there at the beginning, in the order of their creation.
        self.first_users: dict[str, Record] = {}
        self.states: list[Record] | None = None
        self.adopted = set[str]()
        if not self.real:
            self._adopt({})
            self.where_there(self._adopt_agent)
            self.where_there(self._adopt_users)

    def _adopt_agent(self) -> None:
        """Take the agent as it is."""
        self.agent = copy.deepcopy(self.session.ok(self.session.call("get_agent")).value)
        number = webhook_skill(self.agent["skills"])
        self.shown_webhooks = self.agent["skills"][number].pop("webhooks")

    def _adopt_users(self) -> None:
        """Take the agent's users as they are."""
        query = {"pageSize": "100", "orderDirection": "ASC"}
        listed = self.session.ok(self.session.call("list_users", query=query)).need("data")
        self.first_users = {each["id"]: copy.deepcopy(each) for each in listed}

    def _adopt(self, asked: dict[str, str]) -> None:
        """Take what is there already as it is."""
        call = self.session.call
        for shown in reversed(self._there(asked)):
            record = copy.deepcopy(shown)
            feedbacks = record.pop("feedbacks", [])
            self.users.setdefault(record["user"]["id"], record.pop("user"))
            query = {"shouldIncludeFeedbacks": "true"}
            answer = self.session.ok(call("list_messages", {"conversationId": record["id"]}, query))
            listed = answer.need("messages")
            source = listed[0]["source"] if listed else "api"
            known = Known(record, feedbacks, source, copy.deepcopy(listed))
            for message in listed:
                # A message that answers nothing names itself.
                if message["senderRole"] != "conversation_user" and message["conversationMessageId"] != message["id"]:
                    known.answers.setdefault(message["conversationMessageId"], message["id"])
            questions = {each["id"] for each in listed if each["senderRole"] == "conversation_user"}
            known.waiting = dict.fromkeys(questions - known.answers.keys(), 0)  # perhaps nobody has polled since
            self.known[record["id"]] = known
            on_messages = {each["id"] for message in listed for each in message.get("conversationMessageFeedbacks", ())}
            for index, feedback in enumerate(feedbacks):
                if feedback["id"] not in on_messages:
                    self.session.same(
                        answer, ("messages", 0, "conversationMessageFeedbacks", index), feedback, FEEDBACKS
                    )

    def _there(self, asked: dict[str, str]) -> list[Record]:
        """Return the conversations on all pages, the latest first."""
        found = dict[str, Record]()
        for number in itertools.count(1):
            query = {"pageSize": str(_MOST), "orderBy": "createdAt", "page": str(number), **asked}
            listed = self.session.ok(self.session.call("list_conversations", query=query)).need("data")
            new = {each["id"]: each for each in listed if each["id"] not in found}
            found |= new
            if len(new) < _MOST:
                break
        return list(found.values())

    # Users and conversations that a rule is about.

    def _user(self, number: int) -> str:
        """Return the id of a user that the suite makes, or of one who is there."""
        user = self.own_id(f"user {number % 3}") if self.real or number < 4 else at_number(list(self.users), number)
        if self.real and user not in self.adopted:
            self.adopted.add(user)
            self._adopt({"userId": user})
        return user

    def _pick(self, number: int) -> Known:
        found: Known = at_number(list(self.known.values()), number)
        return found

    # What answers show.

    def _shows(self, answer: Answer, at: Pointer, known: Known, *, feedbacks: bool) -> None:
        self.shows(answer, at, known.shown, CONVERSATION, KEPT)
        self.shows(answer, (*at, "user"), self.users[known.shown["conversationUserId"]], USER, KEPT)
        expected = self._in_order(answer, (*at, "feedbacks"), known.feedbacks) if feedbacks else NOTHING
        self.session.same(answer, (*at, "feedbacks"), expected, LIST_FEEDBACKS)
        for name in known.feedbacks[0] if feedbacks and known.feedbacks else ():
            self.session.describes(answer, (*at, "feedbacks", 0, name))

    def _in_order(self, answer: Answer, at: Pointer, feedbacks: list[Record]) -> list[Record]:
        """Return the feedbacks in the order of the answer, where the server's own order is not known."""
        if not self.real or not isinstance(answer.at(*at), list):
            return feedbacks
        order = [each.get("id") for each in answer.at(*at) if isinstance(each, dict)]
        return sorted(feedbacks, key=lambda each: order.index(each["id"]) if each["id"] in order else len(order))

    def _changed(self, answer: Answer, at: Pointer, known: Known) -> None:
        """updatedAt has moved, here where an answer shows it."""
        self.session.relation(answer, (*at, "updatedAt"), ">", known.shown["updatedAt"], MOVES)
        known.shown["updatedAt"] = answer.at(*at, "updatedAt")

    def _read(self, known: Known, *, changed: bool = False) -> None:
        answer = self.session.ok(self.session.call("get_conversation", {"conversationId": known.id}))
        if changed:
            self._changed(answer, (), known)
        self._shows(answer, (), known, feedbacks=True)

    def _appears(self, answer: Answer, at: Pointer, shown: Record, source: str = "api") -> Known:
        """Expect a new conversation, and return it."""
        for name in ("id", "aiConversationId", "createdAt", "updatedAt"):
            shown[name] = answer.need(*at, name)
        for taken in (*self.known, *self.gone):
            self.session.relation(answer, (*at, "id"), "!=", taken, NEW_ID)
        self.session.same(answer, (*at, "updatedAt"), shown["createdAt"], BORN)
        self.session.same(answer, (*at, "mode"), "ai", _DEFAULT_MODE)
        for other in self.known.values():
            self.session.relation(answer, (*at, "aiConversationId"), "!=", other.shown["aiConversationId"], NEW_ID)
            if not self.real:
                self.session.relation(answer, (*at, "createdAt"), ">=", other.shown["createdAt"], BORN)
        known = Known({**shown, "mode": "ai", "assignedUser": None, "isAnonymized": False}, source=source)
        self.unwritten(answer, at, known.shown, ("title", "conversationStateId", "metadata"), UNWRITTEN)
        self.known[known.id] = known
        return known

    def _metadata(self, answer: Answer, at: Pointer, data: Record) -> Record:
        """Return the metadata of a new record with this customData: a server that is no mock may keep more there."""
        there = answer.at(*at, "metadata")
        return {**(there if self.real and isinstance(there, dict) else {}), "customData": data}

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
        """Expect a new message in a conversation, and return it."""
        message_id = answer.need(*at, "id")
        for other in known.messages:
            self.session.relation(answer, (*at, "id"), "!=", other["id"], NEW_ID)
            if not self.real:
                self.session.relation(answer, (*at, "createdAt"), ">=", other["createdAt"], BORN)
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
        if text is None:
            self.session.relation(answer, (*at, "message"), "!=", "", REPLY)
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
        self.shows(answer, at, shown, MESSAGE, KEPT)
        self.session.same(answer, (*at, "conversationMessageFeedbacks"), NOTHING, FEEDBACKS)
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
        self.session.records(
            answer, ("messages",), [each["id"] for each in expected], ("id",), promise=MESSAGES, order=MESSAGES
        )
        for index, message in enumerate(expected):
            feedbacks = message.pop("conversationMessageFeedbacks", NOTHING)
            self.shows(answer, ("messages", index), message, MESSAGE, KEPT)
            at = ("messages", index, "conversationMessageFeedbacks")
            if feedbacks is not NOTHING:
                feedbacks = self._in_order(answer, at, feedbacks)
            self.session.same(answer, at, feedbacks, FEEDBACKS)

    # Lists.

    def _list(self, query: dict[str, str], promise: Promise) -> None:
        """One page, as asked."""
        if self.real:  # what others have is not known
            query = {"userId": self._user(0), **query}
        answer = self.session.ok(self.session.call("list_conversations", query=query))
        expected = self._found(query)
        page, size = int(query.get("page", "1")), int(query.get("pageSize", "10"))
        pages = -(-len(expected) // size)
        paging = _PAGE if "page" in query and "pageSize" in query else DEFAULT_PAGE
        place = slice((page - 1) * size, page * size)
        shown = self._tied(answer, expected, query, place) if self.real else expected[place]
        order = _ORDER if "orderBy" in query and "orderDirection" in query else _DEFAULT_ORDER
        self.session.same(answer, ("currentPage",), page, paging)
        self.session.same(answer, ("pageSize",), size, paging)
        self.session.records(answer, ("data",), [known.id for known in shown], ("id",), promise=promise, order=order)
        self.session.same(answer, ("totalItems",), len(expected), promise)
        self.session.same(answer, ("totalPages",), pages, TOTAL)
        self.session.same(answer, ("hasNextPage",), page < pages, TOTAL)
        self.session.same(answer, ("hasPreviousPage",), page > 1, TOTAL)
        for index, known in enumerate(shown):
            if answer.at("data", index, "id") == known.id:
                self._shows(answer, ("data", index), known, feedbacks=True)

    def _tied(self, answer: Answer, expected: list[Known], query: dict[str, str], place: slice) -> list[Known]:
        """Return a page of a list; how those with one date are ordered, is the server's."""
        by_id, date = {known.id: known for known in expected}, query.get("orderBy", "updatedAt")
        ids = [str(each.get("id")) for each in answer.need("data") if isinstance(each, dict)]
        return [by_id[each] for each in tied([*by_id], lambda each: instant(by_id[each].shown[date]), place, ids)]

    def _found(self, query: dict[str, str]) -> list[Known]:
        found = [known for known in self.known.values() if self._wanted(known, query)]
        date = query.get("orderBy", "updatedAt")
        found.sort(key=lambda known: instant(known.shown[date]))
        return found if query.get("orderDirection") == "ASC" else found[::-1]

    def _wanted(self, known: Known, query: dict[str, str]) -> bool:
        user = self.users[known.shown["conversationUserId"]]
        updated = instant(known.shown["updatedAt"])
        texts = [known.shown.get("title", ""), known.shown.get("summary", "")]
        texts += [f"{user['firstName']} {user['lastName']}", user.get("email", ""), user.get("phoneNumber", "")]
        keyword = query.get("searchKeyword", "").casefold()
        return (
            query.get("userId", user["id"]) == user["id"]
            and (query.get("withFeedbacksOnly") != "true" or bool(known.feedbacks))
            and ("startDate" not in query or updated >= instant(query["startDate"]))
            and ("endDate" not in query or updated <= instant(query["endDate"]))
            and any(keyword in text.casefold() for text in texts)
        )

    # What nobody has.

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
            ("create_upload_url", path, {"fileName": "not.mine", "contentType": "text/plain"}, promise),
            ("get_download_url", {**path, "fileId": self.own_id("no file")}, NOTHING, promise),
        )
        for operation, values, body, said in requests:
            answer = self.session.call(operation, values, body=body, credential="other" if other else "own")
            self.session.refused(answer, (404,), said)

    def _message_of(self, conversation_id: str) -> str:
        known = self.known.get(conversation_id)
        return str(known.messages[0]["id"]) if known and known.messages else self.own_id("no message")


def at_number(items: list[Any], number: int) -> Any:
    if not items:  # A server that accepts nothing leaves nothing to choose from.
        raise UnsatisfiedAssumption
    return items[number % len(items)]


def webhook_skill(skills: list[Any]) -> int:
    """Which of an agent's skills has its webhooks."""
    found = [number for number, each in enumerate(skills) if each.get("systemName") == "WEBHOOK"]
    if not found:
        raise UnsatisfiedAssumption
    return found[0]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text.upper())


def error(session: Session, answer: Answer) -> None:
    session.failed(answer, _ERROR)
    session.same(answer, ("status",), answer.status, _ERROR)
    if answer.status == 403:
        session.same(answer, ("message",), "INVALID_CREDENTIALS", _ERROR)
