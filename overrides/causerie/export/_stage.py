"""What a run has read so far."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import attrs
import orjson

from ._errors import ExportError, explained

#: Tells our files from others' SQLite files: "PALV".
_APPLICATION = 0x50414C56


@attrs.frozen
class Row:
    """A conversation as it goes into the file. Once it has changed at the vendor, it has another ``version``."""

    id: str
    version: str
    json: bytes


@attrs.frozen
class Checkpoint:
    """How far a run is."""

    position: Mapping[str, Any]
    """Where to go on reading."""
    began: str
    """When the run began (RFC 3339)."""
    since: str | None = None
    """The time before which nothing is wanted (RFC 3339)."""
    newest: str | None = None
    """The time of the latest change that was read (RFC 3339)."""
    gone: int = 0
    """How many conversations were deleted between being listed and being read."""
    unreadable: Sequence[str] = ()
    """Ids of conversations that were kept without their messages, for the vendor failed to show them."""
    is_written: bool = False
    """Whether the target that is there may be this run's own."""


class Stage:
    """The conversations that a run has read, in an SQLite file beside the target.

    The conversations of a page and the place where the next one begins are one transaction: whenever a run is killed,
    nothing is lost and nothing is there twice. They take no memory, however many they are. The lock on the file ends
    with the process that holds it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.checkpoint: Checkpoint
        with explained(path):
            self._database = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
            try:
                self._open()
            except BaseException:
                self._database.close()
                raise

    def _open(self) -> None:
        self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
        ((is_used,),) = self._database.execute("PRAGMA schema_version")
        ((application,),) = self._database.execute("PRAGMA application_id")
        if is_used and application != _APPLICATION:
            raise ExportError(f"{self.path}: this is no unfinished export, but where one would be; move it away")
        self._database.execute("PRAGMA page_size = 16384")  # of a new file; a conversation would waste half of 4096
        # When the machine itself fails, the last pages may be gone, and the places that they led to with them.
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.execute(f"PRAGMA application_id = {_APPLICATION}")
            self._database.execute("CREATE TABLE IF NOT EXISTS run (about TEXT, checkpoint TEXT)")
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS conversation (id TEXT PRIMARY KEY, version TEXT, json BLOB)"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def about(self) -> dict[str, Any] | None:
        """What the run is that is here, unfinished; None when there is none."""
        with explained(self.path):
            found = self._database.execute("SELECT about FROM run").fetchone()
        about: dict[str, Any] | None = None if found is None else orjson.loads(found[0])
        return about

    def resume(self) -> None:
        """Go on with the run that is here."""
        with explained(self.path):
            ((checkpoint,),) = self._database.execute("SELECT checkpoint FROM run")
        self.checkpoint = Checkpoint(**orjson.loads(checkpoint))

    def begin(self, about: Mapping[str, Any], checkpoint: Checkpoint) -> None:
        """Forget what is here, and begin a run."""
        with explained(self.path), self._database:
            self._database.execute("BEGIN")
            self._database.execute("DELETE FROM conversation")
            self._database.execute("DELETE FROM run")
            self._database.execute("INSERT INTO run VALUES (?, '')", [orjson.dumps(about)])
            self._keep(checkpoint)

    def add(self, rows: Iterable[Row], checkpoint: Checkpoint) -> None:
        """Keep a page. A conversation that is here already has changed, and takes its own place."""
        with explained(self.path), self._database:
            self._database.execute("BEGIN")
            self._database.executemany(
                "INSERT INTO conversation VALUES (?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET version = excluded.version, json = excluded.json",
                ((row.id, row.version, row.json) for row in rows),
            )
            self._keep(checkpoint)

    def _keep(self, checkpoint: Checkpoint) -> None:
        self._database.execute("UPDATE run SET checkpoint = ?", [orjson.dumps(attrs.asdict(checkpoint))])
        self.checkpoint = checkpoint

    def __contains__(self, key: str) -> bool:
        return self._database.execute("SELECT 1 FROM conversation WHERE id = ?", [key]).fetchone() is not None

    def has(self, key: str, version: str) -> bool:
        """Whether the conversation is here as it is now."""
        with explained(self.path):
            found = self._database.execute("SELECT 1 FROM conversation WHERE id = ? AND version = ?", [key, version])
            return found.fetchone() is not None

    def __len__(self) -> int:
        # Rows are never deleted one by one: the last one's number is their number, and is found at once.
        return self._database.execute("SELECT max(rowid) FROM conversation").fetchone()[0] or 0

    def __iter__(self) -> Iterator[bytes]:
        """The JSON of every conversation, in the order of arrival."""
        return (json for (json,) in self._database.execute("SELECT json FROM conversation ORDER BY rowid"))

    def remove(self) -> None:
        """The run is at its end. Nobody finds the file without its lock."""
        with explained(self.path):
            # What lies beside the file goes first: when it is closed, a new one may be there under the same names.
            self._database.execute("PRAGMA journal_mode = DELETE")
            try:
                self.path.unlink()
            except PermissionError:  # on Windows nothing that is open can be removed
                self._database.close()
                self.path.unlink()
            self._database.close()
