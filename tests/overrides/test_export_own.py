"""Exports touch only what they have made, and go on only with what they have written."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import httpx
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import causerie
from causerie import _disk
from causerie.export import ExportError, export
from causerie.export._errors import explained
from causerie.export._stage import Checkpoint, Row, Stage
from causerie.export._trace import mark_of

from .conftest import Vendor

FORMATS = ["jsonl", "parquet", "duckdb"]
NUMBER = 40
DAMAGED = "it is damaged: remove it to read everything anew"
OTHER = "another version of Causerie has left it (form 9, and this one reads 2)"
ANEW = "export anew, to another target or with overwrite=True"
REFERS = "CREATE TABLE f (c VARCHAR REFERENCES conversations (id))"
COLUMNS = "…/all.duckdb has columns in its {} that this export does not write: {}. "
DEPENDS = "…/all.duckdb cannot be updated because of what depends on its tables: "
LOST = "They would be lost: keep them in a table of their own, or export anew to another target"


def client(day: int = 1, number: int = NUMBER) -> causerie.Raia:
    """Make a client of a raia with so many conversations of that day, and a message in each."""
    rows = [{"id": f"c{each}", "title": f"{day} " * each, "updatedAt": f"2024-01-0{day}"} for each in range(number)]

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/messages"):
            return httpx.Response(200, json={"messages": [{"id": "m", "message": f"of day {day}"}]})
        page, size = int(request.url.params["page"]), int(request.url.params["pageSize"])
        shown = rows[(page - 1) * size : page * size]
        return httpx.Response(200, json={"currentPage": page, "hasNextPage": page * size < len(rows), "data": shown})

    return causerie.Raia("the-secret", base_url="http://raia.test", transport=Vendor(answer))


def rows(target: Path) -> list[bytes]:
    return sorted(target.read_bytes().splitlines())


def refused(target: Path, **options: Any) -> str:
    """Return the message with which an export is refused."""
    with pytest.raises(causerie.CauserieError) as caught:
        export(client(), target, **options)
    return str(caught.value).replace(str(target.parent), "…")


class Stop(Exception):
    """What ends a run half-way."""


def stop(_: object) -> None:
    raise Stop


def seen(path: Path) -> dict[str, Any]:
    """Return everything that is there, and what it is."""
    found = {}
    for each in sorted(path.rglob("*")):
        what = each.lstat()
        held = each.readlink() if each.is_symlink() else each.read_bytes() if each.is_file() else None
        found[str(each.relative_to(path))] = (what.st_ino, what.st_mode, held)
    return found


def remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink()


def place_folder(place: Path, _: Path) -> None:
    place.mkdir()


def place_full_folder(place: Path, _: Path) -> None:
    place.mkdir()
    (place / "precious").write_text("mine")


KINDS: dict[str, Callable[[Path, Path], object]] = {
    "file": lambda place, _: place.write_text("mine"),
    "empty file": lambda place, _: place.touch(),
    "folder": place_folder,
    "full folder": place_full_folder,
    "link to a file": lambda place, victim: place.symlink_to(victim / "file"),
    "link to an empty file": lambda place, victim: place.symlink_to(victim / "empty"),
    "link to a folder": lambda place, victim: place.symlink_to(victim),
    "link to nothing": lambda place, victim: place.symlink_to(victim / "nothing"),
    "hard link": lambda place, victim: place.hardlink_to(victim / "file"),
    "hard link to a log": lambda place, victim: place.hardlink_to(victim / "log"),
    "fifo": lambda place, _: os.mkfifo(place),
}
ENDINGS = (
    *(".part", ".part-wal", ".part-journal", ".part-shm", ".part.tmp", ".part.wal", ".wal", ".tmp", ".lines"),
    *(".state.json", ".state.json.tmp", ".state.json.part", ".messages"),
)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fifo, and links for administrators alone.")
@pytest.mark.parametrize("is_resumed", [False, True], ids=["whole", "resumed"])
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_names_that_can_be_foreseen(tmp_path: Path, kind: str, format_: str, is_resumed: bool) -> None:
    """Files beside a target stay as they are, whatever their names, in whole and in resumed exports.

    At worst, the run is refused with a sentence that names the file.
    """
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "file").write_text("precious")
    (victim / "empty").touch()
    (victim / "log").write_bytes(b"\x37\x7f\x06\x82\x00\x2d\xe2\x18\x00\x00\x40\x00" + bytes(50))
    names = [f"all.{format_}{ending}" for ending in ENDINGS if not (is_resumed and ending == ".part")]
    names += ["all.messages.parquet", "conversations.lines", "messages.lines", "all.lines"]
    target = tmp_path / "work" / f"all.{format_}"
    target.parent.mkdir()
    if is_resumed:
        with pytest.raises(Stop):
            export(client(number=2), target, on_progress=stop)
    for name in names:
        KINDS[kind](target.parent / name, victim)
    part = target.with_name(f"{target.name}.part")
    # An empty file beside an unfinished export is what SQLite begins with: nothing says whose it is.
    parts = {part, Path(f"{part}-wal")} if kind == "empty file" else {part}
    refused = set[str]()
    while not target.exists():
        own = set() if part.name in names else parts
        before = {place: found for place, found in seen(tmp_path).items() if tmp_path / place not in own}
        try:
            export(client(number=2), target)
        except causerie.CauserieError as error:
            name = max((name for name in names if name in str(error)), key=len)
            after = seen(tmp_path)
            remove(target.parent / name)
            refused.add(name)
            names.remove(name)
        else:
            after = seen(tmp_path)

        assert before == {place: after.get(place) for place in before}

    assert refused
    assert names


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork.")
def test_killed_at_every_call(tmp_path: Path) -> None:
    """An export that was killed before any one of its system calls is completed by the same call.

    That holds for whole exports and for those that bring up to date, and nothing of either run is left over. The other
    formats are in `make soak`.
    """
    program = [sys.executable, "-m", "tests.overrides.export_kills", str(tmp_path), "jsonl"]
    done = subprocess.run(program, check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2])

    assert ("[]", 0) == (done.stdout, done.returncode)


def stopped(folder: Path, *, is_killed: bool = False) -> Path:
    """Return the target of an export that has stopped half-way, killed or by itself."""
    work = folder / "work"
    work.mkdir(parents=True)
    pages = iter(range(2))

    def stop_later(_: object) -> None:
        if next(pages, None) is None:
            shutil.copytree(work, folder / "killed")
            raise Stop

    with pytest.raises(Stop):
        export(client(), work / "all.jsonl", page_size=8, on_progress=stop_later)
    return (folder / "killed" if is_killed else work) / "all.jsonl"


@pytest.fixture(scope="module")
def unfinished(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return folders with an export that is finished, one that has stopped half-way, and one that was killed there."""
    whole = tmp_path_factory.mktemp("whole")
    export(client(), whole / "all.jsonl")
    ended, killed = stopped(whole / "ended"), stopped(whole / "killed", is_killed=True)
    return {"whole": whole, "ended": ended.parent, "killed": killed.parent}


FLIPS = st.lists(st.tuples(st.integers(0, 2**31), st.integers(1, 255), st.booleans()), min_size=1, max_size=20)


@settings(max_examples=200, deadline=None)
@given(
    where=st.sampled_from([("ended", ".part"), ("killed", ".part"), ("killed", ".part-wal")]),
    flips=FLIPS,
    is_head=st.booleans(),
)
def test_flipped_bytes(
    tmp_path_factory: pytest.TempPathFactory,
    unfinished: dict[str, Path],
    where: tuple[str, str],
    flips: list[tuple[int, int, bool]],
    is_head: bool,
) -> None:
    """An unfinished export whose bytes have changed is completed correctly, or is refused and loses nothing.

    The refusal names the file.
    """
    folder = tmp_path_factory.mktemp("flipped") / "all"
    shutil.copytree(unfinished[where[0]], folder)
    file, target = folder / f"all.jsonl{where[1]}", folder / "all.jsonl"
    content = bytearray(file.read_bytes())
    used = [place for place, byte in enumerate(content) if byte]
    for place, change, is_used in flips:
        at = place % 100 if is_head else used[place % len(used)] if is_used else place % len(content)
        content[at] ^= change
    file.write_bytes(content)
    try:
        exported = export(client(), target)
    except ExportError as error:
        assert str(folder / "all.jsonl.part") in str(error)
        assert "remove it" in str(error) or "move it away" in str(error)
        assert (True, False) == ((folder / "all.jsonl.part").exists(), target.exists())
    else:
        assert NUMBER == exported.rows
        assert rows(unfinished["whole"] / "all.jsonl") == rows(target)
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "text", [None, "", "{", "null", "[]", "{}", '"x"', 7, 2.5, b"\xff\xfe", '{"unknown":1}', "[" * 999]
)
@pytest.mark.parametrize(
    "column",
    ["run.about", "run.checkpoint", "run.checksum", *(f"conversation.{each}" for each in ("id", "version", "json"))],
)
def test_field_of_a_checkpoint(tmp_path: Path, column: str, text: Any) -> None:
    """A field of a checkpoint that is not what was written is noticed."""
    target = stopped(tmp_path)
    table, _, name = column.partition(".")
    with closing(sqlite3.connect(f"{target}.part", isolation_level=None)) as database:
        where = "WHERE rowid = 3" if table == "conversation" else ""
        database.execute(f"UPDATE {table} SET {name} = ? {where}", [text])

    assert f"…/all.jsonl.part: {DAMAGED}" == refused(target)
    assert ["all.jsonl.part"] == [*seen(target.parent)]


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("DELETE FROM conversation WHERE rowid = 2", DAMAGED),
        ("UPDATE conversation SET rowid = 99 WHERE rowid = 2", DAMAGED),
        (
            "INSERT INTO conversation SELECT 'x', version, json, checksum FROM conversation LIMIT 1",
            DAMAGED,
        ),
        ("INSERT INTO run SELECT * FROM run", DAMAGED),
        ("ALTER TABLE run ADD COLUMN x", DAMAGED),
        ("DROP TABLE conversation", DAMAGED),
        (
            "PRAGMA user_version = 9",
            f"{OTHER}: finish the export with that one, or remove it to read everything anew",
        ),
        ("PRAGMA application_id = 9", "this is no unfinished export, but where one would be; move it away"),
        (
            "CREATE TRIGGER t AFTER INSERT ON conversation BEGIN DELETE FROM conversation; END",
            "it has contents that no export has written: trigger t; move it away",
        ),
        ("CREATE VIEW v AS SELECT 1", "it has contents that no export has written: view v; move it away"),
        ("CREATE TABLE mine (a)", "it has contents that no export has written: table mine; move it away"),
        ("CREATE INDEX i ON conversation (json)", "it has contents that no export has written: index i; move it away"),
    ],
)
def test_what_others_did_to_a_checkpoint(tmp_path: Path, statement: str, reason: str) -> None:
    """What others have changed, removed or put into an unfinished export is said, and everything stays."""
    target = stopped(tmp_path)
    with closing(sqlite3.connect(f"{target}.part", isolation_level=None)) as database:
        database.execute(statement)

    assert f"…/all.jsonl.part: {reason}" == refused(target, overwrite=True)
    assert ["all.jsonl.part"] == [*seen(target.parent)]


def test_no_run_yet(tmp_path: Path) -> None:
    """A run that was killed before it had begun is begun by the next one."""
    Stage(tmp_path / "all.jsonl.part").__exit__()

    assert NUMBER == export(client(), tmp_path / "all.jsonl").rows


def test_damaged_while_it_runs(tmp_path: Path) -> None:
    """What was damaged since it was kept comes into no file."""
    with Stage(tmp_path / "all.part") as stage:
        stage.begin({}, Checkpoint({}, ""))
        stage.add([Row("a", "1", b"{}"), Row("b", "1", b"{}")], stage.checkpoint)
        stage._database.execute("UPDATE conversation SET json = '[]' WHERE rowid = 2")
        with pytest.raises(ExportError, match="it is damaged"):
            list(stage)
        stage._database.execute("DELETE FROM conversation WHERE rowid = 2")
        with pytest.raises(ExportError, match="it is damaged"):
            list(stage)


def test_half_an_emoji(tmp_path: Path) -> None:
    """An id that is no whole text is kept like any other."""
    with Stage(tmp_path / "all.part") as stage:
        stage.begin({}, Checkpoint({}, ""))
        stage.add([Row("\ud83d", "1", b"{}")], stage.checkpoint)
        stage.add([Row("\ud83d", "2", b"[]")], stage.checkpoint)

        assert (1, True, False) == (len(stage), "\ud83d" in stage, stage.has("\ud83d", "1"))
        assert [b"[]"] == list(stage)


def test_every_bit_of_the_state(tmp_path: Path) -> None:
    """Whatever became of the file that says where an update begins, the update is the right one, or is refused."""
    target, state = tmp_path / "all.jsonl", tmp_path / "all.jsonl.state.json"
    export(client(number=3), target)
    kept, whole = state.read_bytes(), rows(target)
    for place in range(len(kept)):
        content = bytearray(kept)
        content[place] ^= 1 << random.randrange(8)
        state.write_bytes(content)
        try:
            export(client(number=3), target, since="last")
        except ExportError as error:
            assert str(error).startswith(f"{state}: ")
        assert whole == rows(target)

    assert kept != state.read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"7",
        b"\xff",
        b'{"about":null,"newest":null}',
        b'{"about":{}}',
        b"[" * 9999,
        b" " * 2**21,
    ],
)
def test_state_of_others(tmp_path: Path, content: bytes) -> None:
    """A file that no export has made is neither read as a state nor replaced, even by a run that may replace."""
    export(client(number=3), tmp_path / "all.jsonl")
    (tmp_path / "all.jsonl.state.json").write_bytes(content)
    before = seen(tmp_path)

    assert (f"…/all.jsonl.state.json: it is damaged, or no export has written it: move it away, and {ANEW}") == refused(
        tmp_path / "all.jsonl", since="last"
    )
    assert "target: …/all.jsonl.state.json exists, and no export has written it; move it away" == refused(
        tmp_path / "all.jsonl", overwrite=True
    )
    assert before == seen(tmp_path)


def test_state_of_another_version(tmp_path: Path) -> None:
    """What another version has written is no beginning for an update, but may be replaced."""
    target, state = tmp_path / "all.jsonl", tmp_path / "all.jsonl.state.json"
    export(client(number=3), target)
    whole = orjson.loads(state.read_bytes())
    state.write_bytes(orjson.dumps({"about": {**whole["about"], "form": 1}, "newest": whole["newest"]}))
    older = refused(target, since="last")
    state.write_bytes(orjson.dumps({**whole, "newest": "2099-01-01T00:00:00Z"}))
    damaged = refused(target, since="last")
    export(client(number=3), target, overwrite=True)

    another = "another version of Causerie has left it (form 1, and this one reads 2)"

    assert f"…/all.jsonl.state.json: {another}: {ANEW}" == older
    assert f"…/all.jsonl.state.json: it is damaged: {ANEW}" == damaged
    assert whole == orjson.loads(state.read_bytes())


OBJECTS = """
CREATE SCHEMA mine;
CREATE TABLE notes (note VARCHAR DEFAULT 'none', CHECK (note <> ''));
CREATE TABLE mine.conversations AS SELECT 'precious' AS id;
CREATE VIEW open_ones AS FROM conversations WHERE title <> '';
CREATE MACRO twice(a) AS a * 2;
CREATE MACRO titles() AS TABLE SELECT title FROM conversations;
CREATE SEQUENCE counter START 7;
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE moods (m mood, n INTEGER DEFAULT nextval('counter'));
CREATE UNIQUE INDEX by_id ON conversations (id);
CREATE INDEX by_note ON notes (note);
COMMENT ON TABLE conversations IS 'all of them';
COMMENT ON COLUMN messages.message IS 'what was said';
COMMENT ON VIEW open_ones IS 'mine';
INSERT INTO notes VALUES ('precious');
INSERT INTO moods (m) VALUES ('good')
"""
CATALOG = {
    "duckdb_tables()": "schema_name, table_name, comment, sql",
    "duckdb_views() WHERE NOT internal": "schema_name, view_name, comment, sql",
    "duckdb_indexes()": "schema_name, index_name, sql",
    "duckdb_sequences()": "sequence_name, last_value",
    "duckdb_schemas() WHERE NOT internal": "schema_name, comment",
    "duckdb_functions() WHERE NOT internal": "function_name, macro_definition",
    "duckdb_types() WHERE NOT internal": "type_name",
    "duckdb_columns() WHERE NOT internal": "table_name, column_name, data_type, comment",
}


def catalog(target: Path) -> dict[str, list[Any]]:
    """Return all that a database has, without the rows of its conversations and messages."""
    queries = [*(f"SELECT {columns} FROM {place}" for place, columns in CATALOG.items())]
    queries += ["FROM notes", "FROM mine.conversations", "FROM moods", "SELECT twice(4)"]
    with duckdb.connect(target, read_only=True) as database:
        return {query: sorted(database.execute(query).fetchall(), key=str) for query in queries}


def run(target: Path, statements: str) -> None:
    with duckdb.connect(target) as database:
        for statement in statements.split(";"):
            database.execute(statement).fetchall()


def tables(target: Path) -> list[Any]:
    with duckdb.connect(target, read_only=True) as database:
        return [database.execute(f"FROM {table}").fetchall() for table in ("conversations", "messages")]


def test_objects_of_others_stay(tmp_path: Path) -> None:
    """What others have put into a database is there after an update: of every kind that there is."""
    target, whole = tmp_path / "all.duckdb", tmp_path / "whole.duckdb"
    export(client(), target)
    run(target, OBJECTS)
    before = catalog(target)
    exported = export(client(2, number=30), target, since="last")
    after = catalog(target)
    export(client(2, number=30), whole)
    with duckdb.connect(target, read_only=True) as database:
        old = database.execute("SELECT id FROM conversations WHERE title NOT LIKE '2%' AND title <> ''").fetchall()

    assert all(before.values())
    assert before == after
    assert (NUMBER, 30) == (exported.rows, exported.read)
    assert {f"c{number}" for number in range(30, NUMBER)} == {id_ for (id_,) in old}
    assert [len(part) for part in tables(target)] == [NUMBER, NUMBER]
    assert {*map(str, tables(whole)[0])} <= {*map(str, tables(target)[0])}


@pytest.mark.parametrize(
    ("statements", "reason"),
    [
        (
            f"ALTER TABLE conversations ADD PRIMARY KEY (id); {REFERS}",
            f"{DEPENDS}foreign key of f; drop it, or export anew to another target",
        ),
        (
            "ALTER TABLE conversations ADD COLUMN note VARCHAR; ALTER TABLE conversations ADD COLUMN stars INTEGER",
            COLUMNS.format("conversations", "note VARCHAR, stars INTEGER") + LOST,
        ),
        (
            "ALTER TABLE messages ALTER message TYPE BLOB",
            COLUMNS.format("messages", "message BLOB") + LOST,
        ),
        (
            "ALTER TABLE messages RENAME TO told; CREATE VIEW messages AS FROM told",
            "…/all.duckdb has no table messages any more; export anew to another target",
        ),
    ],
)
def test_objects_that_an_update_would_break(tmp_path: Path, statements: str, reason: str) -> None:
    """What cannot stay is named, and nothing is changed."""
    target = tmp_path / "all.duckdb"
    export(client(), target)
    run(target, statements)
    before = target.read_bytes()

    assert reason == refused(target, since="last")
    assert before == target.read_bytes()


@pytest.mark.skipif(duckdb.__version__.startswith("1."), reason="DuckDB has triggers since 2.0.")
def test_triggers(tmp_path: Path) -> None:
    """A trigger on what an update writes would change others' tables: it is named."""
    target = tmp_path / "all.duckdb"
    export(client(), target)
    trigger = "CREATE TRIGGER told AFTER INSERT ON messages FOR EACH STATEMENT INSERT INTO log (VALUES ('x'))"
    run(target, f"CREATE TABLE log (a VARCHAR); {trigger}")

    assert f"{DEPENDS}trigger told; drop it, or export anew to another target" == refused(target, since="last")


def test_columns_of_an_older_version(tmp_path: Path) -> None:
    """A column that a table has not got yet is added to it."""
    target = tmp_path / "all.duckdb"
    export(client(), target)
    run(target, "ALTER TABLE conversations DROP COLUMN title")
    export(client(2), target, since="last")

    assert NUMBER - 1 == sum("2 " in str(row) for row in tables(target)[0])


def test_columns_of_others_in_parquet(tmp_path: Path) -> None:
    """A column that somebody has added to a file of Parquet is named, and stays."""
    target = tmp_path / "all.parquet"
    export(client(), target)
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE rows AS SELECT *, 'x' AS note FROM '{target}'")
        database.execute(f"COPY rows TO '{target}'")
    before = target.read_bytes()

    assert "…/all.parquet has columns in its conversations that this export does not write: note VARCHAR. " in refused(
        target, since="last"
    )
    assert before == target.read_bytes()


@pytest.mark.parametrize("format_", [*FORMATS, "jsonl.gz", "jsonl.zst"])
def test_written_to_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str) -> None:
    """What others write to a file while it is brought up to date is not lost."""
    target = tmp_path / f"all.{format_}"
    export(client(), target)
    name = "write_lines" if format_.startswith("jsonl") else "_write_typed"
    write = getattr(causerie.export._files, name)  # type: ignore[attr-defined]

    def written(*arguments: Any, **options: Any) -> int:
        done: int = write(*arguments, **options)
        target.write_bytes(target.read_bytes() + b"\n")
        return done

    with monkeypatch.context() as patch:
        patch.setattr(f"causerie.export._files.{name}", written)
        sentence = refused(target, since="last")

    assert f"…/all.{format_} was written to while it was brought up to date: export again" == sentence
    assert target.read_bytes().endswith(b"\n")


@pytest.mark.parametrize("format_", [*FORMATS, "jsonl.gz", "jsonl.zst", "csv"])
def test_killed_at_its_end_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str) -> None:
    """What one of several killed runs has put in its place is known to all runs after it."""
    target = tmp_path / f"all.{format_}"

    def killed_after(number: int) -> None:
        replaced = iter(range(number))

        def replace(file: Path, place: Path) -> None:
            if next(replaced, None) is None:
                raise KeyboardInterrupt
            _disk.replace(file, place)

        with monkeypatch.context() as patch:
            patch.setattr("causerie.export._files.replace", replace)
            patch.setattr("causerie.export._export.replace", replace)
            with pytest.raises(KeyboardInterrupt):
                export(client(), target)

    for number in (1, 0, 1, 0, 0):
        killed_after(number)

    assert NUMBER == export(client(), target).rows


def test_target_of_others_after_a_kill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has come to the place of a file that a killed run had put there is not taken for that file."""
    target = tmp_path / "all.jsonl"

    def kill(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("causerie.export._export.replace", kill)
        with pytest.raises(KeyboardInterrupt):
            export(client(), target)
    content = target.read_bytes()
    target.unlink()
    target.write_text("mine")
    sentence = refused(target)
    kept = target.read_text()
    export(client(), target, overwrite=True)

    assert "exists already" in sentence
    assert "mine" == kept
    assert content == target.read_bytes()


def test_killed_at_its_end_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that goes on after one that was killed at its very end could be killed, too: it leaves its part alone."""
    target = tmp_path / "all.jsonl"
    found = []

    def kill(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", kill)
        with pytest.raises(KeyboardInterrupt):
            export(client(), target)
    export(client(), target, on_progress=lambda _: found.append([*seen(tmp_path)]))

    assert ["all.jsonl", "all.jsonl.part", "all.jsonl.part-wal", "all.jsonl.state.json"] == found[0]
    assert ["all.jsonl", "all.jsonl.state.json"] == [*seen(tmp_path)]


def test_folder_of_others_after_a_kill(tmp_path: Path) -> None:
    """A folder under the name that a killed run's had is removed only if it is that run's."""
    target = stopped(tmp_path)
    folder = target.parent / ".causerie-0123456789abcdef"
    folder.mkdir()
    (folder / "precious").write_text("mine")
    with Stage(target.with_name("all.jsonl.part")) as stage:
        stage.about()
        stage.note(folder=[folder.name, "1"])
    export(client(), target)

    assert "mine" == (folder / "precious").read_text()


def test_folder_after_a_kill(tmp_path: Path) -> None:
    """The folder in which a killed run made its files is removed by the next one, with all that is in it."""
    target = stopped(tmp_path)
    folder = target.parent / ".causerie-0123456789abcdef"
    folder.mkdir()
    (folder / "all.jsonl").write_text("half of it")
    with Stage(target.with_name("all.jsonl.part")) as stage:
        stage.about()
        stage.note(folder=[folder.name, mark_of(folder)])
    export(client(), target)

    assert ["all.jsonl", "all.jsonl.state.json"] == [*seen(target.parent)]


def test_another_file_in_the_place_of_the_stage(tmp_path: Path) -> None:
    """A file that has come to the place of the stage is not removed with it."""
    with Stage(tmp_path / "all.part") as stage:
        stage.begin({}, Checkpoint({}, ""))
        (tmp_path / "all.part").rename(tmp_path / "moved")
        (tmp_path / "all.part").write_text("mine")
        stage.remove()

    assert "mine" == (tmp_path / "all.part").read_text()


@pytest.mark.parametrize("without", ["nothing", "links", "nameless files"])
def test_small_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: str) -> None:
    """A file is made if nothing is there, also where the system or the disk has no files without a name."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    if without == "links":
        monkeypatch.setattr(os, "link", refuse)
    elif without == "nameless files":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    _disk.make(tmp_path / "a", b"content")
    with pytest.raises(FileExistsError):
        _disk.make(tmp_path / "a", b"other")

    assert b"content" == (tmp_path / "a").read_bytes()
    assert ["a"] == [each.name for each in tmp_path.iterdir()]


def test_words_of_sqlite_that_are_damaged(tmp_path: Path) -> None:
    """A text of a damaged file that is not UTF-8 is damage, and no foreign error."""
    with pytest.raises(ExportError, match="damaged") as caught, explained(tmp_path / "x.part"):
        b"\xff".decode()

    assert "x.part" in str(caught.value)
