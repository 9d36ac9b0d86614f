"""A workspace as a whole: its sessions, and summaries."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from ..._oracle._answer import Answer
from ..._oracle._machine import TEXTS, rule
from ..._oracle._value import NOTHING
from . import _model as promised
from ._fields import SOME
from ._lists import Lists
from ._model import OTHER_WORKSPACE, Record, error, promise_of
from ._turns import sessions, times

_SESSIONS = promise_of("workspace-has-its-agents-sessions")
_FILTERED = promise_of("agent-id-filters-sessions")
_TURNS = promise_of("last-session-is-the-current-one")
_SPLIT = promise_of("session-is-the-turns-with-one-id")
_TIMES = promise_of("session-times-are-seconds")
_PAGED = promise_of("session-pages-count-from-0")
_READ = promise_of("fetched-are-those-of-the-page")
_OWN = promise_of("workspace-belongs-to-its-key")
_UNKNOWN = promise_of("unknown-workspace-is-a-404")
_SUMMARIES = promise_of("each-transcript-has-its-summary")
_WRITTEN = promise_of("written-summary-is-kept")


class Workspaces(Lists):
    """Sequences of requests to a workspace."""

    @precondition(lambda self: self.workspace)
    @rule(limit=st.integers(0, 3), agent=st.booleans(), origin=st.none() | st.sampled_from(["web-chat", "sms", ""]))
    def list_sessions(self, limit: int, agent: bool, origin: str | None) -> None:
        """list_workspace_sessions page by page, and one page more."""
        asked = {"workspaceId": str(self.workspace), "region": "eu"}
        asked |= {"agentId": self.agent} if agent else {}
        asked |= {"origin": origin} if origin is not None else {}
        asked |= {"limit": str(limit)} if limit else {}
        order = [
            each
            for each in self.ordered(self.known)
            if self.turns.get(each) and (origin is None or self.known[each].get("origin") == origin)
        ]
        size = limit or 50
        for number in range(1 if self.real else len(order) // size + 2):
            query = {**asked, "page": str(number)} if number or limit else asked
            answer = self.session.ok(self.session.call("list_workspace_sessions", query=query))
            if self.real:
                return
            page = order[number * size : (number + 1) * size]
            self.session.records(answer, ("sessions",), page, ("convoId",), promise=_SESSIONS, order=_SESSIONS)
            for index, each in enumerate(page):
                self._is_session(answer, index, each)
            told = {"page": number, "limit": size, "hasMore": (number + 1) * size < len(order)}
            for name, value in told.items():
                self.session.same(answer, ("pagination", name), value, _PAGED)
            self.session.same(answer, ("pagination", "totalFetched"), len(page), _READ)
            seen = [ts for each in page for ts in self._begun(each)] or [0]
            self.session.same(answer, ("timestampRange",), {"oldest": min(seen), "newest": max(seen)}, _TIMES)

    def _is_session(self, answer: Answer, index: int, conversation_id: str) -> None:
        known, place = self.known[conversation_id], ("sessions", index)
        self.session.same(answer, (*place, "agentId"), self.agent, _SESSIONS)
        for name in ("userName", "userEmail", "userPhone", "origin", "state"):
            value = known.get(name, NOTHING)
            self.session.same(answer, (*place, name), value if isinstance(value, str) else NOTHING, _SESSIONS)
        *before, current = sessions(self.turns[conversation_id])
        self.session.same(answer, (*place, "sessionData", "turns"), current, _TURNS)
        self.session.same(answer, (*place, "sessionData", "sessions"), before, _SPLIT)
        begun = self._begun(conversation_id)
        self.session.same(answer, (*place, "sessionData", "currentSessionTs"), begun[-1], _TIMES)
        self.session.same(answer, (*place, "sessionData", "allSessionTimestamps"), begun, _TIMES)

    def _begun(self, conversation_id: str) -> list[int]:
        found = [times(each) for each in sessions(self.turns[conversation_id])]
        return [each[0] if each else self.known[conversation_id]["ts"] for each in found]

    @precondition(lambda self: not self.real)
    @rule()
    def miss_a_workspace(self) -> None:
        """Ask for another's workspace, for one that nobody has, and for an agent that nobody has in one's own."""
        for workspace, status, promise in ((OTHER_WORKSPACE, 403, _OWN), ("no-such-workspace", 404, _UNKNOWN)):
            query = {"workspaceId": workspace, "region": "na"}
            answer = self.session.call("list_workspace_sessions", query=query)
            self.session.refused(answer, (status,), promise)
            error(self.session, answer)
        query = {"workspaceId": str(self.workspace), "region": "eu", "agentId": "no-such-agent"}
        answer = self.session.ok(self.session.call("list_workspace_sessions", query=query))
        self.session.same(answer, ("sessions",), [], _FILTERED)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, text=st.integers(0, 9), anew=st.none() | st.booleans())
    def summarize(self, conversation: int, text: int, anew: bool | None) -> None:
        """generate_summaries of two transcripts, one of them of an unknown conversation."""
        known = self.pick(conversation)
        first: Record = {"convoId": known["ID"], "transcript": TEXTS[text], "messageCount": 2**31}
        second: Record = {"convoId": "no-such-conversation", "transcript": "Hello", "messageCount": 0}
        first |= {} if anew is None else {"forceRegenerate": anew, "agentLang": "de"}
        items = [{**each, "agentId": self.agent} for each in (first, second)]
        answer = self.session.ok(self.session.call("generate_summaries", body={"items": items}))
        self.session.same(answer, ("success",), True, promised.ENVELOPE)
        for index, item in enumerate(items):
            self.session.same(answer, ("data", index, "convoId"), item["convoId"], _SUMMARIES)
            if not isinstance(answer.at("data", index, "summary"), str):
                self.session.wrong(answer, ("data", index, "summary"), "it is no text", _SUMMARIES)
        self.session.same(answer, ("data", len(items)), NOTHING, _SUMMARIES)
        if "summary" in known and not anew:
            self.session.same(answer, ("data", 0, "summary"), known["summary"], _WRITTEN)
        self.read_one(known)
