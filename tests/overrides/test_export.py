"""Exports: every conversation, once, whatever happens."""

from __future__ import annotations

import asyncio
import csv
import errno
import gzip
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import httpx
import orjson
import pytest

import causerie
import causerie.export
from causerie.export import Exported, Progress, export
from causerie.export._formats import zstd_module
from causerie.export._stage import Checkpoint, Stage
from causerie.testing import RaiaMock

from .conftest import Vendor

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
#: What can be brought up to date, and all.
FORMATS = ["jsonl", "jsonl.gz", "jsonl.zst", "parquet", "duckdb"]
ALL = [*FORMATS, "csv"]


UNPACK: dict[str, Callable[[bytes], bytes]] = {
    ".jsonl": bytes,
    ".gz": gzip.decompress,
    ".zst": zstd_module().decompress,
}


def moment(seconds: int) -> str:
    return (BEGIN + timedelta(seconds=seconds)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def conversations(number: int, messages: int = 0) -> list[dict[str, Any]]:
    """Make conversations that changed one after the other, two at a time at the same moment."""
    return [
        {
            "id": f"c{index}",
            "title": f"Number {index}",
            "createdAt": moment(0),
            "updatedAt": moment(index // 2),
            "messages": [{"id": f"c{index}m{which}", "message": "Hello"} for which in range(messages)],
        }
        for index in range(number)
    ]


@contextmanager
def empty_raia() -> Iterator[RaiaMock]:
    """Yield a raia without the conversations of its documents."""
    with RaiaMock() as mock:
        for each in mock.client().conversations.list():
            mock.client().conversations.delete_all(each.conversation_user_id)
        yield mock


@contextmanager
def several_raias(agents: list[str], number: int) -> Iterator[dict[str, RaiaMock]]:
    """Yield agents with conversations that have the same ids, and another score at each agent."""
    with ExitStack() as stack:
        mocks = {name: stack.enter_context(empty_raia()) for name in agents}
        for score, mock in enumerate(mocks.values()):
            mock.seed(conversations=[{**each, "score": score} for each in conversations(number, messages=2)])
        yield mocks


@pytest.fixture
def raia_mock() -> Iterator[RaiaMock]:
    with empty_raia() as mock:
        yield mock


def naive(db: duckdb.DuckDBPyConnection, path: Path) -> str:
    """Return what selects the rows of a Parquet file without zones: in Python, times with one would need pytz."""
    types = {name: type_ for name, type_, *_ in db.execute(f"DESCRIBE FROM '{path}'").fetchall()}
    casts = [f'"{name}" AT TIME ZONE \'UTC\' AS "{name}"' for name in types if types[name].endswith("ZONE")]
    return f"SELECT * REPLACE ({', '.join(casts)}) FROM '{path}'"


def read(path: Path, table: str = "conversations") -> list[dict[str, Any]]:
    """Return the rows of a file, sorted by id."""
    if path.suffix in UNPACK:
        content = UNPACK[path.suffix](path.read_bytes())
        rows = [orjson.loads(line) for line in content.splitlines()]
    elif path.suffix == ".csv":
        rows = [*csv.DictReader(path.read_text("utf-8-sig").splitlines())]
    else:
        with duckdb.connect(
            ":memory:" if path.suffix == ".parquet" else path, read_only=path.suffix != ".parquet"
        ) as db:
            found = db.execute(naive(db, path) if path.suffix == ".parquet" else f"FROM {table}")
            names = [name for name, *_ in found.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return sorted(rows, key=lambda row: str(row.get("id", row.get("ID"))))


def read_messages(path: Path) -> list[dict[str, Any]]:
    return read(path.with_suffix(".messages.parquet")) if path.suffix == ".parquet" else read(path, "messages")


def ids(path: Path) -> list[str]:
    return [row["id"] for row in read(path)]


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_exported_names() -> None:
    """The public names are pinned."""
    assert [
        "AgentsError",
        "ExportError",
        "ExportOptions",
        "ExportPage",
        "Exported",
        "PageOptions",
        "Progress",
        "export",
        "pages",
    ] == causerie.export.__all__


def test_jsonl(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """A line is the vendor's JSON as it came, with the conversation's messages, the oldest first."""
    raia_mock.seed(conversations=conversations(5, messages=2))
    client = raia_mock.client()
    exported = export(client, tmp_path / "all.jsonl")
    expected = [
        {
            **each.to_dict(),
            "messages": [m.to_dict() for m in client.messages.list(each.id, should_include_feedbacks=True)],
        }
        for each in client.conversations.list(order_by="updatedAt", order_direction="ASC")
    ]

    assert expected == read(tmp_path / "all.jsonl")
    assert Exported(tmp_path / "all.jsonl", 5, 5, 0, BEGIN + timedelta(seconds=2)) == exported
    assert ["all.jsonl", "all.jsonl.state.json"] == files(tmp_path)


def test_parquet(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """Columns have types: times are UTC, nested objects JSON. Messages are in a file of their own."""
    raia_mock.seed(conversations=conversations(5, messages=2))
    export(raia_mock.client(), tmp_path / "all.parquet")
    row = read(tmp_path / "all.parquet")[4]
    message = read_messages(tmp_path / "all.parquet")[9]

    assert 5 == len(read(tmp_path / "all.parquet"))
    assert ("c4", "Number 4", datetime(2024, 1, 1, 0, 0, 2)) == (row["id"], row["title"], row["updatedAt"])
    assert "Unknown" == orjson.loads(row["user"])["firstName"]
    assert row["additionalProperties"] is None
    assert ("c4m1", "c4", "Hello") == (message["id"], message["conversationId"], message["message"])
    assert isinstance(message["createdAt"], datetime)
    assert ["all.messages.parquet", "all.parquet", "all.parquet.state.json"] == files(tmp_path)


def test_duckdb(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """A database has two tables, and no file beside it."""
    raia_mock.seed(conversations=conversations(5, messages=2))
    export(raia_mock.client(), tmp_path / "all.duckdb")
    row = read(tmp_path / "all.duckdb")[4]
    message = read_messages(tmp_path / "all.duckdb")[9]

    assert ("c4", datetime(2024, 1, 1, 0, 0, 2)) == (row["id"], row["updatedAt"])
    assert "messages" not in row
    assert ("c4m1", "c4", "Hello") == (message["id"], message["conversationId"], message["message"])
    assert ["all.duckdb", "all.duckdb.state.json"] == files(tmp_path)


@pytest.mark.parametrize("format_", ALL)
def test_without_messages(raia_mock: RaiaMock, tmp_path: Path, format_: str) -> None:
    """Without messages, nothing is asked for but the list."""
    raia_mock.seed(conversations=conversations(3, messages=1))
    export(raia_mock.client(), tmp_path / f"all.{format_}", messages=False)

    assert ["c0", "c1", "c2"] == ids(tmp_path / f"all.{format_}")
    assert "messages" not in read(tmp_path / f"all.{format_}")[0]
    assert {"list_conversations"} == {each.operation for each in raia_mock.requests if each.method == "GET"}


@pytest.mark.parametrize("format_", ALL)
def test_nothing(raia_mock: RaiaMock, tmp_path: Path, format_: str) -> None:
    """No conversation at all is an export, too."""
    exported = export(raia_mock.client(), tmp_path / f"all.{format_}")

    assert (0, None) == (exported.rows, exported.newest)
    assert [] == read(tmp_path / f"all.{format_}")


def test_async(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """An async client does the same."""
    raia_mock.seed(conversations=conversations(20, messages=1))
    export(raia_mock.client(), tmp_path / "blocking.jsonl", page_size=6)
    asyncio.run(export(raia_mock.async_client(), tmp_path / "awaiting.jsonl", page_size=6))

    assert (tmp_path / "blocking.jsonl").read_bytes() == (tmp_path / "awaiting.jsonl").read_bytes()


def test_progress(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """After every page it says how many are read, and how many there are."""
    raia_mock.seed(conversations=conversations(9))
    seen: list[Progress] = []
    export(raia_mock.client(), tmp_path / "all.jsonl", page_size=4, on_progress=seen.append)

    # The last two of a page changed at once: one of them begins the next page again.
    assert [(4, 9, False), (6, 9, False), (8, 9, False), (9, 9, False), (9, 9, True)] == [
        (each.done, each.total, each.is_writing) for each in seen
    ]


def killed_at(number: int, end: type[BaseException] = KeyboardInterrupt) -> Callable[[object], None]:
    """Make a hook that ends the run at the request after so many."""
    requests = iter(range(number))

    def count(_: object) -> None:
        if next(requests, None) is None:
            raise end

    return count


def test_killed_while_reading(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """Killed at any request, and resumed, an export is what it would have been: nothing lost, nothing twice."""
    raia_mock.seed(conversations=conversations(12, messages=1))
    client = raia_mock.client()
    before = len(raia_mock.requests)
    export(client, tmp_path / "whole.jsonl", page_size=5)
    requests = len(raia_mock.requests) - before
    whole = (tmp_path / "whole.jsonl").read_bytes()
    for number in range(requests):
        target = tmp_path / f"{number}.jsonl"
        with pytest.raises(KeyboardInterrupt):
            export(client.with_options(on_request=killed_at(number)), target, page_size=5, concurrency=1)
        part, is_there = target.with_name(f"{number}.jsonl.part").exists(), target.exists()
        export(client, target, page_size=5)

        assert (True, False) == (part, is_there)
        assert whole == target.read_bytes()

    assert 12 < requests


def test_resumed(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """What was read is not read again, and an async client goes on where a blocking one stopped."""
    raia_mock.seed(conversations=conversations(200))
    with pytest.raises(KeyboardInterrupt):
        export(
            raia_mock.client().with_options(on_request=killed_at(6)),
            tmp_path / "all.jsonl",
            messages=False,
            page_size=20,
        )
    seen: list[Progress] = []
    client = raia_mock.async_client()
    asyncio.run(export(client, tmp_path / "all.jsonl", messages=False, page_size=20, on_progress=seen.append))

    assert 100 < seen[0].done
    assert sorted(f"c{number}" for number in range(200)) == ids(tmp_path / "all.jsonl")


def test_large_page(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """The messages of a large page are not in memory together: what was read of it is kept."""
    raia_mock.seed(conversations=conversations(70, messages=1))
    with pytest.raises(KeyboardInterrupt):
        export(raia_mock.client().with_options(on_request=killed_at(65)), tmp_path / "all.jsonl", concurrency=1)
    before = len(raia_mock.requests)
    export(raia_mock.client(), tmp_path / "all.jsonl")

    assert 1 + 70 - 64 == len(raia_mock.requests) - before
    assert 70 == len(read(tmp_path / "all.jsonl"))


def test_other_page_size(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """A run may go on with pages of another size."""
    raia_mock.seed(conversations=[{**each, "updatedAt": moment(0)} for each in conversations(30)])
    with pytest.raises(KeyboardInterrupt):
        export(
            raia_mock.client().with_options(on_request=killed_at(3)),
            tmp_path / "all.jsonl",
            messages=False,
            page_size=4,
        )
    export(raia_mock.client(), tmp_path / "all.jsonl", messages=False, page_size=7)

    assert sorted(f"c{number}" for number in range(30)) == ids(tmp_path / "all.jsonl")


def interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    "where", ["_export.write", "_files.replace", "_files.Path.replace", "_export.replace", "_stage.Path.unlink"]
)
@pytest.mark.parametrize("since", [None, "last"])
def test_killed_while_writing(
    raia_mock: RaiaMock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, since: Any
) -> None:
    """Killed while the file is made, put in its place, or noted, the same export completes it."""
    raia_mock.seed(conversations=conversations(4, messages=1))
    target = tmp_path / "all.jsonl"
    if since:
        export(raia_mock.client(), target)
        raia_mock.seed(conversations=[{"id": "c1", "title": "New", "updatedAt": moment(9)}])
    with monkeypatch.context() as patch:
        patch.setattr(f"causerie.export.{where}", interrupt)
        with pytest.raises(KeyboardInterrupt):
            export(raia_mock.client(), target, since=since)
    exported = export(raia_mock.client(), target, since=since)

    assert 4 == exported.rows
    assert ["c0", "c1", "c2", "c3"] == ids(target)
    assert (["New"] if since else ["Number 1"]) == [row["title"] for row in read(target) if row["id"] == "c1"]
    assert ["all.jsonl", "all.jsonl.state.json"] == files(tmp_path)


def test_killed_while_writing_tables(raia_mock: RaiaMock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between the two files of Parquet, the same export completes them."""
    raia_mock.seed(conversations=conversations(4, messages=1))
    target = tmp_path / "all.parquet"
    export(raia_mock.client(), target)
    raia_mock.client().messages.send("c1", "More")
    put = iter(range(1))

    def once(file: Path, place: Path) -> None:
        if next(put, None) is None:
            raise KeyboardInterrupt
        file.replace(place)

    with monkeypatch.context() as patch:
        patch.setattr("causerie.export._files.replace", once)
        with pytest.raises(KeyboardInterrupt):
            export(raia_mock.client(), target, since="last")
    between = len(read_messages(target))
    export(raia_mock.client(), target, since="last")

    assert (6, 6) == (between, len(read_messages(target)))
    assert ["c0", "c1", "c2", "c3"] == ids(target)


PROGRAM = """
import sys, causerie.export
client = causerie.Raia(sys.argv[1], base_url=sys.argv[2])
causerie.export.export(client, sys.argv[3], page_size=10, on_progress=lambda progress: print(progress.done, flush=True))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL.")
def test_killed(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """Killed by the operating system twice, a process leaves what the next one completes."""
    raia_mock.seed(conversations=conversations(100, messages=1))
    target = tmp_path / "all.jsonl"
    command = [sys.executable, "-c", PROGRAM, raia_mock.credentials[0], raia_mock.url, str(target)]
    codes = []
    for pages in (3, 2, 1000):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for number, _ in enumerate(process.stdout, 1):
                if number == pages:
                    process.send_signal(signal.SIGKILL)
        codes.append(process.returncode)
    export(raia_mock.client(), tmp_path / "whole.jsonl")

    assert [-signal.SIGKILL, -signal.SIGKILL, 0] == codes
    assert read(tmp_path / "whole.jsonl") == read(target)


def changing(change: Callable[[], object], at: int) -> Callable[[object], None]:
    """Make a hook that changes something at the vendor after so many pages."""
    pages = iter(range(at))

    def count(_: object) -> None:
        if next(pages, None) == at - 1:
            change()

    return count


def test_changes_meanwhile(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """What is deleted, changes or comes while it runs hides nothing else, and is in the file as it is at the end."""
    raia_mock.seed(conversations=[{**each, "user": {"id": f"u{each['id']}"}} for each in conversations(40)])
    client = raia_mock.client()

    def change() -> None:
        client.conversations.delete_all("uc1")
        client.conversations.delete_all("uc30")
        client.conversations.update("c2", title="Changed, once it was read")
        client.conversations.update("c31", title="Changed, before it was read")
        client.conversations.create("uc50", title="New")

    export(client, tmp_path / "all.jsonl", messages=False, page_size=10, on_progress=changing(change, 2))
    after = {each.id: each.to_dict() for each in client.conversations.list()}
    found = {row["id"]: row for row in read(tmp_path / "all.jsonl")}

    assert {"c1"} == found.keys() - after.keys()
    assert after == {key: row for key, row in found.items() if key != "c1"}


@pytest.mark.parametrize("before", [0, 5], ids=["the first moment", "a later moment"])
def test_changes_in_one_moment(raia_mock: RaiaMock, tmp_path: Path, before: int) -> None:
    """Where one moment has more conversations than a page holds, what leaves it meanwhile hides none that stays."""
    rows = [
        {**each, "updatedAt": moment(max(0, number - before + 1))} for number, each in enumerate(conversations(before))
    ]
    raia_mock.seed(conversations=[*rows, *({**each, "updatedAt": moment(9)} for each in conversations(45)[before:])])
    client = raia_mock.client()
    order = [each.id for each in client.conversations.list(order_by="updatedAt", order_direction="ASC")]
    leaving, changes = iter(order[before:]), {3: 3, 7: 8}
    seen: list[Progress] = []

    def change(progress: Progress) -> None:
        seen.append(progress)
        # The second time, one of those that were hidden is hidden once more.
        for id_ in islice(leaving, changes.get(len(seen), 0)):
            client.conversations.update(id_, title="Changed")

    export(client, tmp_path / "all.jsonl", messages=False, page_size=10, on_progress=change)

    assert sorted(order) == ids(tmp_path / "all.jsonl")
    assert 11 == sum(row["title"] == "Changed" for row in read(tmp_path / "all.jsonl"))
    # Pages that are read again are not counted again; what has changed is, until it was read.
    assert 45 + 11 >= max(each.total or 0 for each in seen)


def test_a_page_comes_meanwhile(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """New conversations are read at the end, also as many as a page holds, and more."""
    raia_mock.seed(conversations=conversations(20))
    come = changing(lambda: raia_mock.seed(conversations=[{"id": f"new{number:02}"} for number in range(25)]), 2)
    export(raia_mock.client(), tmp_path / "all.jsonl", messages=False, page_size=10, on_progress=come)

    assert sorted([f"c{number}" for number in range(20)] + [f"new{number:02}" for number in range(25)]) == ids(
        tmp_path / "all.jsonl"
    )


def test_deleted_but_listed(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """A conversation that stays listed and has no messages does not count as new again and again."""
    raia_mock.seed(conversations=[{**each, "updatedAt": moment(0)} for each in conversations(5)])
    raia_mock.faults.add("status", path="/external/conversations/c4/messages", status=404, times=None)

    assert 4 == export(raia_mock.client(), tmp_path / "all.jsonl", page_size=2).rows


def test_deleted_before_its_messages(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """What is deleted between being listed and being read is left out, and counted."""
    raia_mock.seed(conversations=conversations(5, messages=1))
    raia_mock.faults.add("status", operation="list_messages", status=404)
    exported = export(raia_mock.client(), tmp_path / "all.jsonl", concurrency=1)

    assert (4, 1) == (exported.rows, exported.gone)
    assert ["c1", "c2", "c3", "c4"] == ids(tmp_path / "all.jsonl")


def test_failure(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """A vendor that fails ends the run; the error says what is kept, and the same export goes on."""
    raia_mock.seed(conversations=conversations(12, messages=1))
    client = raia_mock.client(retry=causerie.Retry(attempts=1))
    raia_mock.faults.add("status", path="/external/conversations/c7/messages", status=500)
    with pytest.raises(causerie.ServerError) as caught:
        export(client, tmp_path / "all.jsonl", page_size=5, concurrency=1)
    export(client, tmp_path / "all.jsonl", page_size=5)

    assert ["all.jsonl.part keeps 5 conversations: export again to go on from there"] == caught.value.__notes__
    assert 12 == len(read(tmp_path / "all.jsonl"))


def test_what_the_vendor_cannot_show(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """A conversation whose messages fail each time is kept without them and named; the others are whole."""
    raia_mock.seed(conversations=conversations(12, messages=1))
    raia_mock.faults.add("status", path="/external/conversations/c7/messages", status=500, times=2)
    client = raia_mock.client(retry=causerie.Retry(attempts=2, wait_initial=0))
    exported = export(client, tmp_path / "all.jsonl", page_size=5)
    messages = {row["id"]: len(row["messages"]) for row in read(tmp_path / "all.jsonl")}

    assert ("c7",) == exported.unreadable
    assert {**dict.fromkeys(messages, 1), "c7": 0} == messages


@pytest.mark.parametrize("format_", FORMATS)
def test_update(raia_mock: RaiaMock, tmp_path: Path, format_: str) -> None:
    """An export that is brought up to date is what a whole one would be, and asks only for what has changed."""
    raia_mock.seed(conversations=conversations(20, messages=1))
    client = raia_mock.client()
    target, whole = tmp_path / f"all.{format_}", tmp_path / f"whole.{format_}"
    export(client, target)
    client.conversations.create("u1", title="New")
    client.conversations.update("c3", title="Changed")
    client.messages.send("c3", "More")
    before = len(raia_mock.requests)
    exported = export(client, target, since="last")
    requests = len(raia_mock.requests) - before
    export(client, whole)

    assert read(whole) == read(target)
    assert format_.startswith("jsonl") or read_messages(whole) == read_messages(target)
    # The last two of the first export changed at once: they are asked for again.
    assert (21, 4, 5) == (exported.rows, exported.read, requests)


def test_since(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """An export since a time has only what has changed then or later."""
    raia_mock.seed(conversations=conversations(10))
    exported = export(raia_mock.client(), tmp_path / "new.jsonl", since=BEGIN + timedelta(seconds=4))
    exported_later = export(raia_mock.client(), tmp_path / "none.jsonl", since=BEGIN + timedelta(days=1))

    assert ["c8", "c9"] == ids(tmp_path / "new.jsonl")
    assert BEGIN + timedelta(seconds=4) == exported.newest
    assert (0, BEGIN + timedelta(days=1)) == (exported_later.rows, exported_later.newest)


def sloppy_raia(rows: list[dict[str, Any]]) -> causerie.Raia:
    """Make a client of a server that orders and filters nothing, and shows no totals."""

    def answer(request: httpx.Request) -> httpx.Response:
        page, size = int(request.url.params["page"]), int(request.url.params["pageSize"])
        shown = rows[(page - 1) * size : page * size]
        return httpx.Response(200, json={"currentPage": page, "hasNextPage": page * size < len(rows), "data": shown})

    return causerie.Raia("the-secret", base_url="http://raia.test", transport=Vendor(answer))


@pytest.mark.parametrize("size", [1, 3, 100])
@pytest.mark.parametrize(
    "dates",
    [
        [moment(second) for second in range(10)],
        [moment(-second) for second in range(10)],
        [moment(second) for second in (5, 3, 8, 1, 9, 2, 2, 0, 4, 7)],
        [moment(0)] * 10,
        ["2024-01-01T00:00:00", None, 7, "yesterday", "2024-01-02", True, [], 1e300, "", moment(0)],
    ],
    ids=["ascending", "descending", "neither", "at once", "no dates"],
)
def test_server_that_does_as_it_likes(tmp_path: Path, dates: list[Any], size: int) -> None:
    """Even a server that neither orders nor filters loses nothing."""
    seen: list[Progress] = []
    rows = [{"id": f"c{number}", "updatedAt": date} for number, date in enumerate(dates)]
    export(sloppy_raia(rows), tmp_path / "all.jsonl", messages=False, page_size=size, on_progress=seen.append)

    assert rows == read(tmp_path / "all.jsonl")
    assert (None if size < 10 else 10) == seen[0].total


def refused(target: Path, client: Any = None, **options: Any) -> str:
    """Return the message with which an export is refused."""
    with RaiaMock() as mock, pytest.raises(causerie.CauserieError) as caught:
        export(client or mock.client(), target, **options)
    return str(caught.value).replace(str(target.parent), "…")


@pytest.mark.parametrize("target", [None, 3, b"all.jsonl", "x\udcff.parquet", Path("\ud800.duckdb")])
def test_no_names(target: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A target that is no file name, or one that not every format can have, is refused and leaves nothing behind."""
    monkeypatch.chdir(tmp_path)
    with (
        RaiaMock() as mock,
        pytest.raises(causerie.ArgumentError, match=r"target: .* is not (the name of a file|UTF-8)"),
    ):
        export(mock.client(), target)

    assert [] == [*tmp_path.iterdir()]


def test_arguments(tmp_path: Path) -> None:
    """An argument that cannot be used is named, with what to do, before anything is sent or written."""
    convocore = causerie.Convocore("k", transport=Vendor(lambda _: httpx.Response(500)))
    formats = "jsonl, ndjson, jsonl.gz, ndjson.gz, jsonl.zst, ndjson.zst, csv, parquet, duckdb"

    assert [
        f"target: 'all.xlsx' does not end in a format; give one as format: {formats}",
        f"format: 'xlsx' is not a format: give one of {formats}",
        "target: '…' is not the name of a file",
        "target: '…/\\x00.jsonl' is not the name of a file",
        "page_size: 0 is not a number of conversations: give 1 to 10,000",
        "page_size: 10001 is not a number of conversations: give 1 to 10,000",
        "page_size: 2.5 is not a number of conversations: give 1 to 10,000",
        "concurrency: 0 is not a number of requests: give 1 or more",
        "concurrency: '8' is not a number of requests: give 1 or more",
        "agent_id: leave it out: a key of raia has one agent",
        "agent_id: give the id of the agent whose conversations are wanted",
        "agent_id: '..' is not an id: it would name another resource",
        "client: give a client of Convocore or raia, not Zild",
        "since: 'yesterday' is neither a datetime nor \"last\"",
        "since: datetime.datetime(2024, 1, 1, 0, 0) has no time zone; give one, for example datetime.now(UTC)",
        "since: there is no finished export …/all.jsonl with its all.jsonl.state.json; leave since out once",
    ] == [
        refused(tmp_path / "all.xlsx"),
        refused(tmp_path / "all.jsonl", format="xlsx"),
        refused(Path("/"), format="jsonl"),
        refused(tmp_path / "\0.jsonl"),
        refused(tmp_path / "all.jsonl", page_size=0),
        refused(tmp_path / "all.jsonl", page_size=10_001),
        refused(tmp_path / "all.jsonl", page_size=2.5),
        refused(tmp_path / "all.jsonl", concurrency=0),
        refused(tmp_path / "all.jsonl", concurrency="8"),
        refused(tmp_path / "all.jsonl", agent_id="a1"),
        refused(tmp_path / "all.jsonl", convocore),
        refused(tmp_path / "all.jsonl", convocore, agent_id=".."),
        refused(tmp_path / "all.jsonl", causerie.Zild("t", base_url="http://zild.test")),
        refused(tmp_path / "all.jsonl", since="yesterday"),
        refused(tmp_path / "all.jsonl", since=datetime(2024, 1, 1)),
        refused(tmp_path / "all.jsonl", since="last"),
    ]
    assert [] == files(tmp_path)


def test_unknown_option(tmp_path: Path) -> None:
    """An unknown option is a TypeError, as everywhere."""
    with pytest.raises(TypeError, match="unexpected keyword argument 'formt'"):
        export(causerie.Raia("k"), tmp_path / "all.jsonl", formt="jsonl")  # type: ignore[call-overload]


def test_target_is_there(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """A file that is there is replaced only when that is said."""
    target = tmp_path / "all.jsonl"
    target.write_text("mine")
    sentence = refused(target)
    kept = target.read_text()
    export(raia_mock.client(), target, overwrite=True)

    assert 'target: …/all.jsonl exists already; give overwrite=True, or update it with since="last"' == sentence
    assert "mine" == kept
    assert [] == read(target)


def test_folder(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """A folder is never replaced, and that is said before anything is asked for."""
    (tmp_path / "all.messages.parquet").mkdir()
    before = len(raia_mock.requests)

    assert "target: …/all.messages.parquet exists, and is not a file that can be replaced" == refused(
        tmp_path / "all.parquet", raia_mock.client(), overwrite=True
    )
    assert before == len(raia_mock.requests)
    assert ["all.messages.parquet"] == files(tmp_path)


def test_link(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """A link stays one: the export is where it leads to."""
    (tmp_path / "there").mkdir()
    (tmp_path / "all.jsonl").symlink_to(tmp_path / "there" / "real.jsonl")
    exported = export(raia_mock.client(), tmp_path / "all.jsonl")
    again = export(raia_mock.client(), tmp_path / "all.jsonl", since="last")

    assert tmp_path / "there" / "real.jsonl" == exported.path == again.path
    assert (tmp_path / "all.jsonl").is_symlink()
    assert ["real.jsonl", "real.jsonl.state.json"] == files(tmp_path / "there")


def test_long_name(tmp_path: Path) -> None:
    """A name that the system does not take is said in a sentence."""
    name = "x" * 300

    assert f"…/{name}.jsonl.part: {os.strerror(errno.ENAMETOOLONG)}" == refused(tmp_path / f"{name}.jsonl")


def test_target_came_meanwhile(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """What has come to the target's place since a run was killed is not replaced by its end."""
    raia_mock.seed(conversations=conversations(3))
    with pytest.raises(KeyboardInterrupt):
        export(raia_mock.client().with_options(on_request=killed_at(2)), tmp_path / "all.jsonl")
    (tmp_path / "all.jsonl").write_text("mine")

    assert "exists already" in refused(tmp_path / "all.jsonl", raia_mock.client())
    assert 3 == export(raia_mock.client(), tmp_path / "all.jsonl", overwrite=True).rows


def test_target_came_while_it_was_read(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """What comes to the target's place while a run reads is not replaced either; what was read is kept."""
    target = tmp_path / "all.jsonl"
    raia_mock.seed(conversations=conversations(3))
    sentence = refused(target, raia_mock.client(), on_progress=lambda _: target.write_text("mine"))
    kept = target.read_text()
    exported = export(raia_mock.client(), target, overwrite=True)

    assert "exists already" in sentence
    assert "mine" == kept
    assert 3 == exported.rows


def test_target_came_after_a_failure(raia_mock: RaiaMock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that failed before anything was in the target's place does not own what is there later."""
    target = tmp_path / "all.jsonl"
    raia_mock.seed(conversations=conversations(3))

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("causerie.export._files.write_lines", full)
        failed = refused(target, raia_mock.client())
    target.write_text("mine")

    assert "No space left" in failed
    assert "exists already" in refused(target, raia_mock.client())
    assert "mine" == target.read_text()


def test_another_export(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """What another export has left unfinished is thrown away only when that is said."""
    target = tmp_path / "all.jsonl"
    raia_mock.seed(conversations=conversations(3))
    with pytest.raises(KeyboardInterrupt):
        export(raia_mock.client().with_options(on_request=killed_at(3)), target, page_size=1)
    sentences = [
        refused(target, raia_mock.client(tenant=1)),
        refused(target, raia_mock.client(), since=BEGIN, messages=False),
        refused(target, causerie.Raia(raia_mock.credentials[0], base_url="http://other.test")),
    ]
    exported = export(raia_mock.client(tenant=1), target, overwrite=True)

    assert [
        f"target: …/all.jsonl.part keeps another export that is not finished: it differs in {what}; "
        "finish that one, or discard it with overwrite=True"
        for what in ("key", "messages, since", "address, key")
    ] == sentences
    assert 1 == exported.rows


def test_update_of_another_export(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """Only the export that is there is brought up to date, and only while it can be read."""
    target = tmp_path / "all.jsonl"
    raia_mock.seed(conversations=conversations(3))
    export(raia_mock.client(), target)
    other = refused(target, raia_mock.client(tenant=1), since="last")
    target.write_text("what is this?\n")
    damaged = refused(target, raia_mock.client(), since="last")
    target.write_text('{"id":"c0"}\n{"id":["c1"]}\n')
    odd = refused(target, raia_mock.client(), since="last")
    (tmp_path / "all.jsonl.part").unlink()
    target.unlink()
    missing = refused(target, raia_mock.client(), since="last")

    assert "since: …/all.jsonl is another export: it differs in key; leave it out, or change target" == other
    assert "…/all.jsonl: line 1 is not a conversation; export anew with overwrite=True" == damaged
    assert "…/all.jsonl: line 2 is not a conversation; export anew with overwrite=True" == odd
    assert (
        "since: there is no finished export …/all.jsonl with its all.jsonl.state.json; leave since out once" == missing
    )


def test_running(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """Two runs to one target do not mix."""
    sentences: list[str] = []

    def again(_: Progress) -> None:
        sentences.append(refused(tmp_path / "all.jsonl"))

    export(raia_mock.client(), tmp_path / "all.jsonl", on_progress=again)

    assert {"…/all.jsonl.part: another run writes this export just now"} == set(sentences)


def test_running_to_its_end(raia_mock: RaiaMock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is at its end is not gone on with by another, up to the moment when nothing is left of it."""
    unlink, sentences = Path.unlink, list[str]()

    def again(path: Path, *, missing_ok: bool = False) -> None:
        if path.suffix == ".part":
            sentences.append(refused(tmp_path / "all.jsonl"))
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", again)
    export(raia_mock.client(), tmp_path / "all.jsonl")

    assert ["…/all.jsonl.part: another run writes this export just now"] == sentences
    assert ["all.jsonl", "all.jsonl.state.json"] == files(tmp_path)


def test_next_run_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that begins the moment another has ended loses nothing to it, and nothing when it is killed."""
    path, unlink = tmp_path / "all.jsonl.part", Path.unlink
    following: list[Stage] = []
    found: list[object] = []

    def begin(removed: Path) -> None:
        unlink(removed)
        following.append(Stage(removed))
        found.append(following[0].about())
        following[0].begin({"run": 2}, Checkpoint({}, ""))

    with Stage(path) as stage:
        stage.begin({"run": 1}, Checkpoint({}, ""))
        with monkeypatch.context() as patch:
            patch.setattr(Path, "unlink", begin)
            stage.remove()
    shutil.copytree(tmp_path, tmp_path / "killed")
    following[0].remove()
    with Stage(tmp_path / "killed" / path.name) as stage:
        about = stage.about()

    assert [None, {"run": 2}] == [*found, about]


def test_open_files_that_stay(raia_mock: RaiaMock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing that is open can be removed, as on Windows, it is closed first."""
    unlink, refusals = Path.unlink, iter([PermissionError])

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        for refusal in refusals:
            raise refusal
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr("causerie.export._stage.Path.unlink", refuse)
    export(raia_mock.client(), tmp_path / "all.jsonl")

    assert ["all.jsonl", "all.jsonl.state.json"] == files(tmp_path)


def test_defect_of_sqlite(tmp_path: Path) -> None:
    """An error of Python's own SQLite module, which has no code, is a sentence, too."""
    with Stage(tmp_path / "all.part") as stage:
        stage.begin({}, Checkpoint({}, ""))
    with pytest.raises(causerie.export.ExportError, match=r"all\.part: Cannot operate on a closed database"):
        stage.add([], stage.checkpoint)


def test_not_ours(tmp_path: Path) -> None:
    """A file of somebody else is left alone."""
    (tmp_path / "text.jsonl.part").write_text("half of a download")
    with sqlite3.connect(tmp_path / "database.jsonl.part") as database:
        database.execute("CREATE TABLE precious (id)")
    database.close()

    for name in ("text", "database"):
        assert f"…/{name}.jsonl.part: this is no unfinished export, but where one would be; move it away" == refused(
            tmp_path / f"{name}.jsonl"
        )


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is said before anything is asked for."""
    assert "…/all.jsonl.part: it cannot be written: its folder has to be there and to be writable" == refused(
        tmp_path / "missing" / "all.jsonl"
    ).replace("/missing", "")


def test_full_disk_while_reading(raia_mock: RaiaMock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full ends the run; with space again, the same export goes on."""
    raia_mock.seed(conversations=[{**each, "title": "x" * 1000} for each in conversations(50)])
    opened = Stage._open

    def small(stage: Stage) -> None:
        opened(stage)
        stage._database.execute("PRAGMA max_page_count = 8")

    with monkeypatch.context() as patch:
        patch.setattr(Stage, "_open", small)
        sentence = refused(tmp_path / "all.jsonl", raia_mock.client(), page_size=10)
    exported = export(raia_mock.client(), tmp_path / "all.jsonl", page_size=10)

    assert "…/all.jsonl.part: no space is left; make some, and the same export goes on where it stopped" == sentence
    assert 50 == exported.rows


@pytest.mark.parametrize("format_", ALL)
def test_full_disk_while_writing(
    raia_mock: RaiaMock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    """An export that has no room in the end leaves the target as it was."""
    target = tmp_path / f"all.{format_}"

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    raia_mock.seed(conversations=conversations(3))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        sentence = refused(target, raia_mock.client())
    left = files(tmp_path)
    exported = export(raia_mock.client(), target)

    assert f"…/all.{format_}: No space left on device" == sentence
    assert [f"all.{format_}.part"] == left
    assert 3 == exported.rows


def test_duckdb_fails(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """What DuckDB refuses is said, and what was read is kept."""
    raia_mock.seed(conversations=conversations(3))
    export(raia_mock.client(), tmp_path / "all.duckdb")
    (tmp_path / "all.duckdb").write_bytes(b"damaged" * 1000)

    assert "DuckDB could not write all.duckdb: " in refused(tmp_path / "all.duckdb", raia_mock.client(), since="last")
    assert ["all.duckdb", "all.duckdb.part", "all.duckdb.state.json"] == files(tmp_path)


def test_open_database(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """A database with changes that are not in it yet is not replaced: they would be read into the new one."""
    (tmp_path / "all.duckdb.wal").write_bytes(b"changes")

    assert "…/all.duckdb is open in DuckDB, or was not closed there: all.duckdb.wal belongs to it" == refused(
        tmp_path / "all.duckdb", raia_mock.client()
    )


def test_duckdb_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, JSON Lines work, and the rest says what to install."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with RaiaMock() as mock:
        exported = export(mock.client(), tmp_path / "all.jsonl")

    assert 2 == exported.rows
    assert 'format: DuckDB is not installed: in a checkout of Causerie, pip install ".[export]"' == refused(
        tmp_path / "all.parquet"
    )


def test_no_id(tmp_path: Path) -> None:
    """A conversation without an id cannot be told apart from others: that is an error, so that none is lost."""
    assert "raia lists a conversation whose id is None: it cannot be distinguished from others" == refused(
        tmp_path / "all.jsonl", sloppy_raia([{"title": "?"}])
    )


def test_secret(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """No file holds the credential."""
    raia_mock.seed(conversations=conversations(3))
    with pytest.raises(KeyboardInterrupt):
        export(raia_mock.client().with_options(on_request=killed_at(2)), tmp_path / "all.jsonl")
    during = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    export(raia_mock.client(), tmp_path / "all.jsonl")
    after = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert b"/external" not in during
    assert raia_mock.credentials[0].encode() not in during + after


def test_odd_path(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """Names that mean something to DuckDB are names of files."""
    raia_mock.seed(conversations=conversations(3))
    folder = tmp_path / "it's [all] {of} *" / "year=2024"
    folder.mkdir(parents=True)
    for format_ in FORMATS:
        export(raia_mock.client(), folder / f"a'*[b].{format_}")
        exported = export(raia_mock.client(), folder / f"a'*[b].{format_}", since="last")

        assert 3 == exported.rows


def test_no_folders(raia_mock: RaiaMock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a folder cannot be opened, as on Windows, a file is put in its place all the same."""
    monkeypatch.delattr(os, "O_DIRECTORY")

    assert 0 == export(raia_mock.client(), tmp_path / "all.jsonl").rows
