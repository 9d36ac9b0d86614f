"""Lists of conversations, page by page."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition

from ..._oracle._answer import Answer
from ..._oracle._machine import rule
from ..._oracle._promise import Promise
from ..._oracle._value import NOTHING
from . import _model as promised
from ._fields import SOME
from ._model import Model, error, promise_of

_LISTED = promise_of("list-has-every-conversation-once")
_LIMIT = promise_of("page-has-no-more-than-asked")
_DEFAULT = promise_of("page-has-20")
_SIZE = promise_of("limit-is-the-size-of-a-page")
_LATEST = promise_of("latest-ts-comes-first")
_ORDER = promise_of("greater-id-comes-first")
_MORE = promise_of("has-more-tells-of-another-page")
_CURSOR = promise_of("cursor-leads-on")
_NUMBERED = promise_of("older-server-pages-by-number")
_ASIDE = promise_of("older-server-leaves-a-cursor-aside")
_NO_CURSOR = promise_of("page-beyond-the-first-needs-a-cursor")
_NOT_A_CURSOR = promise_of("no-cursor-is-a-400")
_SURVIVES = promise_of("cursor-outlives-its-conversation")
_LEFT = promise_of("no-more-is-left-than-allowed")

#: So many pages of a server that holds more than the suite has made.
_PAGES = 10


class Lists(Model):
    """Sequences of requests to all conversations of an agent."""

    @initialize(cursors=st.booleans())
    def choose_paging(self, cursors: bool) -> None:
        """Have the mock page by cursor, or by number as older servers do."""
        if self.set_option("paging", "cursor" if cursors else "page"):
            self.cursors = cursors

    @rule(limit=st.integers(0, 4))
    def list_all(self, limit: int) -> None:
        """list_conversations page by page, and one page more; 0 asks for no limit."""
        asked = {"limit": str(limit)} if limit else {}
        limit = limit or 20
        order = self.ordered(self.known)
        seen: list[str] = []
        query: dict[str, str] | None = asked
        number = 0
        while query is not None and number < (_PAGES if self.real else len(order) // limit + 2):
            number += 1
            answer = self._page(query)
            listed = [str(each.get("ID")) for each in answer.need("data")]
            if not self.real:
                self._expect(answer, order[(number - 1) * limit : number * limit], limit)
            self.session.same(answer, ("data", limit), NOTHING, _LIMIT if asked else _DEFAULT)
            self.session.same(answer, ("limit",), limit, _SIZE)
            times = [each.get("ts", 0) for each in answer.need("data")]
            for index in range(1, len(times)):
                self.session.relation(answer, ("data", index - 1, "ts"), ">=", times[index], _LATEST)
            for each in ("Minute", "Hour"):
                left = answer.at("rateLimit", f"remaining{each}")
                self.session.relation(answer, ("rateLimit", f"requestsPer{each}"), ">=", left, _LEFT)
            new = [each for each in listed if each not in seen]
            self.session.records(answer, ("data",), new, ("ID",), promise=_LISTED, order=_LISTED)
            for index, each in enumerate(listed):
                if each in self.known:
                    self.shows(answer, ("data", index), self.known[each], {}, promised.SAME)
            following = self.following(answer, more=number * limit < len(order), number=number)
            if following is None or (self.real and set(listed) <= set(seen)):
                missing = [each for each in self.known if each not in {*seen, *listed}]
                self.session.records(answer, ("data",), [*new, *missing], ("ID",), promise=_LISTED, order=_LISTED)
                return
            seen += listed
            query = {**asked, **following}

    def sizes(self) -> None:
        """list_conversations in pages of every size."""
        order = self.ordered(self.known)
        for limit in (7, 25, 50) if self.real else range(5, 101):
            answer = self._page({"limit": str(limit)})
            self.session.same(answer, ("limit",), limit, _SIZE)
            self.session.same(answer, ("data", limit), NOTHING, _LIMIT)
            if not self.real:
                self._expect(answer, order[:limit], limit)

    def _page(self, query: dict[str, str]) -> Answer:
        answer = self.session.ok(self.session.call("list_conversations", {"agentId": self.agent}, query))
        self.says(answer)
        return answer

    def _expect(self, answer: Answer, expected: list[str], limit: int, promise: Promise = _LISTED) -> None:
        """Expect these on a page of the list, in this order."""
        if len(answer.need("data")) > limit:
            self.session.same(answer, ("data", limit), NOTHING, _LIMIT)
        self.session.records(answer, ("data",), expected, ("ID",), promise=promise, order=_ORDER)

    def following(self, answer: Answer, *, more: bool, number: int) -> dict[str, str] | None:
        """Return the parameters of the next page, or None on the last page of a server that says so."""
        # A server that has more and names no cursor pages by number.
        cursors = self.cursors
        if cursors is None:
            cursors = answer.at("hasMore") is not NOTHING and not (
                answer.at("hasMore") is True and answer.at("nextCursor") is None
            )
        if not self.real:
            self.session.same(answer, ("hasMore",), more, _MORE)
        if not cursors:
            self.session.same(answer, ("nextCursor",), None, _ASIDE)
            return {"page": str(number + 1)}
        if answer.at("hasMore"):
            if not isinstance(answer.at("nextCursor"), str):
                self.session.wrong(answer, ("nextCursor",), "there is another page, and nothing leads to it", _CURSOR)
            following = {"cursor": answer.need("nextCursor")}
            numbered = number % 2 and answer.exchange.operation == "list_conversations"
            return {**following, "page": str(number + 1)} if numbered else following
        self.session.same(answer, ("nextCursor",), None, _CURSOR)
        return None

    @precondition(lambda self: self.cursors and len(self.known) > 2)
    @rule(limit=st.integers(1, 2))
    def delete_while_listing(self, limit: int) -> None:
        """Delete the conversation that a page ends with before the next page is asked for."""
        order = self.ordered(self.known)
        page = self._page({"limit": str(limit)})
        self.session.ok(self.session.call("delete_conversation", self.path(order[limit - 1])))
        self.forget(order[limit - 1])
        answer = self._page({"cursor": page.need("nextCursor")})
        self._expect(answer, order[limit : limit + 20], 20, _SURVIVES)

    @precondition(lambda self: self.cursors is not None)
    @rule(number=SOME)
    def lose_the_way(self, number: int) -> None:
        """Ask with what is not a cursor, and for a page beyond the first without a cursor."""
        cursor = ("no cursor", "", "AAAA", "e30=", "WzFd", "é")[number % 6]
        for operation in ("list_conversations", "export_conversations"):
            answer = self.session.call(operation, {"agentId": self.agent}, {"cursor": cursor})
            if self.cursors:
                self.session.refused(answer, (400,), _NOT_A_CURSOR)
                error(self.session, answer)
            else:
                self.session.ok(answer, _ASIDE)
        if self.cursors:
            answer = self.session.call("list_conversations", {"agentId": self.agent}, {"page": "2"})
            self.session.refused(answer, (400,), _NO_CURSOR)
            error(self.session, answer)
        else:
            answer = self._page({"page": "2", "limit": "1", "cursor": cursor})
            self._expect(answer, self.ordered(self.known)[1:2], 1, _NUMBERED)
        self._expect(self._page({"page": "1"}), self.ordered(self.known)[:20], 20)

    def ordered(self, ids: Any, *, ascending: bool = False) -> list[str]:
        """Return the ids in the order in which lists show them."""
        return sorted(ids, key=lambda each: (self.known[each]["ts"], each), reverse=not ascending)
