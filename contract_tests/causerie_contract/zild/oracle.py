"""Zild: conversations that a message opens, one for each person."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition

from causerie_spec.behaviour import EVERY_VENDOR
from causerie_spec.pointer import Pointer

from .._oracle._answer import Answer
from .._oracle._base import Base
from .._oracle._kept import Kept
from .._oracle._machine import OBJECTS, TEXTS, Machine, rule
from .._oracle._promise import promises_of
from .._oracle._session import Session
from .._oracle._story import Sent
from .._oracle._together import together
from .._oracle._value import NOTHING
from .._text import decode

Record = dict[str, Any]

_OPERATION = "start_proactive_conversation"
promise_of = promises_of("zild")
_ONE_EACH = promise_of("one-conversation-for-each-person")
_WRITTEN = promise_of("value-after-write")
_GOES_ON = promise_of("active-conversation-goes-on")
_MOVES = promise_of("last-update-moves")
_MESSAGE = promise_of("message-is-added")
_STATUS = promise_of("status-counts-the-way")
_ACTIVE = promise_of("stays-active")
_NEW_ID = promise_of("id-is-never-used-again")
_WHOLE = promises_of(EVERY_VENDOR)("refused-request-changes-nothing")
_TENANT = promise_of("token-sees-its-own-tenant")
_ERROR = promise_of("error-says-its-status")
_CHALLENGE = promise_of("challenge-names-its-scheme")

_COPIED = ("channelId", "botId", "userId", "queueId", "counterpartUserId", "conversationIntegrationType", "liveAgent")
_PROMISES = {
    **dict.fromkeys(_COPIED, _WRITTEN),
    **dict.fromkeys(("active", "finishedAt"), _ACTIVE),
    "queuedAt": promise_of("queued-at-is-when-a-queue-was-named"),
    "lastMessageContent": _MESSAGE,
    "createdAt": promise_of("created-at-stays"),
    "from": _ONE_EACH,
    "tenantId": _TENANT,
}

_PEOPLE = ("+491", "+492", " +49 3 ", "")
_NUMBERS = (5, 6, 0, -1, 2147483647)
_ID = st.none() | st.sampled_from([1, 2, 0, 2147483647])

#: The name of a list of people, and one of them.
_Person = tuple[str, Any]


class Zild(Machine):
    """Sequences of requests to Zild."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        #: By channel and by what requests call the person.
        self.known: dict[tuple[int | None, _Person], Record] = {}
        self.ids = set[int]()

    @initialize(wanted=st.integers(0, 7))
    def begin(self, wanted: int) -> None:
        """Two conversations with everything."""
        if wanted and not self.real:
            fields = dict(zip(_COPIED, (1, 2, 3, 4, 5, 6, True), strict=True))
            self._start(
                {**fields, "recipient": ["+491", "+492"], "conversationTemplateId": 7, "contentVariables": {"1": "A"}}
            )
            self._start({"recipient": ["+491"], "channelId": 1, "conversationTemplateId": 8})

    @precondition(lambda self: not self.real)
    @rule(
        recipient=st.none() | st.lists(st.sampled_from(_PEOPLE), max_size=3),
        contacts=st.none() | st.lists(st.sampled_from(_NUMBERS), max_size=2),
        accounts=st.none() | st.lists(st.sampled_from(_NUMBERS), max_size=2),
        fields=st.fixed_dictionaries(
            {},
            optional={
                **dict.fromkeys(("channelId", "botId", "userId", "queueId", "counterpartUserId"), _ID.filter(bool)),
                "conversationIntegrationType": st.integers(0, 18),
                "liveAgent": st.booleans(),
                "conversationTemplateId": st.sampled_from([7, 8]),
                "contentVariables": st.sampled_from((*OBJECTS, *({"1": text} for text in TEXTS))),
            },
        ),
    )
    def start(
        self, recipient: list[str] | None, contacts: list[int] | None, accounts: list[int] | None, fields: Record
    ) -> None:
        """start_proactive_conversation. Never where it could reach anybody."""
        people = {"recipient": recipient, "contactIds": contacts, "accountIds": accounts}
        self._start({**fields, **{name: each for name, each in people.items() if each is not None}})

    @rule(empty=st.sampled_from([{}, {"recipient": None, "contactIds": None, "accountIds": None}, {"recipient": []}]))
    def nobody(self, empty: Record) -> None:
        """Send a request that names nobody."""
        self._start(dict(empty))

    @precondition(lambda self: self.session.target.other and not self.real)
    @rule(person=st.sampled_from(_PEOPLE))
    def intrude(self, person: str) -> None:
        """Another tenant writes to the same person, in a conversation of its own."""
        self._intrude(person, 1)

    def _intrude(self, person: str, channel: int) -> None:
        body = {"recipient": [person], "channelId": channel, "conversationTemplateId": 9}
        answer = self.session.ok(self.session.call(_OPERATION, body=body, credential="other"))
        for known in self.known.values():
            self.session.relation(answer, (0, "id"), "!=", known["id"], _TENANT)
            self.session.relation(answer, (0, "conversationId"), "!=", known["conversationId"], _TENANT)
            self.session.relation(answer, (0, "tenantId"), "!=", known["tenantId"], _TENANT)
        self._start({"recipient": [person], "channelId": channel})

    # Chapters: what must not be left to chance.

    def fields(self) -> None:
        """Every field alone, then changed, to new people and to known ones."""
        if self.real:
            return
        for number, name in enumerate(_COPIED):
            for value in (True, False) if name == "liveAgent" else (number + 1, number + 2):
                self._start({"recipient": [f"+49{number}"], name: value, "conversationTemplateId": number})
                self._start({"recipient": [f"+49{number}"], **({"channelId": value} if name == "channelId" else {})})
        for number in range(19):
            self._start({"recipient": ["+4977"], "conversationIntegrationType": number})

    def people(self) -> None:
        """Everybody in order, and once."""
        if self.real:
            return
        everybody = {"recipient": ["+2", "+1", "+2"], "contactIds": [6, 5, 6], "accountIds": [5, 5, 7]}
        for template in (7, 0, 8):
            self._start({**everybody, "conversationTemplateId": template, "contentVariables": {"1": "A", "b": [None]}})
        for name, each in everybody.items():
            self._start({name: each, "channelId": 3})
        for text in TEXTS:
            self._start({"recipient": [text], "conversationTemplateId": 1, "contentVariables": {"1": text}})
        self._start({"recipient": ["+1"] * 1000})
        self._start({"recipient": [f"+48{number}" for number in range(120)]})
        if self.session.target.other:
            self.intrude("+1")

    def times(self) -> None:
        """One conversation for a long time."""
        if self.real:
            return
        for number in range(14):
            template = {"conversationTemplateId": number} if number % 3 else {}
            self._start({"recipient": ["+491"], "channelId": 1, **template})

    def reach(self) -> None:
        """On a server that is no mock, the people who may be reached there, on a channel that no earlier run had."""
        if not self.real or not self.session.recipients:
            return
        channel = uuid.uuid4().int % 2**31
        everybody = list(dict.fromkeys(self.session.recipients))
        for template in (7, 8):
            some = {"conversationTemplateId": template, "contentVariables": {"1": "A"}}
            self._start({"recipient": everybody, "channelId": channel, **some})
        for number, name in enumerate(_COPIED[1:]):
            value = True if name == "liveAgent" else number + 1
            self._start({"recipient": everybody[:1], "channelId": channel, name: value})
        if self.session.target.other:
            self._intrude(everybody[0], channel)

    def at_once(self) -> None:
        """Two starts at the same time, to somebody who has no conversation yet."""
        people = self.session.recipients if self.real else ("+4999",)
        for person in people[:1] * 3:
            channel = uuid.uuid4().int % 2**31 if self.real else 10**6 + len(self.session.exchanges)
            sent = self._sent({"recipient": [person], "channelId": channel})
            first, second = together(self.session, [(_OPERATION, sent)] * 2)
            if first.status // 100 == second.status // 100 == 2:
                self.session.same(second, (0, "id"), first.need(0, "id"), _GOES_ON)
        for number in range(0 if self.real else 3):
            pair = [self._sent({"recipient": [f"+49{number}{who}"], "channelId": 10**6}) for who in "12"]
            first, second = together(self.session, [(_OPERATION, each) for each in pair])
            if first.status // 100 == second.status // 100 == 2:
                self.session.relation(second, (0, "id"), "!=", first.need(0, "id"), _NEW_ID)

    def _sent(self, body: Record) -> Sent:
        method, template = self.session.contract.operations[_OPERATION]
        return Sent(method.upper(), template, {}, {}, json.dumps(body).encode(), "application/json", "own")

    def refusals(self) -> None:
        """Name somebody wrong behind somebody right, who is not written to."""
        if self.real:
            return
        people = {"recipient": ["+4988"], "channelId": 4}
        some_wrong: tuple[Any, ...] = (7, None, ["+4989"], {})
        for wrong in some_wrong:
            self._start(people)
            body = {**people, "recipient": ["+4988", wrong], "conversationTemplateId": 9}
            answer = self.session.call(_OPERATION, body=body, modelled=False)
            self.session.refused(answer, (400,), _WHOLE)
            self._start(people)

    chapters = (fields, people, times, reach, at_once, refusals)

    def _start(self, body: Record) -> None:
        answer = self.session.ok(self.session.call(_OPERATION, body=body))
        people: list[_Person] = [
            (kind, each)
            for kind in ("recipient", "contactIds", "accountIds")
            for each in dict.fromkeys(body.get(kind) or ())
        ]
        listed = answer.value
        if not isinstance(listed, list) or len(listed) != len(people):
            self.session.wrong(answer, (), f"it is no list of {len(people)} conversations", _ONE_EACH)
            return
        for index, person in enumerate(people):
            self._shows(answer, (index,), person, body)

    def _shows(self, answer: Answer, at: Pointer, person: _Person, body: Record) -> None:
        place = (body.get("channelId"), person)
        known = self.known.get(place)
        now = answer.need(*at, "lastConversationUpdateTime")
        if known is None:
            known = self.known[place] = self._appears(answer, at, person)
        else:
            self.session.same(answer, (*at, "id"), known["id"], _GOES_ON)
            self.session.relation(
                answer, (*at, "lastConversationUpdateTime"), ">", known["lastConversationUpdateTime"], _MOVES
            )
        known |= {field: body[field] for field in _COPIED if field in body}
        known["lastConversationUpdateTime"] = now
        if "queueId" in body:
            known["queuedAt"] = now
        messages: list[Record] = known["messages"]
        if "conversationTemplateId" in body:
            last = len(messages)
            content = answer.need(*at, "messages", last, "content")
            messages.append(
                {
                    "from": answer.need(*at, "messages", last, "from"),
                    "to": known["from"],
                    "content": content,
                    "contentVariables": answer.at(*at, "messages", last, "contentVariables"),
                    "conversationId": known["id"],
                    "tenantId": known["tenantId"],
                    "createdAt": now,
                    "id": answer.need(*at, "messages", last, "id"),
                    "messageSid": answer.need(*at, "messages", last, "messageSid"),
                    "messageType": 0,
                }
            )
            self._variables(answer, (*at, "messages", last, "contentVariables"), body.get("contentVariables", {}))
            self._is_new(answer, (*at, "messages", last, "id"))
            known["lastMessageContent"] = content
        promises = {name: promise for name, promise in _PROMISES.items() if name in known}
        self.shows(answer, at, {key: value for key, value in known.items() if key != "messages"}, promises, _GOES_ON)
        if len(answer.need(*at, "messages")) != len(messages):
            self.session.same(answer, (*at, "messages"), messages, _MESSAGE)
        for index, message in enumerate(messages):
            self.shows(answer, (*at, "messages", index), message, {"messageType": _STATUS}, _MESSAGE)
            self._counts(answer, (*at, "messages", index))

    def _counts(self, answer: Answer, at: Pointer) -> None:
        """Expect the status of a message to say what its other fields say of its way."""
        status = 2 if answer.at(*at, "read") is True else 1 if answer.at(*at, "delivered") is True else 0
        self.session.same(answer, (*at, "messageStatus"), status, _STATUS)
        self.session.same(answer, (*at, "sent"), True, _STATUS)

    def _appears(self, answer: Answer, at: Pointer, person: _Person) -> Record:
        number = answer.need(*at, "id")
        for taken in self.ids:
            self.session.relation(answer, (*at, "id"), "!=", taken, _NEW_ID)
        for other in self.known.values():
            self.session.relation(answer, (*at, "conversationId"), "!=", other["conversationId"], _NEW_ID)
        self.ids.add(number)
        return {
            "id": number,
            "active": True,
            "from": person[1] if person[0] == "recipient" else answer.need(*at, "from"),
            "conversationId": answer.need(*at, "conversationId"),
            "createdAt": answer.need(*at, "lastConversationUpdateTime"),
            "finishedAt": None,
            "queuedAt": None,
            "lastMessageContent": None,
            "tenantId": answer.need(*at, "tenantId"),
            "messages": [],
        }

    def _variables(self, answer: Answer, at: Pointer, variables: Record) -> None:
        """JSON text of what was sent."""
        text = answer.at(*at)
        try:
            there = decode(text)
        except (TypeError, ValueError):
            there = NOTHING
        if there != variables:
            self.session.same(answer, at, json.dumps(variables, separators=(",", ":"), ensure_ascii=False), _MESSAGE)

    def _is_new(self, answer: Answer, at: Pointer) -> None:
        number = answer.at(*at)
        taken = [message["id"] for known in self.known.values() for message in known["messages"]]
        if taken.count(number) > 1:
            self.session.relation(answer, at, "!=", number, _NEW_ID)


def _bodies(_: Mapping[str, str]) -> dict[str, list[Any]]:
    return {_OPERATION: [{"channelId": 1, "recipient": ["+491"], "conversationTemplateId": 7, "contactIds": [5]}]}


def _error(session: Session, answer: Answer) -> None:
    session.failed(answer, _ERROR)
    if answer.status == 401:
        session.header(answer, "www-authenticate", frozenset({"Bearer"}), _CHALLENGE)
    else:
        session.same(answer, ("status",), answer.status, _ERROR)


BASE = Base(
    (),
    _bodies,
    {},
    (401, promise_of("wrong-token-is-a-401")),
    _error,
    personal={_OPERATION},
    kept=(
        Kept(
            operation=_OPERATION,
            read=_OPERATION,
            promise=_WRITTEN,
            shown=(0,),
            moved={"contentVariables": ("messages", -1, "contentVariables")},
            spelled={"contentVariables"},
        ),
    ),
)
