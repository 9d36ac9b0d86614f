"""Conversations: made, started, changed and deleted."""

from __future__ import annotations

import copy

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from ..._oracle._machine import OBJECTS, TEXTS, rule
from ..._oracle._value import NOTHING
from ._lists import Lists
from ._model import Record, at_number
from ._promises import (
    FILTER,
    GONE,
    KEPT,
    MESSAGES,
    NEW_ID,
    OWN,
    UNKNOWN,
    UNKNOWN_MESSAGE,
    UNWRITTEN,
    WRITTEN,
    promise_of,
)
from ._values import DETAILS, EXAMPLE_ID, PEOPLE, SOME

_AGAIN = promise_of("same-update-changes-nothing-more")
_STATES_STAY = promise_of("states-stay")
_FIRST_STATE = promise_of("first-state-is-the-examples")

#: What a state has.
_STATE = ("id", "name", "description", "color", "isPersistent", "createdAt", "updatedAt")

_STARTS = {
    "email": ("emailSubject", "emailIntroduction", "email"),
    "sms": (None, "smsIntroduction", "phoneNumber"),
    "voice": (None, "firstMessage", "phoneNumber"),
}


class Conversations(Lists):
    """Sequences of requests to conversations."""

    @rule(
        user=SOME,
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
        if user_id not in self.users:
            self.users[user_id] = stranger
            self.unwritten(answer, ("user",), stranger, ("metadata",), UNWRITTEN)
        shown: Record = {
            name: body[name] for name in ("conversationUserId", "title", "conversationStateId") if name in body
        }
        if data is not None:
            shown["metadata"] = self._metadata(answer, (), data)
        known = self._appears(answer, (), shown)
        self._shows(answer, (), known, feedbacks=False)
        if len(self.known) % 2:  # a list may know it only once it was read
            self._list({"userId": user_id}, FILTER)
        self._read(known)

    def _state(self, number: int) -> str | None:
        if number == 1:
            self.list_states()
        if number == 0 or not self.states:
            return None
        return str(at_number(self.states, number)["id"]) if number < 3 or self.real else "no-such-state"

    @precondition(lambda self: not self.real)
    @rule(channel=st.sampled_from(sorted(_STARTS)), person=st.integers(0, 2), text=st.sampled_from(TEXTS), more=SOME)
    def start(self, channel: str, person: int, text: str, more: int) -> None:
        """start_conversation. Never where it could reach anybody."""
        self._start(channel, PEOPLE[person], text, more)

    def reach(self) -> None:
        """start_conversation on a server that is no mock, with the people who may be reached there."""
        for number, address in enumerate(self.session.recipients if self.real else ()):
            for channel in ("email",) if "@" in address else ("sms", "voice"):
                who = {**PEOPLE[number % len(PEOPLE)], _STARTS[channel][-1]: address}
                self._start(channel, who, "Hello", 0)
                self._start(channel, {**who, "firstName": "Renamed"}, "Hello again", 0)

    def _start(self, channel: str, who: Record, text: str, more: int) -> None:
        subject, words, address = _STARTS[channel]
        body: Record = {
            "channel": channel,
            "firstName": f"{who['firstName']}{more}",
            "lastName": f"{who['lastName']}{text[:9]}",
        }
        body |= {address: who[address], words: text}
        if subject:
            body[subject] = f"Subject {text}"
        if more & 1:
            body |= {**DETAILS, "customData": OBJECTS[0], "conversationContext": "Context 9"}
        if more & 2:
            body |= {name: who[name] for name in ("email", "phoneNumber")}
        if more & 4:
            body |= {"skipEmailValidation": True, "skipPhoneNumberValidation": False}
            body |= {} if self.real else {"authorId": "author"}
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
            self.session.relation(answer, ("conversationId",), "!=", taken, NEW_ID)
        answer = self.session.ok(self.session.call("get_conversation", {"conversationId": conversation_id}))
        user_id = self.addresses.get(body[address]) or answer.need("user", "id")
        if self.real and user_id not in self.users:  # an earlier run may have made the user
            self.users[user_id] = copy.deepcopy(answer.need("user"))
        user = self.users.setdefault(user_id, {"id": user_id, "isAnonymized": False})
        user |= {
            name: body[name] for name in ("firstName", "lastName", *DETAILS, "email", "phoneNumber") if name in body
        }
        self.addresses |= {user[name]: user_id for name in ("email", "phoneNumber") if name in user}
        shown: Record = {"conversationUserId": user_id}
        shown |= {"title": body[subject]} if subject else {}
        shown |= {"metadata": self._metadata(answer, (), body["customData"])} if "customData" in body else {}
        shown |= {"conversationStateId": state} if state is not None else {}
        if channel == "voice":
            shown["aiCallId"] = answer.need("aiCallId")
        known = self._appears(answer, (), shown, channel)
        self.session.same(answer, ("id",), conversation_id, KEPT)
        self._shows(answer, (), known, feedbacks=True)
        answer = self.session.ok(self.session.call("list_messages", {"conversationId": known.id}))
        self._said(answer, ("messages", 0), known, "assistant", text=text, files=[])
        self.session.same(answer, ("messages", 1), NOTHING, MESSAGES)

    @precondition(lambda self: self.known)
    @rule(
        conversation=SOME,
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
        if "conversationStateId" in fields and self.real:  # which may know only the states that it has
            state = self._state(1)
            fields = {**fields, "conversationStateId": state}
            if state is None:
                del fields["conversationStateId"]
        for promise in (WRITTEN, _AGAIN):
            answer = self.session.ok(
                self.session.call("update_conversation", {"conversationId": known.id}, body=fields)
            )
            known.shown |= {name: fields[name] for name in ("title", "conversationStateId") if name in fields}
            self._changed(answer, (), known)
            self._shows(answer, (), known, feedbacks=False)
            self._read(known)
            if promise is WRITTEN and conversation % 2:
                break

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, mode=st.sampled_from(["manual", "ai", None]))
    def set_mode(self, conversation: int, mode: str | None) -> None:
        """set_conversation_mode."""
        known = self._pick(conversation)
        body = {} if mode is None else {"mode": mode}
        answer = self.session.ok(self.session.call("set_conversation_mode", {"conversationId": known.id}, body=body))
        known.shown |= body
        self._changed(answer, (), known)
        self._shows(answer, (), known, feedbacks=False)
        self._read(known)

    @rule()
    def list_states(self) -> None:
        """list_conversation_states: always the same."""
        answer = self.session.ok(self.session.call("list_conversation_states"))
        if self.states is not None:
            self.session.same(answer, (), self.states, _STATES_STAY)
        elif not self.real:
            self.session.same(answer, (0, "id"), EXAMPLE_ID, _FIRST_STATE)
            for name in _STATE:
                self.session.describes(answer, (0, name))
        self.states = answer.value

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, again=st.booleans())
    def delete(self, conversation: int, again: bool) -> None:
        """delete_conversations of a user: all that the user has, and nobody else's."""
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
            self._absent(known.id, GONE)
            for each in [each for message in known.messages for each in message.get("files", ())][:1]:
                path = {"conversationId": known.id, "fileId": each["id"]}
                self.session.refused(self.session.call("get_download_url", path), (404,), GONE)
        self._list({"userId": user}, GONE)
        self.list_all()
        for known in list(self.known.values())[:4]:
            self._read(known)

    @rule(number=SOME)
    def miss(self, number: int) -> None:
        """Ids that nobody has, and messages of another conversation."""
        self._absent(at_number(self.gone, number) if self.gone else self.own_id("no conversation"), UNKNOWN)
        if self.known:
            known = self._pick(number)
            strangers = [each["id"] for other in self.known.values() if other is not known for each in other.messages]
            for message in (self.own_id("no message"), *strangers[:2]):
                if message not in {each["id"] for each in known.messages}:
                    path = {"conversationId": known.id, "messageId": message}
                    self.session.refused(self.session.call("get_message_response", path), (404,), UNKNOWN_MESSAGE)

    @precondition(lambda self: self.known and self.session.target.other)
    @rule(conversation=SOME)
    def intrude(self, conversation: int) -> None:
        """Another agent's key sees nothing of all this, and changes nothing."""
        known = self._pick(conversation)
        user = known.shown["conversationUserId"]
        call = self.session.call
        self._absent(known.id, OWN, other=True)
        self.session.ok(call("delete_conversations", body={"conversationUserId": user}, credential="other"))
        listed = self.session.ok(call("list_conversations", query={"pageSize": "100"}, credential="other"))
        for index, each in enumerate(listed.need("data")):
            if each.get("id") in self.known:
                self.session.relation(listed, ("data", index, "id"), "!=", each["id"], OWN)
        # What the other agent is given, a server that is no mock still has in the next run.
        their_user = self.own_id("their user") if self.real else user
        body = {"conversationUserId": their_user, "title": "theirs"}
        made = self.session.ok(call("create_conversation", body=body, credential="other"))
        if name := self.users.get(their_user, {}).get("firstName"):
            self.session.relation(made, ("user", "firstName"), "!=", name if name != "Unknown" else NOTHING, OWN)
        theirs = made.need("id")
        self.theirs.add(their_user)
        self.session.refused(call("get_conversation", {"conversationId": theirs}), (404,), OWN)
        if not self.real:
            body = {**PEOPLE[0], "channel": "sms", "smsIntroduction": "theirs"}
            started = self.session.ok(call("start_conversation", body=body, credential="other")).need("conversationId")
            self.session.refused(call("get_conversation", {"conversationId": started}), (404,), OWN)
            self.their_contacts.add(PEOPLE[0]["phoneNumber"])
        self._list({"userId": user}, OWN)
        states = self.session.ok(call("list_conversation_states", credential="other")).value
        for each in self.states or []:
            mine = call("list_conversation_states")
            for index, other in enumerate(states if isinstance(states, list) else []):
                if other == each:
                    self.session.relation(mine, (index, "id"), "!=", each["id"], OWN)
        self._read(known)
        self._messages(known, 1)
