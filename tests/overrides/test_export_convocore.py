"""Exports of Convocore: a list by cursor or by number, in an order that nobody promises, without a filter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import duckdb
import httpx
import orjson
import pytest

import causerie
from causerie.export import Progress, export
from causerie.testing import ConvocoreMock

from .conftest import Vendor
from .test_export import killed_at, naive, refused

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)


def leads(number: int) -> list[dict[str, Any]]:
    """Make conversations, the oldest first."""
    seconds = int(BEGIN.timestamp())
    return [
        {"ID": f"c{n:03}", "ts": seconds + n, "lastModified": seconds + n, "userName": "Ada"} for n in range(number)
    ]


@attrs.define
class Inbox:
    """A server that shows its conversations in their order, by cursor or by number."""

    rows: list[dict[str, Any]]
    has_cursors: bool = False
    repeats: bool = False
    """Whether it shows its last page again when asked for a later one."""

    def answer(self, request: httpx.Request) -> httpx.Response:
        query = request.url.params
        limit = int(query["limit"])
        if self.has_cursors:
            if "cursor" in query and query["cursor"] not in [row["ID"] for row in self.rows]:
                return httpx.Response(400, json={"message": "The cursor has expired", "code": "BAD_REQUEST"})
            start = [row["ID"] for row in self.rows].index(query["cursor"]) + 1 if "cursor" in query else 0
        else:
            start = (int(query["page"]) - 1) * limit
            if self.repeats and start >= len(self.rows):
                start = (len(self.rows) - 1) // limit * limit
        data = self.rows[start : start + limit]
        following: dict[str, Any] = {}
        if self.has_cursors:
            is_end = start + limit >= len(self.rows)
            following = {"hasMore": not is_end, "nextCursor": None if is_end else data[-1]["ID"]}
        return httpx.Response(200, json={"success": True, "message": "", "data": data, **following})

    @property
    def client(self) -> causerie.Convocore:
        return causerie.Convocore("the-secret", base_url="http://convocore.test", transport=Vendor(self.answer))


def read(path: Path) -> list[dict[str, Any]]:
    return sorted((orjson.loads(line) for line in path.read_bytes().splitlines()), key=lambda row: str(row["ID"]))


@pytest.mark.parametrize("paging", ["cursor", "page"])
def test_mock(tmp_path: Path, paging: Any) -> None:
    """An export has every conversation as the list shows it, from a server of either kind."""
    with ConvocoreMock(paging=paging) as mock:
        mock.seed(conversations=[{"agentId": "agent123", **each} for each in leads(50)])
        client = mock.client()
        exported = export(client, tmp_path / "all.jsonl", agent_id="agent123", messages=False)
        expected = sorted((each.to_dict() for each in client.conversations.list("agent123")), key=lambda row: row["ID"])

    assert expected == read(tmp_path / "all.jsonl")
    assert (52, 52, BEGIN + timedelta(seconds=49)) == (exported.rows, exported.read, exported.newest)


@pytest.mark.parametrize("format_", ["parquet", "duckdb"])
def test_typed(tmp_path: Path, format_: str) -> None:
    """Unix seconds are times; there are no messages, neither in a table nor in a file."""
    target = tmp_path / f"all.{format_}"
    export(Inbox(leads(3)).client, target, agent_id="a1", messages=False)
    with duckdb.connect(str(target) if format_ == "duckdb" else ":memory:") as database:
        table = "conversations" if format_ == "duckdb" else f"({naive(database, target)})"
        rows = database.execute(f'SELECT "ID", "userName", "lastModified" FROM {table}').fetchall()

    assert [(f"c00{n}", "Ada", datetime(2024, 1, 1, 0, 0, n)) for n in range(3)] == rows
    assert [f"all.{format_}", f"all.{format_}.state.json"] == sorted(path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize("inbox", [{}, {"repeats": True}, {"has_cursors": True}], ids=["page", "repeats", "cursor"])
@pytest.mark.parametrize("number", [0, 9, 10])
def test_killed(tmp_path: Path, inbox: dict[str, Any], number: int) -> None:
    """Killed at any request, and resumed, an export has every conversation once."""
    server = Inbox(leads(number), **inbox)
    for request in range(6):
        target = tmp_path / f"{request}.jsonl"
        try:
            export(
                server.client.with_options(on_request=killed_at(request)),
                target,
                agent_id="a1",
                messages=False,
                page_size=3,
            )
        except KeyboardInterrupt:
            assert not target.exists()
            export(server.client, target, agent_id="a1", messages=False, page_size=3)

        assert leads(number) == read(target)


@pytest.mark.parametrize("has_cursors", [True, False])
def test_other_page_size(tmp_path: Path, has_cursors: bool) -> None:
    """A run may go on with pages of another size."""
    server = Inbox(leads(20), has_cursors=has_cursors)
    with pytest.raises(KeyboardInterrupt):
        export(
            server.client.with_options(on_request=killed_at(2)),
            tmp_path / "all.jsonl",
            agent_id="a1",
            messages=False,
            page_size=5,
        )
    export(server.client, tmp_path / "all.jsonl", agent_id="a1", messages=False, page_size=7)

    assert leads(20) == read(tmp_path / "all.jsonl")


def test_expired_cursor(tmp_path: Path) -> None:
    """A cursor that the server does not know any more costs a second reading, and nothing else."""
    server = Inbox(leads(20), has_cursors=True)
    with pytest.raises(KeyboardInterrupt):
        export(
            server.client.with_options(on_request=killed_at(2)),
            tmp_path / "all.jsonl",
            agent_id="a1",
            messages=False,
            page_size=5,
        )
    server.rows = server.rows[::-1]
    del server.rows[-10]
    export(server.client, tmp_path / "all.jsonl", agent_id="a1", messages=False, page_size=5)

    assert [each["ID"] for each in leads(20)] == [row["ID"] for row in read(tmp_path / "all.jsonl")]


def test_refused_cursor(tmp_path: Path) -> None:
    """A server that refuses even the cursors of this run is not asked for ever."""
    server = Inbox(leads(20), has_cursors=True)

    def forget(_: Progress) -> None:
        server.rows = [{**row, "ID": f"new{row['ID']}"} for row in server.rows]

    with pytest.raises(causerie.BadRequestError, match="The cursor has expired"):
        export(server.client, tmp_path / "all.jsonl", agent_id="a1", messages=False, page_size=5, on_progress=forget)


def changing(change: Callable[[], None], page: int) -> Callable[[Progress], None]:
    pages = iter(range(1, 1000))

    def count(_: Progress) -> None:
        if next(pages) == page:
            change()

    return count


@pytest.mark.parametrize("has_cursors", [True, False])
def test_changes_meanwhile(tmp_path: Path, has_cursors: bool) -> None:
    """What comes or changes while it runs stands in front, where the end of the run looks once more."""
    server = Inbox(leads(20)[::-1], has_cursors=has_cursors)

    def change() -> None:
        changed = [{**server.rows.pop(15), "userName": "Changed"}, {**server.rows.pop(1), "userName": "Changed"}]
        server.rows = [{"ID": "new", "ts": 0}, *changed, *server.rows]

    export(
        server.client,
        tmp_path / "all.jsonl",
        agent_id="a1",
        messages=False,
        page_size=5,
        on_progress=changing(change, 2),
    )

    assert sorted(server.rows, key=lambda row: str(row["ID"])) == read(tmp_path / "all.jsonl")


@pytest.mark.parametrize(
    "arrivals", [{1: 5}, {5: 10, 6: 5}], ids=["in the first reading", "in the second reading, with news"]
)
def test_a_page_of_arrivals(tmp_path: Path, arrivals: dict[int, int]) -> None:
    """As many as fill pages push a page that was read already to where the next one is read; that is not the end."""
    server = Inbox(leads(20)[::-1])
    wanted: list[dict[str, Any]] = []
    pages = iter(range(1, 1000))

    def arrive(_: Progress) -> None:
        page = next(pages)
        new = [{"ID": f"new{page}-{number}", "ts": 0} for number in range(arrivals.get(page, 0))]
        if page < 6:  # what comes in the last reading is for the next run
            wanted.extend(new)
        server.rows = [*new, *server.rows]

    export(server.client, tmp_path / "all.jsonl", agent_id="a1", messages=False, page_size=5, on_progress=arrive)

    assert sorted([*leads(20), *wanted], key=lambda row: str(row["ID"])) == read(tmp_path / "all.jsonl")


def test_nothing_changes_meanwhile(tmp_path: Path) -> None:
    """The end of the run looks at two pages once more, and not at all of them."""
    asked: list[object] = []
    client = Inbox(leads(20)).client.with_options(on_request=asked.append)
    export(client, tmp_path / "all.jsonl", agent_id="a1", messages=False, page_size=5)

    assert 5 + 2 == len(asked)


@pytest.mark.parametrize("order", [1, -1])
def test_since(tmp_path: Path, order: int) -> None:
    """An export since a time has what any of its times shows as changed since, and what has no time."""
    rows = leads(10)
    rows[2]["lastMessageTS"] = rows[9]["ts"]
    rows[3] = {"ID": "c003"}
    rows[4] |= {"lastModified": "soon", "lastMessageTS": None}
    export(
        Inbox(rows[::order]).client,
        tmp_path / "new.jsonl",
        agent_id="a1",
        messages=False,
        since=BEGIN + timedelta(seconds=7),
    )

    assert ["c002", "c003", "c007", "c008", "c009"] == [row["ID"] for row in read(tmp_path / "new.jsonl")]


@pytest.mark.parametrize("unit", [1, 1000], ids=["seconds", "milliseconds"])
@pytest.mark.parametrize("format_", ["jsonl", "parquet", "duckdb"])
def test_update(tmp_path: Path, format_: str, unit: int) -> None:
    """An export that is brought up to date has what is new and what has changed, once, in either unit of time."""
    target = tmp_path / f"all.{format_}"
    server = Inbox(leads(10))
    export(server.client, target, agent_id="a1", messages=False)
    later = int(BEGIN.timestamp()) + 100
    server.rows[3] |= {"userName": "Changed", "lastModified": later * unit}
    server.rows.append({"ID": "c010", "ts": later * unit})
    exported = export(server.client, target, agent_id="a1", messages=False, since="last")
    export(server.client, tmp_path / f"whole.{format_}", agent_id="a1", messages=False)

    # The last one of the first export is read again: it may have changed once more in that second.
    assert (11, 3, BEGIN + timedelta(seconds=100)) == (exported.rows, exported.read, exported.newest)
    if format_ == "jsonl":
        assert read(tmp_path / "whole.jsonl") == read(target)
    else:
        with duckdb.connect(str(target) if format_ == "duckdb" else ":memory:") as database:
            table = "conversations" if format_ == "duckdb" else f"'{target}'"
            found = database.execute(f'SELECT count(*), count(DISTINCT "ID"), max("userName") FROM {table}')

            assert (11, 11, "Changed") == found.fetchone()


def test_wrong_clock(tmp_path: Path) -> None:
    """A conversation whose maker was wrong about the time does not hide later changes of others."""
    server = Inbox([*leads(3), {"ID": "future", "ts": 4_000_000_000, "lastModified": int(BEGIN.timestamp())}])
    exported = export(server.client, tmp_path / "all.jsonl", agent_id="a1", messages=False)
    server.rows[0] |= {"userName": "Changed", "lastModified": int(BEGIN.timestamp()) + 100}
    export(server.client, tmp_path / "all.jsonl", agent_id="a1", messages=False, since="last")

    assert BEGIN + timedelta(seconds=2) == exported.newest
    assert "Changed" == read(tmp_path / "all.jsonl")[0]["userName"]


def test_changes_in_their_place(tmp_path: Path) -> None:
    """What changes in its place after it was read is found by the next run, though this one has read later changes."""
    now = int(datetime.now(UTC).timestamp())
    server = Inbox([{**each, "ts": now - 9, "lastModified": now - 9} for each in leads(20)], has_cursors=True)

    def change() -> None:
        server.rows[12] |= {"userName": "Read already", "lastModified": now - 2}
        server.rows[18] |= {"userName": "To be read", "lastModified": now - 1}

    target = tmp_path / "all.jsonl"
    export(server.client, target, agent_id="a1", messages=False, page_size=5, on_progress=changing(change, 3))
    first = read(target)
    export(server.client, target, agent_id="a1", messages=False, page_size=5, since="last")

    assert ("Ada", "To be read") == (first[12]["userName"], first[18]["userName"])
    assert server.rows == read(target)


def test_time_to_come(tmp_path: Path) -> None:
    """A time that is still to come, the only one that a conversation has, does not hide what changes until then."""
    now = int(datetime.now(UTC).timestamp())
    server = Inbox([{"ID": "a", "ts": now}, {"ID": "future", "ts": 4_000_000_000}])
    exported = export(server.client, tmp_path / "all.jsonl", agent_id="a1", messages=False)
    server.rows[0] |= {"lastModified": now + 1}
    server.rows.append({"ID": "new", "ts": now + 1})
    export(server.client, tmp_path / "all.jsonl", agent_id="a1", messages=False, since="last")

    assert exported.newest is not None
    assert now - 2 * 86400 < exported.newest.timestamp() <= now - 86400 + 60
    assert sorted(server.rows, key=lambda row: str(row["ID"])) == read(tmp_path / "all.jsonl")


def test_another_agent(tmp_path: Path) -> None:
    """The export of one agent is not gone on with for another; another key of the account may."""
    server = Inbox(leads(10))
    with pytest.raises(KeyboardInterrupt):
        export(
            server.client.with_options(on_request=killed_at(2)),
            tmp_path / "all.jsonl",
            agent_id="a1",
            messages=False,
            page_size=3,
        )

    assert "it differs in agent" in refused(tmp_path / "all.jsonl", server.client, agent_id="a2", messages=False)

    other_key = causerie.Convocore("other", base_url="http://convocore.test", transport=Vendor(server.answer))

    assert 10 == export(other_key, tmp_path / "all.jsonl", agent_id="a1", messages=False).rows


def test_no_id(tmp_path: Path) -> None:
    """A conversation without an id cannot be told apart from others: that is an error, so that none is lost."""
    assert "convocore lists a conversation whose ID is None: it cannot be distinguished from others" == refused(
        tmp_path / "all.jsonl", Inbox([{"ts": 1}]).client, agent_id="a1", messages=False
    )
