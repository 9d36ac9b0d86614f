"""Convocore: conversations of an agent, created, read and updated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from hypothesis.errors import UnsatisfiedAssumption
from hypothesis.stateful import initialize, precondition, rule

from palaver_contract._evidence import Evidence
from palaver_contract._oracle._machine import OBJECTS, TEXTS, Machine, inferred
from palaver_contract._oracle._session import NOTHING, Answer, Promise, Session
from palaver_contract._oracle._sweep import Base

Record = dict[str, Any]

_CREATE = Evidence("documented", "convocore-create-conversation")
_UPDATE = Evidence("documented", "convocore-update-conversation")
_GET = Evidence("documented", "convocore-get-conversation")
_CREATED = Evidence("example", "convocore-create-conversation")
_READ = Evidence("example", "convocore-get-conversation")
_TRPC = inferred("tRPC-OpenAPI maps its codes so")

_WRITTEN = Promise("value after write", _CREATE)
_CHANGED = Promise("value after update", _UPDATE)
_KEPT = Promise("what an update leaves out stays", _UPDATE)
_SAME = Promise("reading changes nothing", _GET)
_ONLY = Promise("a conversation has what was sent, and no defaults", inferred("The example repeats what was sent"))
_MOVES = Promise("lastModified moves with a change", _UPDATE)
_STAYS = Promise("lastModified stays without a change", inferred("The reverse of the sentence on the page"))
_ENVELOPE = Promise("envelope", _CREATE)
_SAID = {
    "create_conversation": Promise("message", _CREATED),
    "get_conversation": Promise("message", _READ),
    "update_conversation": Promise("message", inferred("As the other two pages word theirs")),
}
_NEW_ID = Promise("the id is generated", _CREATE)
_PREFIX = Promise("the id begins with the agent's", inferred("As in agent123_convo456"))
_USER = Promise("userID is the ID unless one is sent", inferred("They are equal in the examples"))
_OWN = Promise("you must own the agent", _CREATE)
_UNKNOWN = Promise("an unknown id is a 404", _TRPC)
_DROPPED = Promise("what only answers have cannot be written", inferred("zod strips unknown keys"))
_ERROR = Promise("an error has its code", _TRPC)

_CODES = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD_NOT_SUPPORTED",
    415: "UNSUPPORTED_MEDIA_TYPE",
}

_TEXT = [
    "userName",
    "userEmail",
    "userPhone",
    "userAddress",
    "userCompany",
    "userWebsite",
    "userProfilePic",
    "userImage",
    "notes",
    "note",
    "userID",
    "campaignId",
    "socialHandle",
    "userOs",
    "userBrowser",
    "userPlatform",
    "lang",
    "whatsappPhoneNumberId",
    "whatsappBusinessNumber",
    "whatsappDisplayPhoneNumber",
    "whatsappBusinessAccountId",
    "title",
    "summary",
    "lastMessage",
    "endReason",
    "chatAssignedTo",
    "notifyToUserId",
    "requestedTeamKey",
    "delegatedBy",
    "funnelSummary",
]
_INTEGER = [
    "ts",
    "firstMessageTS",
    "lastMessageTS",
    "lastViewed",
    "messagesNum",
    "interactionsNum",
    "totalUserInteractions",
    "sessionsNum",
    "delegatedAt",
    "funnelLastEvaluated",
]
_NUMBER = ["convoTimeSeconds", "averageLatency", "ratingFrom5", "leadScore"]
_BOOLEAN = ["isFollowingBusiness", "socialVerified", "isTyping", "isBlocked", "isTest", "funnelNotificationSent"]
_LISTS = ["sessions", "metrics", "campaignCalls", "funnelStepsMatched", "funnelScoreHistory"]
_ANY = ["origin", "capturedVariables"]
_STATES = ("requested_chat", "human-chatting", "ai-chatting", "ended_chat", "completed")
_SHAPED: dict[str, tuple[Any, ...]] = {
    "tags": (["new-lead", "new-lead", " B ", "a"], [], ["", "a"]),
    "state": _STATES,
    "handoffHistory": (
        [
            {"requestedAt": 1, "acceptedAt": 2, "completedAt": 3, "acceptedBy": "p", "organizationId": "o"},
            {"requestedTeamKey": "k", "teamIds": ["2", "1", "1"], "teamKeys": ["b", "a"]},
        ],
        [],
    ),
    "nodesInfo": ({"currentNode": "node"}, {}),
    "vapi": (
        {"cost": 0.5, "callDuration": 2.5, "recordingUrl": "r", "callStatus": "s", "callError": "e"},
        {"callerPhoneNumber": "+491", "calleePhoneNumber": "+492"},
    ),
    "voice": ({"latestSessionId": "s", "listenUrl": "u", "listenUrlUNIX": 1}, {"latestSessionId": "t"}),
    "detailedCost": (
        {"totalCreditsConsumed": 1.5, "speechGenCost": 2.5, "transcriberCost": 3.5},
        {"twilioCost": 4.5, "llmCost": 5.5},
    ),
    "funnelExtractedData": OBJECTS,
}
_FIELDS = (*_TEXT, *_INTEGER, *_NUMBER, *_BOOLEAN, *_LISTS, *_ANY, *_SHAPED)
_ANYTHING: tuple[Any, ...] = ("web-chat", "", 0, False, None, [], {"a": [1, None]}, 1.5)

#: Which of its values a field gets.
_SOME_FIELDS = st.dictionaries(st.sampled_from(_FIELDS), st.integers(0, 12), max_size=6)
_SOME = st.integers(0, 7)


def _value(name: str, number: int) -> Any:
    place = _FIELDS.index(name)
    if name in _TEXT:
        return TEXTS[number - 3] if 3 <= number < len(TEXTS) + 3 else f"{name} {number}"
    if name in _INTEGER:
        return (1700000000 + place, 0, 1, 2147483647 + place)[number % 4]
    if name in _NUMBER:
        return (place + 0.5, 0, 7, -0.25)[number % 4]
    if name in _BOOLEAN:
        return (place + number) % 2 == 0
    if name in _LISTS:
        return ([place, "b", "b", {"a": None}], [], [[1]])[number % 3]
    values = _ANYTHING if name in _ANY else _SHAPED[name]
    return values[number % len(values)]


class Convocore(Machine):
    """Sequences of requests to Convocore."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.agent = session.parameters.get("agentId", _AGENT)
        self.known: dict[str, Record] = {}
        if not self.live:
            path = {"agentId": self.agent, "conversationId": "agent123_convo456"}
            self.known[path["conversationId"]] = session.ok(session.call("get_conversation", path)).need("data")

    def _path(self, conversation_id: str) -> dict[str, str]:
        return {"agentId": self.agent, "conversationId": conversation_id}

    def _pick(self, number: int) -> Record:
        if not self.known:  # A server that accepts nothing leaves nothing to choose from.
            raise UnsatisfiedAssumption
        return list(self.known.values())[-1 - number % len(self.known)]

    def _shows(self, answer: Answer, expected: Record, text: str, promise: Promise, written: Record) -> None:
        """The whole conversation; `promise` is about the fields that were `written`."""
        operation = answer.exchange.operation
        self.session.same(answer, ("success",), True, _ENVELOPE)
        self.session.same(answer, ("message",), text, _SAID[operation])
        other = {"create_conversation": _ONLY, "update_conversation": _KEPT}.get(operation, _SAME)
        promises = {**dict.fromkeys(_FIELDS, other), **dict.fromkeys(written, promise)}
        self.shows(answer, ("data",), expected, promises, other)

    def _read(self, known: Record, written: Record | None = None) -> None:
        answer = self.session.ok(self.session.call("get_conversation", self._path(known["ID"])))
        self._shows(answer, known, "Conversation retrieved successfully", _WRITTEN, written or {})

    @initialize(full=_SOME, second=_SOME)
    def begin(self, full: int, second: int) -> None:
        """A conversation with all fields, and another."""
        if full:
            self.create(dict.fromkeys(_FIELDS, full), 1)
            self.update(0, dict.fromkeys(_FIELDS, full + 1), True)
        if second:
            self.create({}, 0)

    @rule(fields=_SOME_FIELDS, server=st.integers(0, 3))
    def create(self, fields: dict[str, int], server: int) -> None:
        """create_conversation, also with what the server alone decides."""
        body: Record = {"ts": 1699999999, **{name: _value(name, number) for name, number in fields.items()}}
        sent = {**body, **({"ID": f"{self.agent}_mine", "lastModified": 12} if server == 1 else {})}
        call = self.session.call("create_conversation", {"agentId": self.agent}, body={"conversation": sent})
        answer = self.session.ok(call)
        new_id = answer.need("data", "ID")
        self.session.relation(answer, ("data", "ID"), "!=", sent.get("ID", NOTHING), _NEW_ID)
        for taken in self.known:
            self.session.relation(answer, ("data", "ID"), "!=", taken, _NEW_ID)
        if str(new_id)[: len(self.agent) + 1] != f"{self.agent}_":
            self.session.same(answer, ("data", "ID"), f"{self.agent}_{new_id}", _PREFIX)
        modified = answer.need("data", "lastModified")
        self.session.relation(answer, ("data", "lastModified"), "!=", sent.get("lastModified", NOTHING), _STAYS)
        if "userID" not in body:
            self.session.same(answer, ("data", "userID"), new_id, _USER)
        known = {"userID": new_id, **body, "ID": new_id, "lastModified": modified}
        for other in self.known.values():
            if not self.live:
                self.session.relation(answer, ("data", "lastModified"), ">=", other["lastModified"], _MOVES)
        self.known[new_id] = known
        self._shows(answer, known, f"Successfully created conversation: {new_id}", _WRITTEN, body)
        self._read(known, body)

    @precondition(lambda self: self.known)
    @rule(conversation=_SOME, fields=_SOME_FIELDS, again=st.booleans())
    def update(self, conversation: int, fields: dict[str, int], again: bool) -> None:
        """update_conversation, and the same once more."""
        known = self._pick(conversation)
        body = {name: _value(name, number) for name, number in fields.items()}
        sent = {**body, **({"ID": "other", "lastModified": 12} if again and conversation % 2 else {})}
        for _ in range(1 + again):
            call = self.session.call("update_conversation", self._path(known["ID"]), body={"conversation": sent})
            answer = self.session.ok(call)
            # Compared as JSON, in which 1 and True differ.
            moved = any(name not in known or repr(known[name]) != repr(value) for name, value in body.items())
            before = known["lastModified"]
            if moved:
                # In seconds: two changes may share one.
                self.session.relation(answer, ("data", "lastModified"), ">=" if self.live else ">", before, _MOVES)
            else:
                self.session.same(answer, ("data", "lastModified"), before, _STAYS)
            known |= {**body, "lastModified": answer.need("data", "lastModified")}
            self._shows(answer, known, "Conversation updated successfully", _CHANGED, body)
            self._read(known, body)

    @precondition(lambda self: self.known)
    @rule()
    def read(self) -> None:
        """get_conversation of all."""
        for known in list(self.known.values()):
            self._read(known)

    @precondition(lambda self: self.known)
    @rule(conversation=_SOME)
    def write_answers_fields(self, conversation: int) -> None:
        """Fields that only answers have."""
        known = self._pick(conversation)
        fields = {"countryCode": "DE", "hotScore": 3, "value": 2.5, "tokenUsage": {"lastTurnTs": 1}}
        for operation, path, more in (
            ("update_conversation", self._path(known["ID"]), {}),
            ("create_conversation", {"agentId": self.agent}, {"ts": 1}),
        ):
            body = {"conversation": {**fields, **more}}
            answer = self.session.ok(self.session.call(operation, path, body=body, modelled=False))
            for name in fields:
                if name not in known:
                    self.session.same(answer, ("data", name), NOTHING, _DROPPED)
        self._read(known)

    @rule(number=_SOME)
    def miss(self, number: int) -> None:
        """Ids that nobody has."""
        body = {"conversation": {"ts": 1}}
        agent = {"agentId": "no-such-agent"}
        known = {"conversationId": self._pick(number)["ID"]} if self.known else {"conversationId": "none"}
        for operation, path, sent in (
            ("get_conversation", self._path(f"{self.agent}_nobody"), NOTHING),
            ("update_conversation", self._path(f"{self.agent}_nobody"), body),
            ("get_conversation", {**agent, **known}, NOTHING),
            ("update_conversation", {**agent, **known}, body),
            ("create_conversation", agent, body),
        ):
            answer = self.session.call(operation, path, body=sent)
            self.session.refused(answer, (404,), _UNKNOWN)
            self._error(answer)

    @precondition(lambda self: self.known and self.session.target.other)
    @rule(conversation=_SOME)
    def intrude(self, conversation: int) -> None:
        """Another account sees nothing of all this and changes nothing; and its conversations are not seen here."""
        known = self._pick(conversation)
        call = self.session.call
        body = {"conversation": {"ts": 1, "userName": "theirs"}}
        for operation, path, sent in (
            ("get_conversation", self._path(known["ID"]), NOTHING),
            ("update_conversation", self._path(known["ID"]), body),
            ("create_conversation", {"agentId": self.agent}, body),
        ):
            answer = call(operation, path, body=sent, credential="other")
            self.session.refused(answer, (403,), _OWN)
            self._error(answer)
        theirs = self.session.ok(call("create_conversation", {"agentId": _OTHER}, body=body, credential="other"))
        their_id = theirs.need("data", "ID")
        path = {"agentId": _OTHER, "conversationId": their_id}
        for operation, sent in (("get_conversation", NOTHING), ("update_conversation", body)):
            self.session.refused(call(operation, path, body=sent), (403,), _OWN)
            self.session.refused(call(operation, self._path(their_id), body=sent), (404,), _OWN)
            mine = {"agentId": _OTHER, "conversationId": known["ID"]}
            self.session.refused(call(operation, mine, body=sent, credential="other"), (404,), _OWN)
        self.session.refused(call("create_conversation", {"agentId": _OTHER}, body=body), (403,), _OWN)
        again = self.session.ok(call("get_conversation", path, credential="other"))
        self.session.same(again, ("data",), theirs.need("data"), _SAME)
        self._read(known)

    # Chapters: what must not be left to chance.

    def texts(self) -> None:
        """Every text, number, list and object in every field."""
        for number in range(13):
            self.create(dict.fromkeys(_FIELDS[:: 1 + number % 2], number), number % 2)
            self.update(0, dict.fromkeys(_FIELDS, number + 1), bool(number % 3))

    def one_by_one(self) -> None:
        """A change of one field touches no other."""
        self.create(dict.fromkeys(_FIELDS, 1), 0)
        for name in _FIELDS:
            self.update(0, {name: 3}, again=name in _SHAPED)
        self.update(0, {}, again=True)
        self.read()

    def bounds(self) -> None:
        """Other people's ids, and what cannot be written."""
        self.create({}, 0)
        self.create({"userName": 0}, 1)
        self.update(1, {"title": 0}, again=True)
        self.write_answers_fields(0)
        self.miss(0)
        if self.session.target.other:
            self.intrude(0)
        self.read()

    chapters = (texts, one_by_one, bounds)

    def _error(self, answer: Answer) -> None:
        _error(self.session, answer)


_AGENT = "agent123"
_OTHER = "agent456"


def _error(session: Session, answer: Answer) -> None:
    session.same(answer, ("code",), _CODES.get(answer.status, "INTERNAL_SERVER_ERROR"), _ERROR)


def _ready(session: Session) -> dict[str, str]:
    agent = {"agentId": session.parameters.get("agentId", _AGENT)}
    created = session.ok(session.call("create_conversation", agent, body={"conversation": {"ts": 1}}))
    return {**agent, "conversationId": created.need("data", "ID")}


def _bodies(_: Mapping[str, str]) -> dict[str, list[Any]]:
    return {
        "create_conversation": [{"conversation": {"ts": 1699999999, "userName": "John Doe", "tags": ["new-lead"]}}],
        "update_conversation": [{"conversation": {"userName": "John Doe", "state": "completed"}}],
    }


BASE = Base(_ready, _bodies, "get_conversation", (401, _TRPC), _error)
