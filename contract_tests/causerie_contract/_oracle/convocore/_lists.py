"""Lists and exports of conversations, page by page."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from causerie_contract._oracle._machine import inferred
from causerie_contract._oracle._session import NOTHING, Answer, Promise
from causerie_contract._oracle.convocore import _model as promised
from causerie_contract._oracle.convocore._fields import SOME
from causerie_contract._oracle.convocore._model import Model, Record, error

_CLIENT = inferred("Convocore's own client reads it so")
_LISTED = Promise("a list has every conversation once", promised.PUBLISHED)
_LIMIT = Promise("a page has no more than was asked for", promised.PUBLISHED)
_DEFAULT = Promise("a page has 20 unless asked otherwise", promised.PUBLISHED)
_ORDER = Promise("order", inferred("No order is documented; the latest ts first, as in an inbox"))
_MORE = Promise("hasMore says whether there is another page", _CLIENT)
_CURSOR = Promise("nextCursor leads to the next page, and is null on the last", _CLIENT)
_NUMBERED = Promise("a page has what follows the page before", promised.PUBLISHED)
_ASIDE = Promise("a server that pages by number leaves a cursor aside", inferred("Its answers have none"))
_NO_CURSOR = Promise("a page beyond the first needs a cursor", _CLIENT)
_NOT_A_CURSOR = Promise("what is no cursor is refused", inferred("It cannot be where a list goes on"))
_SURVIVES = Promise("a cursor outlives its conversation", inferred("A list goes on behind it"))
_EXPORTED = Promise("an export has what the list has, with the messages", inferred("The contract allows any items"))
_FILTER = Promise("an export has the conversations asked for", inferred("Convocore's own client asks so"))
_TABLE = Promise("CSV has the rows of the JSON", inferred("The contract has no CSV; a header row and a row for each"))
_DETAILS = Promise("details are the conversation with its messages", inferred("The contract allows any JSON value"))

#: So many pages of a server that holds more than the suite has made.
_PAGES = 10


class Lists(Model):
    """Sequences of requests to all conversations of an agent."""

    @initialize(cursors=st.booleans())
    def choose_paging(self, cursors: bool) -> None:
        """The mock pages by number, or by cursor."""
        if self.session.target.option is not None and not self.live:
            self.session.target.option("paging", "cursor" if cursors else "page")
            self.cursors = cursors

    @rule(limit=st.integers(0, 4))
    def list_all(self, limit: int) -> None:
        """list_conversations page by page, and one page more; 0 asks for no limit."""
        asked = {"limit": str(limit)} if limit else {}
        limit = limit or 20
        order = self._ordered(self.known)
        seen: list[str] = []
        query: dict[str, str] | None = asked
        number = 0
        while query is not None and number < (_PAGES if self.live else len(order) // limit + 2):
            number += 1
            answer = self._page(query)
            listed = [str(each.get("ID")) for each in answer.need("data")]
            if not self.live:
                self._expect(answer, order[(number - 1) * limit : number * limit], limit)
            self.session.same(answer, ("data", limit), NOTHING, _LIMIT if asked else _DEFAULT)
            for index, each in enumerate(listed):
                if each in seen:
                    self.session.same(answer, ("data", index), NOTHING, _LISTED)
                if each in self.known:
                    self.shows(answer, ("data", index), self.known[each], {}, promised.SAME)
            following = self._following(answer, more=number * limit < len(order), number=number)
            if following is None or (self.live and set(listed) <= set(seen)):
                missing = [each for each in self.known if each not in {*seen, *listed}]
                if missing:
                    self.session.same(answer, ("data", len(listed)), {"ID": missing[0]}, _LISTED)
                return
            seen += listed
            query = {**asked, **following}

    def _page(self, query: dict[str, str]) -> Answer:
        answer = self.session.ok(self.session.call("list_conversations", {"agentId": self.agent}, query))
        self.says(answer)
        return answer

    def _expect(self, answer: Answer, expected: list[str], limit: int, promise: Promise = _LISTED) -> None:
        """A page of the list has these, in this order."""
        listed = [each.get("ID") for each in answer.need("data")]
        if len(listed) > limit:
            self.session.same(answer, ("data", limit), NOTHING, _LIMIT)
        if sorted(map(str, listed)) != sorted(expected):
            self.session.same(answer, ("data",), [{"ID": each} for each in expected], promise)
        for index, each in enumerate(expected):
            self.session.same(answer, ("data", index, "ID"), each, _ORDER)

    def _following(self, answer: Answer, *, more: bool, number: int) -> dict[str, str] | None:
        """What asks for the next page; None on the last one of a server that says so."""
        cursors = answer.at("hasMore") is not NOTHING if self.cursors is None else self.cursors
        if not cursors:
            for name in ("hasMore", "nextCursor"):
                self.session.same(answer, (name,), NOTHING, _ASIDE)
            return {"page": str(number + 1)}
        if self.cursors:
            self.session.same(answer, ("hasMore",), more, _MORE)
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
        """The conversation that a page ends with is deleted before the next page is asked for."""
        order = self._ordered(self.known)
        page = self._page({"limit": str(limit)})
        self.session.ok(self.session.call("delete_conversation", self.path(order[limit - 1])))
        self.forget(order[limit - 1])
        answer = self._page({"cursor": page.need("nextCursor")})
        self._expect(answer, order[limit : limit + 20], 20, _SURVIVES)

    @precondition(lambda self: self.cursors is not None)
    @rule(number=SOME)
    def lose_the_way(self, number: int) -> None:
        """What is no cursor, and a page beyond the first without any."""
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
            self._expect(answer, self._ordered(self.known)[1:2], 1, _NUMBERED)
        self._expect(self._page({"page": "1"}), self._ordered(self.known)[:20], 20)

    @rule(
        form=st.sampled_from(["json", "csv", None]),
        sort=st.sampled_from(["asc", "desc", "ASC", None]),
        limit=st.integers(0, 3),
        which=st.integers(0, 7),
        shift=st.integers(-1, 1),
    )
    def export(self, form: str | None, sort: str | None, limit: int, which: int, shift: int) -> None:
        """export_conversations: the bits of `which` ask for a first time, a last one, and ids."""
        asked: dict[str, str | list[str]] = {}
        asked |= {"format": form} if form else {}
        asked |= {"sort": sort} if sort else {}
        if self.known:
            times = sorted(each["ts"] for each in self.known.values())
            asked |= {"fromTs": str(times[len(times) // 3] + shift)} if which & 1 else {}
            asked |= {"toTs": str(times[-1] - shift)} if which & 2 else {}
        if which & 4 or self.live:  # what others have is not known
            asked["convoIds"] = [*list(self.known)[:: 2 - self.live], "no-such-conversation", *self.gone[:1]]
        self._export(asked, limit)

    def _export(self, asked: dict[str, str | list[str]], limit: int = 0) -> None:
        order = self._ordered(self._wanted(asked), ascending=str(asked.get("sort")).lower() == "asc")
        size = limit or len(order) or 1
        query: dict[str, str | list[str]] = {**asked, **({"limit": str(limit)} if limit else {})}
        for number in range(1, len(order) + 2):
            answer = self.session.ok(self.session.call("export_conversations", {"agentId": self.agent}, query))
            self.says(answer)
            page = order[(number - 1) * size : number * size]
            if asked.get("format") == "csv":
                self._is_table(answer, [self.whole(each) for each in page])
            else:
                self._has_rows(answer, page, _FILTER if asked else _EXPORTED)
            following = self._following(answer, more=number * size < len(order), number=number)
            if not self.cursors or following is None:
                return  # an export has no page but the first where there are no cursors
            query |= following

    def _has_rows(self, answer: Answer, page: list[str], promise: Promise) -> None:
        listed = [each.get("ID") for each in answer.need("data") if isinstance(each, dict)]
        if sorted(map(str, listed)) != sorted(page):
            self.session.same(answer, ("data",), [{"ID": each} for each in page], promise)
        for index, each in enumerate(page):
            self.session.same(answer, ("data", index, "ID"), each, _ORDER)
            if index < len(listed) and listed[index] == each:
                self.session.same(answer, ("data", index), self.whole(each), _EXPORTED)

    def _is_table(self, answer: Answer, rows: list[Record]) -> None:
        text = answer.need("data")
        if not isinstance(text, str):
            self.session.wrong(answer, ("data",), "it is no text", _TABLE)
            return
        reader = csv.DictReader(io.StringIO(text, newline=""))
        found = list(reader)
        if not reader.fieldnames or not reader.fieldnames[0]:
            self.session.wrong(answer, ("data",), "it has no header row", _TABLE)
        if len(found) != len(rows):
            self.session.wrong(answer, ("data",), f"it has {len(found)} rows, the JSON has {len(rows)}", _TABLE)
        for row, expected in zip(found, rows, strict=False):
            # A field that is not there and an empty text look the same.
            cells = {name: cell for name, cell in row.items() if cell}
            wanted = {name: each for name, each in expected.items() if each != ""}
            for name in dict.fromkeys([*wanted, *cells]):
                if not _stands_for(cells.get(name), wanted.get(name, NOTHING)):
                    problem = f"the row of {expected['ID']} has {cells.get(name)!r} in {name}"
                    self.session.wrong(answer, ("data",), problem, _TABLE)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME)
    def export_one(self, conversation: int) -> None:
        """export_conversation and get_conversation_details."""
        known = self.pick(conversation)
        whole = self.whole(known["ID"])
        for form in (None, "json", "csv"):
            query = {} if form is None else {"format": form}
            answer = self.session.ok(self.session.call("export_conversation", self.path(known["ID"]), query))
            self.says(answer)
            if form == "csv":
                self._is_table(answer, [whole])
            else:
                self.session.same(answer, ("data",), whole, _EXPORTED)
        for region in ("eu", "na"):
            path = self.path(known["ID"])
            answer = self.session.ok(self.session.call("get_conversation_details", path, {"region": region}))
            self.says(answer)
            self.session.same(answer, ("data",), whole, _DETAILS)

    def _wanted(self, asked: dict[str, str | list[str]]) -> list[str]:
        """The ids of the conversations that an export asks for."""
        first, last = asked.get("fromTs"), asked.get("toTs")
        return [
            conversation_id
            for conversation_id, known in self.known.items()
            if conversation_id in asked.get("convoIds", self.known)
            and (first is None or known["ts"] >= int(str(first)))
            and (last is None or known["ts"] <= int(str(last)))
        ]

    def _ordered(self, ids: Any, *, ascending: bool = False) -> list[str]:
        return sorted(ids, key=lambda each: (self.known[each]["ts"], each), reverse=not ascending)


def _stands_for(cell: str | None, value: Any) -> bool:
    """Whether a cell says this: a text as it is, and any other value as JSON."""
    if cell is None or value is NOTHING:
        return cell is None and value is NOTHING
    if isinstance(value, str):
        return cell == value
    try:
        return bool(json.dumps(json.loads(cell)) == json.dumps(value))
    except ValueError:
        return False
