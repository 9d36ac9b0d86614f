"""Writing the files of an export.

They are written in a folder beside their place and moved there when complete. An update keeps the existing rows except
those of conversations that were read again, and everything that others added to a DuckDB database.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import orjson

from causerie_api.jsontext import read, write_readable

from .._disk import replace
from ._columns import Columns, Content
from ._csv import sheet
from ._errors import ExportError, explained
from ._formats import LINES, Format, duckdb_module, files_of
from ._lines import write_lines
from ._trace import folder_of, is_there, version_of

if TYPE_CHECKING:
    import duckdb

    from ._sources import Source
    from ._stage import Stage

# What DuckDB may take; with rows that are large, it takes more.
_MEMORY = "24MB"
# Rows of a Parquet file that are written, and read, together.
_GROUP = 8192
# Bytes of a line that every reader is ready for.
_LINE = 1 << 18
# What columns are in Parquet: a time without a zone is local to some readers, and JSON mere bytes to polars.
_PORTABLE = {"TIMESTAMP": "TIMESTAMP WITH TIME ZONE", "JSON": "VARCHAR"}


def write(
    stage: Stage,
    target: Path,
    format_: Format,
    source: Source,
    before: Callable[[], object],
    *,
    is_update: bool,
    has_agents: bool = False,
) -> int:
    """Put the files in place, and return how many conversations they hold.

    ``before`` is called when they are complete but not in place yet. Raises ``ExportError``.
    """
    content = Content(source, has_agents)
    files = files_of(target, format_, source)
    unwritten = target.with_name(f"{target.name}.wal")

    def refuse_unwritten() -> None:
        if format_ == "duckdb" and is_there(unwritten):  # DuckDB would read it into the new file
            raise ExportError(f"{target} is open in DuckDB, or was not closed there: {unwritten.name} belongs to it")

    refuse_unwritten()
    with explained(target), folder_of(stage) as folder:
        olds = [(file, version_of(file)) for file in files] if is_update else []
        if format_ in LINES:
            rows = write_lines(stage, folder / target.name, format_, target if is_update else None, content)
        elif format_ == "csv":
            rows = _write_csv(stage, folder, files, content)
        else:
            rows = _write_typed(stage, folder, files, format_, content, is_update=is_update)
        refuse_unwritten()
        for old, version in olds:
            if version_of(old) != version:
                raise ExportError(f"{old} was written to while it was brought up to date: export again")
        before()
        stage.note(made=[*stage.checkpoint.made, *(version_of(folder / file.name) for file in files)])
        for file in files:
            replace(folder / file.name, file)
    return rows


@attrs.define
class _Table:
    """Rows in a file of lines, each of which is a JSON object that fits the columns."""

    name: str
    keys: tuple[str, ...]
    """The columns that identify the conversation of a row."""
    columns: Columns
    lines: Path
    longest: int = 0
    """The length of the longest line in bytes."""

    @contextmanager
    def filled(self) -> Iterator[Callable[[dict[str, Any]], None]]:
        """Yield a function that adds a row."""
        with self.lines.open("wb") as file:

            def add(row: dict[str, Any]) -> None:
                line = write_readable(self.columns.row(row)) + b"\n"
                self.longest = max(self.longest, len(line))
                file.write(line)

            yield add

    @property
    def source(self) -> str:
        """Return SQL that reads the lines: DuckDB's CSV reader with one field per line.

        DuckDB's JSON reader takes 32 MB for a file, whatever its settings.
        """
        line = max(_LINE, 2 * self.longest)
        return (
            f"read_csv({_text(escape(str(self.lines)))}, columns = {{json: 'VARCHAR'}}, auto_detect = false,"
            " header = false, delim = '\x01', quote = '', escape = '', comment = '', new_line = '\\n',"
            f" hive_partitioning = false, max_line_size = {line}, buffer_size = {4 * line})"
        )

    def rows(self, old: str | None, select: str = "SELECT *") -> str:
        """Return SQL for the rows, after the rows of an old table whose conversations were not read again."""
        types = {name: ["VARCHAR"] if type_ == "VARCHAR[]" else type_ for name, type_ in self.columns.types.items()}
        rows = (
            f"{select} FROM (SELECT unnest(from_json(json, {_text(orjson.dumps(types).decode())})) FROM {self.source})"  # noqa: S608 - names of our own
        )
        if old is None:
            return rows
        return f"FROM {old} AS old ANTI JOIN fresh ON {self.is_fresh} UNION ALL BY NAME {rows}"

    @property
    def is_fresh(self) -> str:
        """Return SQL that decides whether the conversation of an old row was read again."""
        return " AND ".join(f'old."{name}" = fresh.key{number}' for number, name in enumerate(self.keys))


def _write_typed(
    stage: Stage, folder: Path, files: list[Path], format_: Format, content: Content, *, is_update: bool
) -> int:
    tables = _shaped(stage, folder, content)
    make = _make_parquet if format_ == "parquet" else _make_database
    duckdb = duckdb_module()
    settings = {
        "threads": 1,
        "temp_directory": str(folder),
        # What it needs, it has: nothing is fetched from anywhere.
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    try:
        try:
            with _connected({**settings, "memory_limit": _MEMORY}) as database:
                return make(database, tables, folder, files, is_update=is_update)
        except duckdb.OutOfMemoryException:  # rows can be large: then as much as DuckDB takes by itself
            with _connected(settings) as database:
                return make(database, tables, folder, files, is_update=is_update)
    except duckdb.Error as error:
        raise ExportError(f"DuckDB could not write {files[-1].name}: {error}") from error


def _connected(settings: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    database: duckdb.DuckDBPyConnection = duckdb_module().connect(config=settings)
    # A notebook, and `python -c`, would see a second bar in the midst of what is printed.
    database.execute("SET enable_progress_bar = false")
    return database


def _write_csv(stage: Stage, folder: Path, files: list[Path], content: Content) -> int:
    """Write a file for each table, the conversations last."""
    with ExitStack() as stack:
        adds = {
            name: stack.enter_context(sheet(folder / file.name, table.columns))
            for (name, table), file in zip(content.tables.items(), files, strict=True)
        }
        _spread(stage, content, adds)
    return len(stage)


def _spread(stage: Stage, content: Content, adds: Mapping[str, Callable[[dict[str, Any]], None]]) -> None:
    """Read every conversation, and add it and its messages to the tables."""
    *parts, (_, add) = adds.items()
    for json in stage:
        row = read(json)
        for name, add_part in parts:
            for part in row.pop(name):
                add_part(content.message(part, row))
        add(row)


def _shaped(stage: Stage, folder: Path, content: Content) -> list[_Table]:
    """Return the tables, the conversations last."""
    tables = [_Table(name, *table, folder / f"{name}.lines") for name, table in content.tables.items()]
    with ExitStack() as stack:
        _spread(stage, content, {table.name: stack.enter_context(table.filled()) for table in tables})
    return tables


def _make_parquet(
    database: duckdb.DuckDBPyConnection, tables: list[_Table], folder: Path, files: list[Path], *, is_update: bool
) -> int:
    _make_fresh(database, tables)
    for table, file in zip(tables, files, strict=True):
        types, old = table.columns.types, None
        if is_update:
            old = f"read_parquet({_text(escape(str(file)))}, hive_partitioning = false)"
            # An earlier version of the package has written them as DuckDB has them.
            earlier = {
                name: type_ for name, type_ in _columns(database, f"FROM {old}").items() if types.get(name) == type_
            }
            old = f"({_portable(earlier)} FROM {old})"
            _columns_to_add(
                database, table, f"FROM {old}", file, {name: _PORTABLE.get(t, t) for name, t in types.items()}
            )
        made = f"{_text(folder / file.name)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP})"
        database.execute(f"COPY ({table.rows(old, _portable(types))}) TO {made}")
    return _number(database)


def _portable(types: Mapping[str, str]) -> str:
    """Return SQL that selects columns of these types in the form of times and text that every Parquet reader knows."""
    casts = [
        f'"{name}" AT TIME ZONE \'UTC\' AS "{name}"'
        if type_ == "TIMESTAMP"
        else f'CAST("{name}" AS VARCHAR) AS "{name}"'
        for name, type_ in types.items()
        if type_ in _PORTABLE
    ]
    return f"SELECT * REPLACE ({', '.join(casts)})" if casts else "SELECT *"


def _make_database(
    database: duckdb.DuckDBPyConnection, tables: list[_Table], folder: Path, files: list[Path], *, is_update: bool
) -> int:
    _make_fresh(database, tables)
    made = folder / files[0].name
    made.unlink(missing_ok=True)
    if is_update:
        database.execute(f"ATTACH {_text(files[0])} AS old (READ_ONLY)")  # which keeps others from writing to it
        shutil.copyfile(files[0], made)
        database.execute("DETACH old")
    database.execute(f"ATTACH {_text(made)} AS made")
    if is_update:
        _refuse_dependents(database, tables, files[0])
    for table in tables:
        place = f"made.main.{table.name}"
        if is_update:
            types = table.columns.types
            for column, type_ in _columns_to_add(database, table, f"FROM {place}", files[0], types).items():
                database.execute(f'ALTER TABLE {place} ADD COLUMN "{column}" {type_}')
            # One statement after the other: where a column has to be unique, a row cannot be replaced in one.
            database.execute(f"DELETE FROM {place} AS old USING fresh WHERE {table.is_fresh}")  # noqa: S608 - names of our own
            database.execute(f"INSERT INTO {place} BY NAME {table.rows(None)}")
        else:
            database.execute(f"CREATE TABLE {place} AS {table.rows(None)}")
    ((rows,),) = _found(database, f"SELECT count(*) FROM made.main.{tables[-1].name}")  # noqa: S608 - names of our own
    database.execute("CHECKPOINT made")
    database.execute("DETACH made")  # after which all of it is in the one file
    return int(rows)


def _refuse_dependents(database: duckdb.DuckDBPyConnection, tables: list[_Table], file: Path) -> None:
    """Refuse missing tables, and constraints or views of others that an update would change. Raises ``ExportError``."""
    names = {table.name for table in tables}
    of = "WHERE database_name = 'made' AND schema_name = 'main'"
    there = _found(database, f"SELECT table_name FROM duckdb_tables() {of}")  # noqa: S608 - names of our own
    if missing := sorted(names - {name for (name,) in there}):
        raise ExportError(f"{file} has no table {', '.join(missing)} any more; export anew to another target")
    query = f"SELECT 'foreign key of ' || table_name, referenced_table FROM duckdb_constraints() {of}"  # noqa: S608 - names of our own
    keys = _found(database, query)
    has_triggers = _found(database, "SELECT 1 FROM duckdb_functions() WHERE function_name = 'duckdb_triggers'")
    query = f"SELECT 'trigger ' || trigger_name, table_name FROM duckdb_triggers() {of}"  # noqa: S608 - names of our own
    triggers = _found(database, query) if has_triggers else []  # there are none before DuckDB 2
    if others := sorted(other for other, name in [*keys, *triggers] if name in names):
        dependents = ", ".join(others)
        raise ExportError(
            f"{file} cannot be updated because of what depends on its tables: {dependents}; drop it, or export anew to "
            "another target"
        )


def _columns_to_add(
    database: duckdb.DuckDBPyConnection, table: _Table, old: str, file: Path, types: Mapping[str, str]
) -> dict[str, str]:
    """Return the columns that an old table lacks. Raises ``ExportError`` if it has columns of others."""
    columns = _columns(database, old)
    foreign = [f"{name} {type_}" for name, type_ in columns.items() if types.get(name) != type_]
    if foreign:
        raise ExportError(
            f"{file} has columns in its {table.name} that this export does not write: {', '.join(foreign)}. They would "
            "be lost: keep them in a table of their own, or export anew to another target"
        )
    return {name: type_ for name, type_ in types.items() if name not in columns}


def _columns(database: duckdb.DuckDBPyConnection, rows: str) -> dict[str, str]:
    """Return the types of the columns of a query, by name."""
    return {name: type_ for name, type_, *_ in _found(database, f"DESCRIBE {rows}")}


def _found(database: duckdb.DuckDBPyConnection, query: str) -> list[Any]:
    return database.execute(query).fetchall()


def _make_fresh(database: duckdb.DuckDBPyConnection, tables: list[_Table]) -> None:
    conversations = tables[-1]
    paths = [_text(f'$."{name}"') for name in conversations.keys]
    keys = ", ".join(f"json ->> {path} AS key{number}" for number, path in enumerate(paths))
    database.execute(f"CREATE VIEW fresh AS FROM {conversations.source} SELECT {keys}")


def _number(database: duckdb.DuckDBPyConnection) -> int:
    """Return how many rows a statement has written."""
    found = database.fetchone()
    return int(found[0]) if found else 0


def _text(value: object) -> str:
    text = str(value).replace("'", "''")
    return f"'{text}'"
