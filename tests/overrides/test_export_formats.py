"""The formats of an export beside JSON Lines, Parquet and DuckDB: other names, gzip, and CSV for spreadsheets."""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import attrs
import duckdb
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from causerie.convocore._export import ConvocoreSource
from causerie.export import ExportError, export
from causerie.export._columns import Columns
from causerie.export._csv import sheet
from causerie.export._files import write
from causerie.export._formats import FORMATS, zstd_module
from causerie.export._sources import Wanted
from causerie.export._stage import Checkpoint, Row, Stage
from causerie.raia._export import RaiaSource
from causerie.testing import RaiaMock
from causerie_api.jsonvalue import printable

from .test_export import conversations, files, ids, raia_mock, read, refused

__all__ = ["raia_mock"]

FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def cells(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a sheet."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [*csv.DictReader(file)]


def written(folder: Path, rows: list[dict[str, Any]], source: Any) -> Path:
    """Write a sheet with these rows and return its path."""
    target = folder / "all.csv"
    with Stage(folder / "stage") as stage:
        stage.begin({}, Checkpoint({}, ""))
        stage.add([Row(str(number), "", orjson.dumps(row)) for number, row in enumerate(rows)], stage.checkpoint)
        write(stage, target, "csv", source, lambda: None, is_update=False)
        stage.remove()
    return target


@pytest.mark.parametrize("name", [f"all.{format_}" for format_ in FORMATS] + ["ALL.JSONL.GZ", "my.jsonl.csv"])
def test_names(raia_mock: RaiaMock, tmp_path: Path, name: str) -> None:
    """Every format is known by the end of a name, in capitals too; the last one counts."""
    raia_mock.seed(conversations=conversations(3))

    assert 3 == export(raia_mock.client(), tmp_path / name, messages=False).rows
    assert [name, f"{name}.state.json"] == files(tmp_path)


@pytest.mark.parametrize("name", [f".{format_}" for format_ in FORMATS] + ["jsonl", "all.gz", "alljsonl", "all.jsonl."])
def test_names_without_an_ending(raia_mock: RaiaMock, tmp_path: Path, name: str) -> None:
    """A name without a known ending is refused: a hidden file has no ending, and gzip alone is not a format."""
    sentence = f"target: {name!r} does not end in a format; give one as format: {', '.join(FORMATS)}"

    assert sentence == refused(tmp_path / name, raia_mock.client())


@pytest.mark.parametrize("one", ["jsonl", "jsonl.gz", "jsonl.zst"])
def test_other_names(raia_mock: RaiaMock, tmp_path: Path, one: str) -> None:
    """Two names of one format are the same export: what was begun under one is gone on with under the other."""
    other = one.replace("jsonl", "ndjson")
    raia_mock.seed(conversations=conversations(3, messages=1))
    client, target = raia_mock.client(), tmp_path / "all"
    export(client, target, format=one)  # type: ignore[arg-type]
    before = target.read_bytes()
    updated = export(client, target, format=other, since="last")  # type: ignore[arg-type]

    assert (3, before) == (updated.rows, target.read_bytes())


@attrs.frozen
class Packer:
    """What packs lines."""

    ending: str
    title: str
    pack: Callable[[bytes], bytes]
    unpack: Callable[[bytes], bytes]


PACKERS = [
    Packer("gz", "gzip", gzip.compress, gzip.decompress),
    Packer("zst", "Zstandard", zstd_module().compress, zstd_module().decompress),
]


@pytest.fixture(params=PACKERS, ids=lambda packer: packer.ending)
def packer(request: pytest.FixtureRequest) -> Packer:
    found: Packer = request.param
    return found


def test_packed(raia_mock: RaiaMock, tmp_path: Path, packer: Packer) -> None:
    """A packed file is the plain one, and the same conversations are the same bytes."""
    raia_mock.seed(conversations=conversations(5, messages=2))
    names = ["all.jsonl", f"one.jsonl.{packer.ending}", f"two.ndjson.{packer.ending}"]
    for name in names:
        export(raia_mock.client(), tmp_path / name)
    plain, one, two = ((tmp_path / name).read_bytes() for name in names)

    assert plain == packer.unpack(one)
    assert one == two


@pytest.mark.parametrize(
    "damage",
    [
        lambda packed, _: b"nothing packed",
        lambda packed, packer: packer.unpack(packed),
        lambda packed, _: packed[:-9],
        lambda packed, _: packed[:12] + bytes(20) + packed[32:],
        lambda packed, _: packed[:-3] + bytes(3),
        lambda packed, _: packed + b"something else",
    ],
    ids=["other", "plain", "cut", "damaged", "end", "more"],
)
def test_damaged_packing(raia_mock: RaiaMock, tmp_path: Path, packer: Packer, damage: Any) -> None:
    """A packed file that cannot be read is named with what to do, and stays."""
    raia_mock.seed(conversations=conversations(5))
    name = f"all.jsonl.{packer.ending}"
    target = tmp_path / name
    export(raia_mock.client(), target)
    target.write_bytes(damage(target.read_bytes(), packer))
    before = target.read_bytes()

    assert f"…/{name} is damaged, or not packed with {packer.title}; export anew with overwrite=True" == refused(
        target, raia_mock.client(), since="last"
    )
    assert before == target.read_bytes()


def test_packed_line_of_others(raia_mock: RaiaMock, tmp_path: Path, packer: Packer) -> None:
    """A line that is no conversation is named by its number."""
    target = tmp_path / f"all.jsonl.{packer.ending}"
    export(raia_mock.client(), target)
    target.write_bytes(packer.pack(b"what is this?\n"))
    with pytest.raises(ExportError, match=r"line 1 is not a conversation; export anew with overwrite=True"):
        export(raia_mock.client(), target, since="last")


def test_zstd_is_missing(raia_mock: RaiaMock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, and without Python's own, it says what to install."""
    monkeypatch.setitem(sys.modules, zstd_module().__name__, None)

    assert 'format: Zstandard is not installed: in a checkout of Causerie, pip install ".[export]"' == refused(
        tmp_path / "all.jsonl.zst", raia_mock.client()
    )


def test_csv(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """Times have a zone, nested values are JSON, and messages are in a file of their own."""
    raia_mock.seed(conversations=conversations(5, messages=2))
    exported = export(raia_mock.client(), tmp_path / "all.csv")
    row = cells(tmp_path / "all.csv")[4]
    message = cells(tmp_path / "all.messages.csv")[9]

    assert 5 == exported.rows
    assert ("c4", "Number 4", "2024-01-01T00:00:02Z") == (row["id"], row["title"], row["updatedAt"])
    assert "Unknown" == orjson.loads(row["user"])["firstName"]
    assert "" == row["additionalProperties"]
    assert ("c4m1", "c4", "Hello") == (message["id"], message["conversationId"], message["message"])
    assert datetime.fromisoformat(message["createdAt"]).tzinfo is not None
    assert ["all.csv", "all.csv.state.json", "all.messages.csv"] == files(tmp_path)


def test_csv_without_messages(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """Without messages there is one file."""
    raia_mock.seed(conversations=conversations(2, messages=1))
    export(raia_mock.client(), tmp_path / "all.csv", messages=False)

    assert ["all.csv", "all.csv.state.json"] == files(tmp_path)
    assert ["c0", "c1"] == ids(tmp_path / "all.csv")
    assert "messages" not in read(tmp_path / "all.csv")[0]


def test_csv_of_excel(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """A byte order mark tells Excel the encoding, and lines end as RFC 4180 says."""
    raia_mock.seed(conversations=[{"id": "ü", "title": 'Grüße, «你好»\nsays "hello"'}])
    export(raia_mock.client(), tmp_path / "all.csv", messages=False)
    content = (tmp_path / "all.csv").read_bytes()

    assert content.startswith(b"\xef\xbb\xbfid,")
    assert content.endswith(b"\r\n")
    assert 2 == content.count(b"\r\n")
    assert 'Grüße, «你好»\nsays "hello"' == cells(tmp_path / "all.csv")[0]["title"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("\uff1d1", "'\uff1d1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_formula(tmp_path: Path, text: str, cell: str) -> None:
    """A text that a spreadsheet would calculate begins with an apostrophe, in conversations and in messages."""
    row = {"id": text, "title": text, "messages": [{"id": text, "message": text}]}
    target = written(tmp_path, [row], RaiaSource(None, Wanted()))
    (conversation,), (message,) = cells(target), cells(tmp_path / "all.messages.csv")

    assert [cell] * 2 == [conversation["id"], conversation["title"]]
    assert [cell] * 3 == [message["id"], message["message"], message["conversationId"]]


def test_cells(tmp_path: Path) -> None:
    """Numbers, negative ones too, and true and false are what they are; what is nested or misplaced is JSON."""
    row = {
        "id": "c",
        "score": -4.5,
        "isAnonymized": True,
        "createdAt": "2024-01-01T02:00:00.5+02:00",
        "updatedAt": "=yesterday",
        "user": {"firstName": "=1"},
        "metadata": None,
        "\x00": "=1",
    }
    (found,) = cells(written(tmp_path, [row], RaiaSource(None, Wanted(messages=False))))

    assert ("-4.5", "true", "2024-01-01T00:00:00.500000Z") == (
        found["score"],
        found["isAnonymized"],
        found["createdAt"],
    )
    assert ('{"firstName":"=1"}', "", "") == (found["user"], found["metadata"], found["updatedAt"])
    assert {"updatedAt": "=yesterday", "\x00": "=1"} == orjson.loads(found["additionalProperties"])


def test_lists(tmp_path: Path) -> None:
    """A list of texts is JSON, of which none is a formula; and a Unix time is a time."""
    row = {"ID": "c", "tags": ["=1", "b"], "ts": 1699999999}
    (found,) = cells(written(tmp_path, [row], ConvocoreSource(None, "a1", Wanted(messages=False))))

    assert ('["=1","b"]', "2023-11-14T22:13:19Z") == (found["tags"], found["ts"])


@settings(max_examples=50)
@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_text(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """Any text comes back once the apostrophe is taken away, half an emoji as U+FFFD, and no cell is a formula."""
    source = RaiaSource(None, Wanted(messages=False))
    file = tmp_path_factory.mktemp("sheet") / "all.csv"
    with sheet(file, Columns(source.model)) as add:
        for text in texts:
            add({"id": "c", "title": text})
    found = [row["title"] for row in cells(file)]

    assert [] == [cell for cell in found if FORMULA.match(cell) and not cell.startswith("'")]
    assert [printable(text) for text in texts] == [cell[1:] if FORMULA.match(cell) else cell for cell in found]


def test_csv_is_not_brought_up_to_date(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """A sheet may have been changed by a spreadsheet: it is written anew, and nothing is sent before that is said."""
    raia_mock.seed(conversations=conversations(2))
    export(raia_mock.client(), tmp_path / "all.csv")
    before = len(raia_mock.requests)
    sentence = refused(tmp_path / "all.csv", raia_mock.client(), since="last")
    requests = len(raia_mock.requests) - before
    exported = export(raia_mock.client(), tmp_path / "all.csv", overwrite=True)

    assert (
        "since: CSV is written anew each time, for a spreadsheet may have changed what is there: leave it out and give "
        "overwrite=True, or take jsonl, ndjson, jsonl.gz, ndjson.gz, jsonl.zst, ndjson.zst, parquet, duckdb"
    ) == sentence
    assert (0, 2) == (requests, exported.rows)


def test_csv_elsewhere(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """DuckDB reads a sheet back, with its times."""
    raia_mock.seed(conversations=conversations(3))
    export(raia_mock.client(), tmp_path / "all.csv", messages=False)
    with duckdb.connect() as database:
        found = database.execute(f"SELECT id, epoch(updatedAt) FROM '{tmp_path / 'all.csv'}' ORDER BY id").fetchall()

    assert [("c0", 1704067200), ("c1", 1704067200), ("c2", 1704067201)] == found


def types(path: Path) -> dict[str, str]:
    """Return the types of a Parquet file's columns."""
    with duckdb.connect() as database:
        return {name: type_ for name, type_, *_ in database.execute(f"DESCRIBE FROM '{path}'").fetchall()}


def test_parquet_elsewhere(raia_mock: RaiaMock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every reader of Parquet takes times for times in UTC, and JSON for text, wherever the file was made."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    raia_mock.seed(conversations=conversations(3, messages=1))
    export(raia_mock.client(), tmp_path / "all.parquet")
    found, of_messages = types(tmp_path / "all.parquet"), types(tmp_path / "all.messages.parquet")
    with duckdb.connect() as database:
        query = f"SELECT id, epoch(updatedAt), \"user\"->>'firstName' FROM '{tmp_path / 'all.parquet'}' ORDER BY id"
        rows = database.execute(query).fetchall()

    assert {"TIMESTAMP WITH TIME ZONE"} == {found["createdAt"], found["updatedAt"], of_messages["createdAt"]}
    assert ["VARCHAR"] * 3 == [found[name] for name in ("user", "metadata", "additionalProperties")]
    assert set() == {"JSON", "TIMESTAMP"} & {*found.values(), *of_messages.values()}
    assert [(f"c{number}", 1704067200 + number // 2, "Unknown") for number in range(3)] == rows


def test_parquet_of_an_earlier_version(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """A file whose times have no zone is brought up to date, and they get theirs."""
    raia_mock.seed(conversations=conversations(5, messages=1))
    client, target = raia_mock.client(), tmp_path / "all.parquet"
    export(client, target)
    for file in (target, tmp_path / "all.messages.parquet"):
        with duckdb.connect() as database:
            casts = [
                f'"{name}" AT TIME ZONE \'UTC\' AS "{name}"' for name, type_ in types(file).items() if "ZONE" in type_
            ]
            database.execute(f"CREATE TABLE rows AS SELECT * REPLACE ({', '.join(casts)}) FROM '{file}'")
            names = [name for name in ("user", "metadata") if name in types(file)]
            for name in names:
                database.execute(f'ALTER TABLE rows ALTER "{name}" TYPE JSON')
            database.execute(f"COPY rows TO '{file}'")
    earlier = {*types(target).values()}
    raia_mock.clock.advance(60)
    client.conversations.update("c3", title="Changed")
    exported = export(client, target, since="last")
    export(client, tmp_path / "whole.parquet")

    assert {"TIMESTAMP", "JSON"} <= earlier
    assert 5 == exported.rows
    assert types(tmp_path / "whole.parquet") == types(target)
    assert read(tmp_path / "whole.parquet") == read(target)
