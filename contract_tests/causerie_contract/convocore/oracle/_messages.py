"""The messages of a conversation: replaced as a whole, sent to its person, and said in turns with the agent."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from ..._oracle._answer import Answer
from ..._oracle._machine import OBJECTS, rule
from ..._oracle._promise import Promise
from ..._oracle._value import NOTHING
from . import _model as promised
from ._fields import DELIVERABLE, SOME
from ._model import Model, Record, error, promise_of
from ._turns import TURNS, follow, said, turns

_REPLACED = promise_of("replaced-messages-are-answered")
_FOLLOWS = promise_of("conversation-follows-its-turns")
_LEFT = promise_of("untold-fields-stay")
_STAYS = promise_of("conversation-need-not-follow")
_CHANNEL = promise_of("channel-decides-delivery")
_BOT = promise_of("sent-is-the-bots")
_AS_SENT = promise_of("sent-goes-out-as-it-is")
_DRY = promise_of("dry-run-does-nothing")
_SKIPPED = promise_of("nothing-is-sent-while-a-person-chats")
_REASON = promise_of("undelivered-has-a-reason")
_KEPT = promise_of("sent-is-kept")
_LABEL = promise_of("label-is-kept")
_EMPTY = promise_of("something-is-sent")
_COUNTED = promise_of("sent-messages-are-counted")
_TURN = promise_of("turn-adds-two-messages")
_ANSWERED = promise_of("turn-has-an-answer")
_BEGUN = promise_of("new-id-begins-a-conversation")
_RECORD = promise_of("new-conversation-has-what-is-told")
_UNSTORED = promise_of("turn-without-history-stores-nothing")
_FAILED = promise_of("failed-turn-has-an-error")
_NO_TIME = promise_of("turn-without-time-fails")

_TYPES = (
    *("text", "choice", "cardV2", "carousel", "visual", "file", "VoiceNote", "Attachment", "Embed", "location", "jsx"),
    *("no-reply", "debug", "stealth"),
)
#: What is sent beside a plain message.
_VALUES: tuple[Any, ...] = (None, True, 7, 0.5, "text", [])
_OUTGOING: tuple[list[Record], ...] = (
    [{"item": {"payload": {"message": "Hello"}}}],
    [{"type": each, "from": ("system", "bot", "human")[number % 3]} for number, each in enumerate(_TYPES)],
    [
        {
            "mid": "m",
            "ts": 2**31,
            "sourceLabel": "mine",
            "type": "text",
            "mood": "kept",
            "item": {"type": "text", "time": 0.5, "payload": {"message": "Bye"}},
            "replyTo": TURNS[3]["messages"][0]["replyTo"],
        },
        *({"item": {"payload": each}} for each in _VALUES),
        {"item": {}},
    ],
)
#: What the document names of a message that was sent.
_NAMED = {"type", "item"}
_USER = {"userName": "Ada", "userEmail": "ada@example.com", "origin": "sms", "userPhone": 7}


class Messages(Model):
    """Sequences of requests to messages."""

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, count=st.integers(0, 3), more=st.integers(0, 2), metadata=st.none() | st.booleans())
    def replace(self, conversation: int, count: int, more: int, metadata: bool | None, first: int = 0) -> None:
        """replace_messages, and the same once more."""
        known = self.pick(conversation)
        found = copy.deepcopy(turns(count, first + more))
        body: Record = {"turns": found}
        if more:
            body["lgMessages"] = [OBJECTS[2], {"type": "human"}, 1, "x", None][: more * 3 - 3]
        if metadata is not None:
            body["updateConversationMetadata"] = metadata
        following = follow(found)
        for _ in range(2):
            answer = self.session.ok(self.session.call("replace_messages", self.path(known["ID"]), body=body))
            self.says(answer)
            data = {"agentId": self.agent, "convoId": known["ID"], "turns": found, **following}
            for name in (*data, "lastMessage", "firstMessageTS", "lastMessageTS"):
                self.session.same(answer, ("data", name), data.get(name, NOTHING), _REPLACED)
            self.session.relation(answer, ("data", "updatedAt"), ">=", known["lastModified"], promised.MOVES)
            self.turns[known["ID"]] = found
            fields = {} if metadata is False else following
            self._changed(known, fields, _FOLLOWS, _STAYS if metadata is False else _LEFT, always=metadata is not False)

    def _changed(self, known: Record, fields: Record, written: Promise, other: Promise, *, always: bool) -> Answer:
        """Expect these fields in the record, and else what it had; with `always`, lastModified moves in any case."""
        seen = self.session.ok(self.session.call("get_conversation", self.path(known["ID"])))
        self.moved(seen, known, fields, always=always)
        known |= {**fields, "lastModified": seen.need("data", "lastModified")}
        for name, expected in fields.items():
            self.session.same(seen, ("data", name), expected, written)
        self.shows_all(seen, known, other, known)
        return seen

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, which=st.integers(0, 3), dry=st.none() | st.booleans(), skip=st.none() | st.booleans())
    def send(self, conversation: int, which: int, dry: bool | None, skip: bool | None) -> None:
        """send_messages; a server that is no mock is asked for a dry run alone."""
        known = self.pick(conversation)
        dry = True if self.real else dry
        options = {"dryRun": dry, "skipIfHumanHandoff": skip, "whatsappPhoneNumberId": "1" if which == 1 else None}
        options = {name: value for name, value in options.items() if value is not None}
        body: Record = {"message": "Hello"} if which % 2 else {}
        body |= {"messages": copy.deepcopy(_OUTGOING[which - 1])} if which else {"message": "Hello"}
        body |= {"sourceLabel": "campaign"} if which == 2 else {}
        body |= {"options": options} if options or which == 3 else {}
        answer = self.session.ok(self.session.call("send_messages", self.path(known["ID"]), body=body))
        self.says(answer)
        origin = known.get("origin") if isinstance(known.get("origin"), str) else "web-chat"
        skipped = bool(skip) and known.get("state") == "human-chatting"
        done = not dry and not skipped
        can = origin in DELIVERABLE
        data = {"agentId": self.agent, "convoId": known["ID"], "origin": origin, "channelDeliverable": can}
        for name, value in data.items():
            self.session.same(answer, ("data", name), value, _CHANNEL)
        promise = _SKIPPED if skipped else _DRY if dry else _KEPT
        self.session.same(answer, ("data", "delivered"), done and can, promise)
        self.session.same(answer, ("data", "persisted"), done, promise)
        for name, value in (("dryRun", dry), ("skipped", skipped)):
            if value or answer.at("data", name) is not NOTHING:
                self.session.same(answer, ("data", name), value, _DRY if name == "dryRun" else _SKIPPED)
        if skipped or not can:
            self.session.relation(answer, ("data", "reason"), "!=", "", _REASON)
            self._there(answer, ("data", "reason"), _REASON)
        outgoing = [said(body["message"])] if "message" in body else []
        outgoing += [{"type": "text", **message} for message in body.get("messages", [])]
        for index, message in enumerate(outgoing):
            place = ("data", "messages", index)
            self.session.same(answer, (*place, "from"), "bot", _BOT)
            for name in message.keys() - {"from", "sourceLabel"}:
                (self.session.same if name in _NAMED else self.beside)(answer, (*place, name), message[name], _AS_SENT)
            label = message.get("sourceLabel", body.get("sourceLabel", "api"))
            self.beside(answer, (*place, "sourceLabel"), label, _LABEL)
        self.session.same(answer, ("data", "messages", len(outgoing)), NOTHING, _AS_SENT)
        if done:
            now = answer.need("data", "messages", 0, "ts")
            added = [{"from": "bot", "ts": now, "messages": answer.need("data", "messages")}]
            self._added(known, added, 0)
        else:
            self.read_one(known)

    def _there(self, answer: Answer, at: tuple[str, ...], promise: Promise) -> None:
        if not isinstance(answer.at(*at), str):
            self.session.wrong(answer, at, "it is not there", promise)

    def _added(self, known: Record, added: list[Record], interactions: int) -> None:
        """Expect these turns at the end of the conversation, and a record that says so."""
        self.turns[known["ID"]] = [*self.turns.get(known["ID"], []), *added]
        fields = follow(added)
        fields["messagesNum"] += known.get("messagesNum", 0)
        fields["firstMessageTS"] = known.get("firstMessageTS", fields["firstMessageTS"])
        if "lastMessage" not in known:
            fields.pop("lastMessage", None)
        if interactions:
            fields["interactionsNum"] = known.get("interactionsNum", 0) + interactions
        self._changed(known, fields, _TURN if interactions else _COUNTED, promised.SAME, always=True)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME)
    def send_nothing(self, conversation: int) -> None:
        """send_messages without any."""
        known = self.pick(conversation)
        answer = self.session.call("send_messages", self.path(known["ID"]), body={"sourceLabel": "api"})
        self.session.refused(answer, (400,), _EMPTY)
        error(self.session, answer)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, new=st.booleans(), verbose=st.none() | st.booleans(), history=st.booleans(), kind=SOME)
    def interact(self, conversation: int, new: bool, verbose: bool | None, history: bool, kind: int) -> None:
        """Take a turn, in a conversation or to begin one; a server that is no mock is asked to store nothing."""
        known = self.pick(conversation)
        convo_id = f"turn-{known['ID']}" if new else known["ID"]
        is_known = convo_id in self.known
        body = self._turn(convo_id, kind)
        body |= {} if verbose is None else {"responseMode": "verbose" if verbose else "lean"}
        body |= {"lightConvoData": (_USER, "Ada", None)[kind % 3]} if kind < 6 else {}
        if self.real or not history:
            body["disableRecordHistory"] = True
        credential: Any = "none" if kind % 2 else "own"
        answer = self.session.ok(self.session.call("interact", body=body, credential=credential))
        self.session.same(answer, ("success",), True, _ANSWERED)
        self._there(answer, ("lastBotMessage" if verbose else "assistantText",), _ANSWERED)
        for name in ("assistantText", "uiEngineSummary", "kbDocsRetrieved", "imagesShown") if verbose else ("turns",):
            self.session.same(answer, (name,), NOTHING, _ANSWERED)
        if "disableRecordHistory" in body:
            if is_known:
                self.read_one(self.known[convo_id])
            else:
                seen = self.session.call("get_conversation", self.path(convo_id))
                self.session.refused(seen, (404,), _UNSTORED)
            return
        self._stored(convo_id, body, answer.need("lastBotMessage" if verbose else "assistantText"))

    def _turn(self, convo_id: str, kind: int) -> Record:
        body: Record = {"agentId": self.agent, "convoId": convo_id, "bucket": "(default)", "prompt": f"Hello {kind}"}
        if kind == 1:
            body |= {"messageType": "visual", "visualPayload": {"image": "u", "message": "m", "imageCount": 2**31}}
            body |= {"bucket": "voiceglow-eu", "timeout": 2**31, "isTest": True, "kbPreview": True, "v2": True}
        if kind == 2:
            body |= {"messageType": "text", "visualPayload": {"images": ["u"]}, "sessionId": "s", "agentData": {}}
            body |= {"turnsHistory": [1, "x", None, {}, [], True, 0.5], "lgMessages": [1, "x", None, {}, [], True, 0.5]}
        if kind == 3:
            some = [1, "x", None, {}, [], True, 0.5]
            overrides = {"toolsOverrides": some, "variablesOverrides": some, "messagesHistory": some}
            body |= {"initNodesOptions": overrides, "disableUiEngine": True}
        if kind >= 4:
            values = ({"a": 1}, "x", 7, None)
            body |= {"workspaceData": values[kind - 4], "initNodesOptions": {}, "agentData": {"a": 1}}
        return body

    def _stored(self, convo_id: str, body: Record, text: str) -> None:
        """Expect the two turns in the conversation, whether it was there before or not."""
        seen = self.session.ok(self.session.call("get_conversation", self.path(convo_id)), _BEGUN)
        now = seen.need("data", "lastMessageTS")
        is_visual = body.get("messageType") == "visual" and "visualPayload" in body
        asked: Record = said(body["prompt"], ts=now)
        if is_visual:
            asked = {"type": "visual", "item": {"type": "visual", "payload": body["visualPayload"]}, "ts": now}
        session = body.get("sessionId", convo_id)
        added: list[Record] = [
            {"from": "human", "session_id": session, "ts": now, "messages": [{"from": "human", **asked}]},
            {
                "from": "bot",
                "session_id": session,
                "ts": now,
                "isAIGenerated": True,
                "messages": [{"from": "bot", **said(text, ts=now)}],
            },
        ]
        if convo_id not in self.known:
            told = body.get("lightConvoData")
            user = (
                {name: each for name, each in told.items() if isinstance(each, str)} if isinstance(told, dict) else {}
            )
            made = {"ID": convo_id, "userID": convo_id, "origin": "web-chat", "state": "ai-chatting", **user}
            made |= {"isTest": body["isTest"]} if "isTest" in body else {}
            for name, value in made.items():
                self.session.same(seen, ("data", name), value, _BEGUN if name == "ID" else _RECORD)
            self.known[convo_id] = {**made, "ts": now, "lastModified": 0}
            self.turns.pop(convo_id, None)
        self._added(self.known[convo_id], added, 1)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, verbose=st.booleans())
    def fail_a_turn(self, conversation: int, verbose: bool) -> None:
        """Take a turn that has no time, and one with an agent that does not exist."""
        known = self.pick(conversation)
        body = {**self._turn(known["ID"], 0), "timeout": 0, "responseMode": "verbose" if verbose else "lean"}
        if not self.real:
            answer = self.session.ok(self.session.call("interact", body=body))
            self.session.same(answer, ("success",), False, _NO_TIME)
            self._there(answer, ("error",), _FAILED)
        missed = self.session.call("interact", body={**self._turn(known["ID"], 0), "agentId": "no-such-agent"})
        self.session.refused(missed, (404,), promised.NO_AGENT)
        self.read_one(known)
