"""Exports of conversations: rows, pages, tables, and what they count."""

from __future__ import annotations

import csv
import io
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from causerie_spec.pointer import Pointer

from ..._oracle._answer import Answer
from ..._oracle._machine import rule
from ..._oracle._promise import Promise
from ..._oracle._records import tied
from ..._oracle._value import NOTHING, differences
from ..._text import decode
from ._fields import SOME
from ._lists import Lists
from ._model import Record, promise_of
from ._turns import cells, has_human, sessions

_EXPORTED = promise_of("export-has-those-in-which-a-person-speaks")
_FILTER = promise_of("export-has-what-was-asked-for")
_PAGED = promise_of("export-page-has-the-fewer-rows")
_ORDER = promise_of("export-order")
_ROW = promise_of("export-row-has-record-and-turns")
_SPELLED = promise_of("export-row-spells-as-the-page")
_SEEN = promise_of("export-row-has-ts")
_LIMIT = promise_of("export-page-has-20")
_TOLD = promise_of("export-says-what-was-asked-for")
_SCANNED = promise_of("export-counts-what-was-looked-at")
_BILLED = promise_of("each-session-is-billed")
_COUNTED = promise_of("exports-are-counted-together")
_TABLE = promise_of("csv-has-the-rows-of-the-json")

#: The place of the id in a row.
_ID = ("metadata", "convo", "id")


class Exports(Lists):
    """Sequences of requests to exports."""

    def __init__(self, session: Any) -> None:
        super().__init__(session)
        #: Requests and sessions that this sequence has been billed for.
        self.billed = [0, 0]

    @rule(
        form=st.sampled_from(["json", "csv", None]),
        sort=st.sampled_from(["asc", "desc", None]),
        limit=st.integers(0, 3),
        which=st.integers(0, 7),
        shift=st.integers(-1, 1),
    )
    def export(self, form: str | None, sort: str | None, limit: int, which: int, shift: int) -> None:
        """export_conversations: the bits of `which` ask for a first time, a last one, and ids."""
        asked: dict[str, str] = {}
        asked |= {"format": form} if form else {}
        asked |= {"sort": sort} if sort else {}
        if self.known:
            times = sorted(int(each["ts"]) for each in self.known.values())
            first, last = times[len(times) // 3] + shift, times[-1] - shift
            in_milliseconds = limit == 1 and first >= 10**8  # a smaller number would be seconds
            asked |= {"fromTs": str(first * 1000 if in_milliseconds else first)} if which & 1 else {}
            asked |= {"toTs": str(last)} if which & 2 else {}
        if which & 4 or self.real:  # what others have is not known
            ids = [*list(self.known)[:: 2 - self.real], "no-such-conversation", *self.gone[:1]]
            asked["convoIds"] = ",".join(ids)
        self._export(asked, limit)

    def bounds_of_exports(self) -> None:
        """export_conversations since or until the beginning of time, and with bounds in different units."""
        now = 1_700_000_000
        times = ("0", None), (None, "0"), ("0", "0"), (f"{now}000", f"{now + 40}"), (f"{now}", f"{now + 40}000")
        for bounds in times:
            asked = {name: each for name, each in zip(("fromTs", "toTs"), bounds, strict=True) if each is not None}
            self._export(asked | ({"convoIds": ",".join(self.known)} if self.real else {}))

    def _export(self, asked: dict[str, str], limit: int = 0) -> None:
        order = self.ordered(self._wanted(asked), ascending=asked.get("sort") == "asc")
        is_paged = "convoIds" not in asked and self.cursors is not False
        size = (limit or 20) if is_paged else len(order) or 1
        query: dict[str, str | list[str]] = {**asked, **({"limit": str(limit)} if limit else {})}
        for number in range(1, len(order) // size + 2):
            answer = self.session.ok(self.session.call("export_conversations", {"agentId": self.agent}, query))
            self.says(answer)
            scanned = order[(number - 1) * size : number * size]
            page = [each for each in scanned if has_human(self.turns.get(each, []))]
            if self.real:  # how those with one time are ordered, is the server's
                page = tied(page, lambda each: self.known[each]["ts"], slice(None), _listed(answer))
            if asked.get("format") == "csv":
                self._is_table(answer, [self.row(each) for each in page])
            else:
                self._has_rows(answer, page, _PAGED if is_paged else _FILTER if asked else _EXPORTED)
            self._tells(answer, asked, size if is_paged else NOTHING, len(scanned))
            self._bills(answer, page)
            if not is_paged:
                for name, value in (("hasMore", False), ("nextCursor", None)):
                    # Only pages have to name what follows.
                    if not self.real or answer.at(name) is not NOTHING:
                        self.session.same(answer, (name,), value, _TOLD)
                return
            following = self.following(answer, more=number * size < len(order), number=number)
            if following is None:
                return
            query |= following

    def _tells(self, answer: Answer, asked: dict[str, str], size: Any, scanned: int) -> None:
        session = self.session
        session.same(answer, ("mode",), "selected" if "convoIds" in asked else "paginated", _TOLD)
        times = {name: int(asked[name]) if name in asked else None for name in ("fromTs", "toTs")}
        session.same(answer, ("query",), {"sort": asked.get("sort", "desc"), **times}, _TOLD)
        session.same(answer, ("limit",), size, _LIMIT)
        if not self.real:
            session.same(answer, ("scannedConvoCount",), scanned, _PAGED)
        if isinstance(rows := answer.need("data"), list):
            session.relation(answer, ("scannedConvoCount",), ">=", len(rows), _SCANNED)

    def _bills(self, answer: Answer, page: list[str]) -> None:
        """`usage` counts the sessions of these conversations."""
        count = sum(has_human(run) for each in page for run in sessions(self.turns.get(each, [])))
        if self.real and answer.at("usage") is NOTHING:
            return
        self.session.same(answer, ("usage", "billableUsedThisRequest"), count, _BILLED)
        self.billed = [self.billed[0] + 1, self.billed[1] + count]
        for name, least in zip(("exportRequestCount", "billableUsedThisPeriod"), self.billed, strict=True):
            self.session.relation(answer, ("usage", name), ">=", least, _COUNTED)
        used, quota = (answer.at("usage", name) for name in ("billableUsedThisPeriod", "includedQuota"))
        if isinstance(used, int) and isinstance(quota, int):
            self.session.same(answer, ("usage", "billableRemainingThisPeriod"), max(0, quota - used), _COUNTED)
            self.session.same(answer, ("usage", "overageUsedThisPeriod"), max(0, used - quota), _COUNTED)
        self.session.relation(
            answer, ("rateLimit", "requestsPerHour"), ">=", answer.at("rateLimit", "remainingHour"), _COUNTED
        )

    def _has_rows(self, answer: Answer, page: list[str], promise: Promise) -> None:
        self.session.records(answer, ("data",), page, _ID, promise=promise, order=_ORDER)
        for index, each in enumerate(page):
            if answer.at("data", index, *_ID) == each:
                self._is_row(answer, ("data", index), self.row(each))

    def _is_row(self, answer: Answer, at: Pointer, expected: Record) -> None:
        same = self.session.same
        metadata = expected["metadata"]
        self.beside(answer, (*at, "metadata", "convo", "ts"), metadata["convo"]["ts"], _SEEN)
        for name in dict.fromkeys([*metadata["convo"], "userName", "notes", "tags"]):
            if name != "ts":
                same(answer, (*at, "metadata", "convo", name), metadata["convo"].get(name, NOTHING), _ROW)
        for name in ("feedback", "sessions"):
            same(answer, (*at, "metadata", name), metadata[name], _SPELLED)
        same(answer, (*at, "turns", len(expected["turns"])), NOTHING, _ROW)
        for number, turn in enumerate(expected["turns"]):
            here = (*at, "turns", number)
            same(answer, (*here, "from"), turn["from"], _ROW)
            same(answer, (*here, "messages", len(turn["messages"])), NOTHING, _ROW)
            for index, message in enumerate(turn["messages"]):
                place = (*here, "messages", index)
                same(answer, (*place, "type"), message["type"], _ROW)
                same(answer, (*place, "ts"), message.get("ts", NOTHING), _SPELLED)
                is_text = isinstance(message["payload"].get("message"), str) and message["type"] == "text"
                same(answer, (*place, "payload"), message["payload"], _ROW if is_text else _SPELLED)
                for name in ("feedback", "aiGenerated"):
                    self.session.describes(answer, (*place, "payload", name))

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
        for row, expected in zip(found, map(cells, rows), strict=False):
            # A field that is not there and an empty text look the same.
            given = {name: cell for name, cell in row.items() if cell}
            wanted = {name: each for name, each in expected.items() if each != ""}
            for name in dict.fromkeys([*wanted, *given]):
                if not _stands_for(given.get(name), wanted.get(name, NOTHING)):
                    problem = f"the row of {expected['id']} has {given.get(name)!r} in {name}"
                    self.session.wrong(answer, ("data",), problem, _TABLE)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME)
    def export_one(self, conversation: int) -> None:
        """export_conversation, also of one in which nobody speaks."""
        known = self.pick(conversation)
        for form in (None, "json", "csv"):
            query = {} if form is None else {"format": form}
            answer = self.session.ok(self.session.call("export_conversation", self.path(known["ID"]), query))
            self.says(answer)
            self._bills(answer, [known["ID"]])
            if form == "csv":
                self._is_table(answer, [self.row(known["ID"])])
            else:
                self._is_row(answer, ("data",), self.row(known["ID"]))

    def _wanted(self, asked: dict[str, str]) -> list[str]:
        """Return the ids of the conversations that an export asks for."""
        first, last = (_seconds(asked.get(name)) for name in ("fromTs", "toTs"))
        ids = asked["convoIds"].split(",") if "convoIds" in asked else self.known
        return [
            conversation_id
            for conversation_id, known in self.known.items()
            if conversation_id in ids
            and (first is None or known["ts"] >= first)
            and (last is None or known["ts"] <= last)
        ]


def _listed(answer: Answer) -> list[str]:
    """Return the ids of the conversations of an export."""
    data = answer.need("data")
    if isinstance(data, str):
        return [str(row.get("id")) for row in csv.DictReader(io.StringIO(data, newline=""))]
    return [str(answer.at("data", index, *_ID)) for index in range(len(data))]


def _seconds(text: str | None) -> float | None:
    number = None if text is None else int(text)
    return number if number is None or number < 10**11 else number / 1000


def _stands_for(cell: str | None, value: Any) -> bool:
    """Whether a cell says this: a text as it is, and any other value as JSON."""
    if cell is None or value is NOTHING:
        return cell is None and value is NOTHING
    if isinstance(value, str):
        return cell == value
    try:
        return not any(differences(value, decode(cell), ()))
    except ValueError:
        return False
