"""Conversations in the hands of people."""

from __future__ import annotations

import copy

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from ..._oracle._machine import rule
from ..._oracle._value import NOTHING
from ._fields import SOME
from ._model import Model, Record, error, promise_of

_ASSIGNED = promise_of("assigning-answers-with-the-people")
_KNOWN = promise_of("hint-is-answered")
_NOBODY = promise_of("assigning-names-somebody")
_HOLDS = promise_of("record-says-to-whom")
_DELEGATED = promise_of("delegated-by-is-who-delegated")
_TAKEN = promise_of("accepting-makes-human-chatting")
_ACCEPTED = promise_of("history-says-who-accepted")
_DETAILS = promise_of("details-are-the-conversation-in-short")
_ZERO = promise_of("unknown-number-is-0")
_RECORDED = promise_of("recording-is-that-of-the-call")

#: Whom an assignment names: of the first its one id, of the others a list.
_PEOPLE = (
    "causerie-user-with-a-long-id-0123456789",
    " Ä-Person ",
    "",
    ["causerie-user-2", "causerie-user-1", "causerie-user-2"],
)


class People(Model):
    """Sequences of requests about who has a conversation."""

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, person=st.integers(0, 3), delegated=st.booleans())
    def assign(self, conversation: int, person: int, delegated: bool) -> None:
        """assign_conversation, and the same once more."""
        known = self.pick(conversation)
        named = _PEOPLE[person]
        ids = list(dict.fromkeys([named] if isinstance(named, str) else named))
        by = {"delegatedBy": f"causerie-user-{person}"} if delegated else {}
        body: Record = {("assignToUserId" if isinstance(named, str) else "assignToUserIds"): named, **by}
        hints: dict[str, Record] = {}
        if delegated:
            body |= {"note": "Please", "assigneesHint": [{"id": ids[0], "name": "N", "email": "e"}, {"id": "nobody"}]}
            hints = {ids[0]: {"name": "N", "email": "e"}}
        for _ in range(2):
            answer = self.session.ok(
                self.session.call("assign_conversation", self.path(known["ID"]), body=copy.deepcopy(body))
            )
            self.says(answer)
            for place, user_id in (
                (("assignedUser",), ids[0]),
                *((("assignedUsers", n), i) for n, i in enumerate(ids)),
            ):
                self.session.same(answer, (*place, "id"), user_id, _ASSIGNED)
                for field in ("name", "email"):
                    self.session.same(answer, (*place, field), hints.get(user_id, {}).get(field, NOTHING), _KNOWN)
            self.session.same(answer, ("assignedUsers", len(ids)), NOTHING, _ASSIGNED)
            note = {"note": "Please"} if delegated else {}
            users = [{"userId": each, **hints.get(each, {}), **note} for each in ids]
            fields: Record = {"chatAssignedTo": ids[0], "chatAssignedToIds": ids, "assignedToUsers": users, **by}
            seen = self.session.ok(self.session.call("get_conversation", self.path(known["ID"])))
            if delegated:
                self.session.same(seen, ("data", "delegatedBy"), by["delegatedBy"], _DELEGATED)
                self.session.relation(seen, ("data", "delegatedAt"), ">=", known["lastModified"], _DELEGATED)
                fields["delegatedAt"] = seen.need("data", "delegatedAt")
            self.moved(seen, known, fields)
            known |= {**fields, "lastModified": seen.need("data", "lastModified")}
            self.shows_all(seen, known, _HOLDS, fields)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, empty=st.booleans())
    def assign_nobody(self, conversation: int, empty: bool) -> None:
        """assign_conversation without a person."""
        known = self.pick(conversation)
        body: Record = {"assignToUserIds": []} if empty else {"note": "Please"}
        answer = self.session.call("assign_conversation", self.path(known["ID"]), body=body)
        self.session.refused(answer, (400,), _NOBODY)
        error(self.session, answer)
        self.read_one(known)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, more=st.booleans())
    def accept(self, conversation: int, more: bool) -> None:
        """accept_handoff, and the same once more: of a hand-over that waits, and of none."""
        known = self.pick(conversation)
        body: Record = {"acceptedByUserId": "causerie-user-1"}
        body |= {"organizationId": "o", "teamIds": ["b", "a", "a"], "teamKeys": []} if more else {}
        shown = {name: value for name, value in body.items() if name != "acceptedByUserId"}
        for _ in range(2):
            self.says(self.session.ok(self.session.call("accept_handoff", self.path(known["ID"]), body=body)))
            history = copy.deepcopy(known.get("handoffHistory", []))
            if not history or "acceptedAt" in history[-1]:
                history.append({})
            seen = self.session.ok(self.session.call("get_conversation", self.path(known["ID"])))
            self.session.same(seen, ("data", "state"), "human-chatting", _TAKEN)
            place = ("data", "handoffHistory", len(history) - 1, "acceptedAt")
            self.session.relation(seen, place, ">=", known["lastModified"], _ACCEPTED)
            history[-1] |= {"acceptedBy": body["acceptedByUserId"], "acceptedAt": seen.need(*place), **shown}
            fields = {"state": "human-chatting", "handoffHistory": history}
            self.moved(seen, known, fields)
            known |= {**fields, "lastModified": seen.need("data", "lastModified")}
            self.shows_all(seen, known, _ACCEPTED, {"handoffHistory": history})

    @precondition(lambda self: self.known)
    @rule(conversation=SOME)
    def details(self, conversation: int) -> None:
        """get_conversation_details, of either region."""
        known = self.pick(conversation)
        for region in ("eu", "na"):
            path = self.path(known["ID"])
            answer = self.session.ok(self.session.call("get_conversation_details", path, {"region": region}))
            self.session.same(answer, ("convoId",), known["ID"], _DETAILS)
            self.session.same(answer, ("agentId",), self.agent, _DETAILS)
            for name in ("userName", "userID", "origin", "state", "ts"):
                value = known.get(name, NOTHING)
                is_shown = isinstance(value, int | float if name == "ts" else str)
                self.session.same(answer, ("metadata", name), value if is_shown else NOTHING, _DETAILS)
            for name in ("messagesNum", "interactionsNum"):
                promise = _DETAILS if name in known else _ZERO
                self.session.same(answer, ("metadata", name), known.get(name, 0), promise)
            call = known.get("vapi", {})
            recording = {name: call[name] for name in ("recordingUrl", "syncRecordingUrl") if name in call}
            self.session.same(answer, ("recordings",), {"current": recording or None, "sessions": []}, _RECORDED)
