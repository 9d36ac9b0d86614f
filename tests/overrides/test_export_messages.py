"""Exports of Convocore with messages: what is asked for, what is billed, and what the vendor cannot show."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import attrs
import duckdb
import httpx
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import causerie
from causerie.export import export

from .conftest import Vendor
from .test_export_convocore import Inbox, leads, read


def exported_row(id_: str, *texts: str) -> dict[str, Any]:
    """Make a row of an export as the vendor documents it, with one turn for each text."""
    turns = [
        {"from": "user", "messages": [{"type": "text", "ts": "today", "payload": {"message": text}}]} for text in texts
    ]
    return {"metadata": {"feedback": "Unset", "convo": {"id": id_}, "sessions": []}, "turns": turns}


@attrs.define
class Exporter:
    """A server whose list shows ``inbox`` and whose export shows ``rows``; it fails for the ``broken``."""

    inbox: Inbox
    rows: dict[str, dict[str, Any]]
    broken: frozenset[str] = frozenset()
    status: int = 500
    asked: Counter[str] = attrs.field(factory=Counter)
    """How often the export was asked for each conversation with success."""

    def answer(self, request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/export"):
            return self.inbox.answer(request)
        one = request.url.path.split("/")[-2]
        ids = request.url.params["convoIds"].split(",") if one == "convos" else [one]
        if self.broken & {*ids}:
            return httpx.Response(self.status, json={"message": "Output validation failed", "code": "X"})
        self.asked.update(ids)
        data = [self.rows[each] for each in ids if each in self.rows]
        if one != "convos" and not data:
            return httpx.Response(404, json={"message": "Not found", "code": "NOT_FOUND"})
        body = {"success": True, "message": "", "data": data[0] if one != "convos" else data}
        return httpx.Response(200, json=body)

    def client(self, **options: Any) -> causerie.Convocore:
        return causerie.Convocore(
            "the-secret",
            base_url="http://convocore.test",
            transport=Vendor(self.answer),
            **{"retry": causerie.Retry(attempts=1), **options},
        )


def server(number: int, **more: Any) -> Exporter:
    rows = {f"c{n:03}": exported_row(f"c{n:03}", "Hello", str(n)) for n in range(number)}
    return Exporter(Inbox(leads(number), has_cursors=True), rows, **more)


def texts(row: dict[str, Any]) -> list[str]:
    return [message["payload"]["message"] for message in row["messages"]]


def test_messages(tmp_path: Path) -> None:
    """Each conversation has its messages in their order, the record of the list, and the rest of the export's row."""
    vendor = server(70)
    exported = export(vendor.client(), tmp_path / "all.jsonl", agent_id="a1")
    rows = read(tmp_path / "all.jsonl")

    assert leads(70) == [{k: v for k, v in row.items() if k not in ("messages", "metadata")} for row in rows]
    assert [["Hello", str(n)] for n in range(70)] == [texts(row) for row in rows]
    assert {"feedback": "Unset", "sessions": []} == rows[0]["metadata"]
    assert {"turn": 1, "from": "user", "type": "text", "ts": "today", "payload": {"message": "0"}} == rows[0][
        "messages"
    ][1]
    assert {1} == {*vendor.asked.values()}
    assert ((), 70) == (exported.unreadable, exported.rows)


@pytest.mark.parametrize("format_", ["parquet", "duckdb"])
def test_a_table_of_messages(tmp_path: Path, format_: str) -> None:
    """Messages are a table of their own, with the id of their conversation."""
    target = tmp_path / f"all.{format_}"
    export(server(3).client(), target, agent_id="a1")
    with duckdb.connect(str(target) if format_ == "duckdb" else ":memory:") as database:
        table = "messages" if format_ == "duckdb" else f"'{target.with_suffix('.messages.parquet')}'"
        rows = database.execute(
            f'SELECT "conversationId", turn, "from", type, payload ->> \'message\' FROM {table} ORDER BY 1, 2'
        ).fetchall()

    assert [(f"c00{n}", t, "user", "text", ["Hello", str(n)][t]) for n in range(3) for t in range(2)] == rows


def test_only_what_has_changed_is_billed(tmp_path: Path) -> None:
    """An update asks for the conversations that are new or have changed, in either unit of time."""
    vendor = server(30)
    old = [{**row, "ts": 1_000_000_000, "lastModified": 1_000_000_000} for row in leads(30)[:-1]]
    vendor.inbox.rows = [*old, leads(30)[-1]]
    export(vendor.client(), tmp_path / "all.jsonl", agent_id="a1")
    vendor.asked.clear()
    later = leads(30)[-1]["lastModified"] + 10**6
    vendor.inbox.rows[4] = {**vendor.inbox.rows[4], "lastModified": later}
    vendor.inbox.rows[5] = {**vendor.inbox.rows[5], "lastModified": later * 1000}
    vendor.rows["c004"] = exported_row("c004", "edited")
    vendor.rows["c005"] = exported_row("c005", "edited, too")
    export(vendor.client(), tmp_path / "all.jsonl", agent_id="a1", since="last")
    rows = {row["ID"]: row for row in read(tmp_path / "all.jsonl")}

    assert {"c004", "c005"} <= vendor.asked.keys() <= {"c004", "c005", "c029"}
    assert (["edited"], ["edited, too"], 30) == (texts(rows["c004"]), texts(rows["c005"]), len(rows))


@settings(max_examples=25)
@given(broken=st.sets(st.integers(0, 39), max_size=8).map(lambda numbers: frozenset(f"c{n:03}" for n in numbers)))
def test_what_the_vendor_cannot_show(tmp_path_factory: pytest.TempPathFactory, broken: frozenset[str]) -> None:
    """Conversations that fail each time are named and kept without messages; all others have theirs."""
    target = tmp_path_factory.mktemp("export") / "all.jsonl"
    exported = export(server(40, broken=broken).client(), target, agent_id="a1")
    rows = read(target)

    assert (40, sorted(broken)) == (exported.rows, list(exported.unreadable))
    assert [[] if row["ID"] in broken else ["Hello", str(int(row["ID"][1:]))] for row in rows] == [*map(texts, rows)]


@pytest.mark.parametrize(("number", "status"), [(4, 500), (2, 503), (1, 502)])
def test_a_vendor_that_is_away(tmp_path: Path, number: int, status: int) -> None:
    """A vendor that fails for all conversations, or is not there, ends the run."""
    broken = frozenset(row["ID"] for row in leads(number))
    with pytest.raises(causerie.ServerError):
        export(server(number, broken=broken, status=status).client(), tmp_path / "all.jsonl", agent_id="a1")

    assert [] == [*tmp_path.iterdir()]


def test_without_the_add_on(tmp_path: Path) -> None:
    """The error says how to go on without messages, and that works."""
    vendor = server(3, broken=frozenset({"c000"}), status=403)
    with pytest.raises(causerie.PermissionDeniedError) as caught:
        export(vendor.client(), tmp_path / "all.jsonl", agent_id="a1")
    export(vendor.client(), tmp_path / "all.jsonl", agent_id="a1", messages=False)

    assert ["the export of messages needs the plan and its add-on: messages=False exports without them"] == (
        caught.value.__notes__
    )
    assert leads(3) == read(tmp_path / "all.jsonl")


def test_without_a_message_of_a_person(tmp_path: Path) -> None:
    """What the export leaves out is kept with no messages, alone or among others; nothing of it is unreadable."""
    vendor = server(3)
    del vendor.rows["c001"]
    export(vendor.client(), tmp_path / "three.jsonl", agent_id="a1")
    vendor.inbox.rows = vendor.inbox.rows[1:2]
    exported = export(vendor.client(), tmp_path / "one.jsonl", agent_id="a1")

    assert [2, 0, 2] == [len(row["messages"]) for row in read(tmp_path / "three.jsonl")]
    assert ([[]], ()) == ([row["messages"] for row in read(tmp_path / "one.jsonl")], exported.unreadable)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["from", "messages", "ts", "x"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=60)
@given(turns=JSON, metadata=JSON)
def test_any_shape_of_a_row(tmp_path_factory: pytest.TempPathFactory, turns: Any, metadata: Any) -> None:
    """Whatever stands in a row, the export has every conversation."""
    vendor = server(2)
    vendor.rows["c000"] = {"ID": "c000", "turns": turns, "extra": metadata}
    target = tmp_path_factory.mktemp("export") / "all.jsonl"
    export(vendor.client(), target, agent_id="a1")
    first, second = read(target)

    assert (metadata, ["Hello", "1"]) == (first["extra"], texts(second))
    assert (
        not isinstance(turns, list)
        or len(turns) <= len(first["messages"])
        or [] in [turn.get("messages") for turn in turns if isinstance(turn, dict)]
    )


def test_json_lines_are_what_was_read(tmp_path: Path) -> None:
    """A field of a turn beside its messages is kept with each of them."""
    vendor = server(1)
    vendor.rows["c000"]["turns"] = [{"from": "bot", "model": "m", "messages": [{"type": "text"}, {"type": "text"}]}]
    export(vendor.client(), tmp_path / "all.jsonl", agent_id="a1")
    (line,) = (tmp_path / "all.jsonl").read_bytes().splitlines()

    expected = {"type": "text", "turn": 0, "from": "bot", "turnFields": {"model": "m"}}

    assert [expected, expected] == orjson.loads(line)["messages"]
