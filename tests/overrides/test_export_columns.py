"""The columns of an export: their types, and that no value gets lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from causerie.convocore._export import ConvocoreSource
from causerie.export import _files
from causerie.export._columns import REST, Columns
from causerie.export._files import write
from causerie.export._sources import Wanted
from causerie.export._stage import Checkpoint, Row, Stage
from causerie.raia._export import RaiaSource
from causerie_api.convocore import models as convocore
from causerie_api.raia import models as raia

CONVERSATION = Columns(raia.Conversation)
LEAD = Columns(convocore.Conversation)

#: What is read of JSON: whole numbers of 64 bits, among them some that are no double, and text of every character.
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.sampled_from([2**53 + 1, -(2**53) - 1, 2**63, 2**64 - 1])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.sampled_from(["2024-01-01T12:00:00.123456+02:00", "0001-01-01T00:00:00+14:00", "24:00", 1699999999]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def test_types() -> None:
    """A column has the type of its field; what has several parts is JSON."""
    types, lead = CONVERSATION.types, LEAD.types

    assert {
        "id": "VARCHAR",
        "createdAt": "TIMESTAMP",
        "isAnonymized": "BOOLEAN",
        "score": "DOUBLE",
        "mode": "VARCHAR",
        "user": "JSON",
        "feedbacks": "JSON",
        "metadata": "JSON",
        REST: "JSON",
    }.items() <= types.items()
    assert {
        "ID": "VARCHAR",
        "ts": "TIMESTAMP",
        "messagesNum": "BIGINT",
        "tags": "VARCHAR[]",
        "state": "VARCHAR",
        "origin": "JSON",
        "sessions": "JSON",
    }.items() <= lead.items()


@pytest.mark.parametrize("model", [raia.Conversation, raia.ConversationMessage, convocore.Conversation])
def test_names(model: Any) -> None:
    """Every field is a column, and no two are the same to SQL, which does not tell capitals."""
    types = Columns(model).types

    assert [*model._by_key, REST] == list(types)
    assert len(types) == len({name.lower() for name in types})


@pytest.mark.parametrize(
    ("key", "value", "cell"),
    [
        ("createdAt", "2024-01-01T02:00:00.5+02:00", "2024-01-01 00:00:00.500000"),
        ("createdAt", "2024-01-01T00:00:00", "2024-01-01 00:00:00"),
        ("score", 4, 4),
        ("score", 2**53, 2**53),
        ("score", 4.5, 4.5),
        ("score", None, None),
        ("mode", "a mode of tomorrow", "a mode of tomorrow"),
        ("user", {"id": "u"}, {"id": "u"}),
    ],
)
def test_cell(key: str, value: Any, cell: Any) -> None:
    """What fits stands in its column."""
    assert {key: cell} == CONVERSATION.row({key: value})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("createdAt", "yesterday"),
        ("createdAt", 1699999999),
        ("createdAt", "0001-01-01T00:00:00+14:00"),
        ("isAnonymized", 1),
        ("score", True),
        ("score", 2**53 + 1),
        ("score", 10**400),
        ("score", "4"),
        ("title", 7),
        ("unknown", "news"),
        ("unknown", None),
        (REST, {"the vendor's own": 1}),
    ],
)
def test_misfit(key: str, value: Any) -> None:
    """What does not fit stands with what is not known."""
    assert {REST: {key: value}} == CONVERSATION.row({key: value})


@pytest.mark.parametrize(
    ("key", "value", "cell"),
    [
        ("ts", 1699999999, "2023-11-14 22:13:19"),
        ("messagesNum", 5.0, 5),
        ("tags", ["a", None], ["a", None]),
    ],
)
def test_lead(key: str, value: Any, cell: Any) -> None:
    """Unix seconds are times, and whole numbers whole."""
    assert {key: cell} == LEAD.row({key: value})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ts", True),
        ("ts", 10**17),
        ("ts", "1699999999"),
        ("messagesNum", 5.5),
        ("messagesNum", 2**63),
        ("messagesNum", "5"),
        ("tags", ["a", 1]),
        ("tags", "a"),
    ],
)
def test_lead_misfit(key: str, value: Any) -> None:
    """What is no Unix time in either unit, and text in place of a number, is kept beside the columns."""
    assert {REST: {key: value}} == LEAD.row({key: value})


def written(folder: Path, rows: list[dict[str, Any]], format_: Any, source: Any) -> list[dict[str, Any]]:
    """Return the rows as a file of this format has them."""
    target = folder / f"all.{format_}"
    with Stage(folder / "stage") as stage:
        stage.begin({}, Checkpoint({}, ""))
        stage.add([Row(str(number), "", orjson.dumps(row)) for number, row in enumerate(rows)], stage.checkpoint)
        write(stage, target, format_, source, lambda: None, is_update=False)
        stage.remove()
    with duckdb.connect(str(target) if format_ == "duckdb" else ":memory:") as database:
        found = database.execute("FROM conversations" if format_ == "duckdb" else f"FROM '{target}'")
        names = [name for name, *_ in found.description or ()]
        cells = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    target.unlink()
    return cells


def restored(cells: dict[str, Any], types: dict[str, str]) -> dict[str, Any]:
    """Restore a row's JSON from its cells."""
    rest = orjson.loads(cells.get(REST) or "{}")
    values = {key: value for key, value in cells.items() if key != REST and value is not None}
    for key, value in values.items():
        if types[key] == "JSON":
            values[key] = orjson.loads(value)
        elif isinstance(value, datetime):
            values[key] = value.replace(tzinfo=UTC)
    return values | rest


@settings(max_examples=6)
@example([{"ratingFrom5": 2**53 + 1, "messagesNum": 2**63, "ts": 2**53, "userName": 2**64 - 1}])
@example([{"ts": 10**11 - 1}, {"ts": 10**11}, {"ts": 1699999999001}, {"ts": -(10**11)}])
@given(st.lists(st.dictionaries(st.sampled_from([*LEAD.types, "unknown"]), JSON, max_size=20), min_size=5, max_size=20))
def test_nothing_is_lost(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]) -> None:
    """Whatever a vendor sends, a file with typed columns holds it, though times as times and no nulls."""
    source = ConvocoreSource(None, "a1", Wanted(messages=False))
    cells = written(tmp_path_factory.mktemp("rows"), rows, "duckdb", source)
    fields = LEAD.types.keys() - {REST}
    expected = [{key: value for key, value in row.items() if value is not None or key not in fields} for row in rows]
    for row in expected:
        for key, value in row.items():
            if LEAD.types.get(key) == "TIMESTAMP" and key in LEAD.row({key: value}):
                unit = timedelta(milliseconds=1) if abs(value) >= 10**11 else timedelta(seconds=1)
                row[key] = datetime(1970, 1, 1, tzinfo=UTC) + value * unit

    assert expected == [restored(row, LEAD.types) for row in cells]


def test_large_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that need more memory than is taken at first are written all the same."""
    monkeypatch.setattr("causerie.export._files._MEMORY", "8MB")
    rows = [{"id": str(number), "title": "x" * 1_000_000, "messages": []} for number in range(8)]
    cells = written(tmp_path, rows, "parquet", RaiaSource(None, Wanted()))

    assert [1_000_000] * 8 == [len(row["title"]) for row in cells]


def test_no_second_bar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB shows no progress of its own, which it does by itself in notebooks and in `python -c`."""
    connect, number = duckdb.connect, _files._number
    shown = []

    def interactive(*target: str, **options: Any) -> duckdb.DuckDBPyConnection:
        database = connect(*target, **options)
        database.execute("SET enable_progress_bar = true")
        return database

    def looked(database: duckdb.DuckDBPyConnection) -> int:
        rows = number(database)
        shown.append(database.execute("SELECT current_setting('enable_progress_bar')").fetchall())
        return rows

    monkeypatch.setattr(duckdb, "connect", interactive)
    monkeypatch.setattr(_files, "_number", looked)
    written(tmp_path, [], "parquet", RaiaSource(None, Wanted()))

    assert [[(False,)]] == shown
