"""The stage: a file with everything that an unfinished run has read."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import quote_from_bytes

import attrs
import orjson

from .._disk import make
from ._errors import UNWRITABLE, ExportError, damaged, explained
from ._trace import is_file, is_there, mark_of

FORM: Final = 2
"""The version of the stage's form. Other versions of the package may write another form."""

#: Tells our files from others' SQLite files: "PALV".
_APPLICATION = 0x50414C56
# A conversation would waste half of a page of 4096 bytes.
_PAGE = 16384
_TABLES = {
    "run": "CREATE TABLE run (about TEXT, checkpoint TEXT, checksum BLOB)",
    "conversation": "CREATE TABLE conversation (id TEXT PRIMARY KEY, version TEXT, json BLOB, checksum BLOB)",
}
# How SQLite's write-ahead log begins, in either byte order: with its own form, and the size of a page.
_LOGS = tuple(
    magic + (3_007_000).to_bytes(4, "big") + _PAGE.to_bytes(4, "big")
    for magic in (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
)


@attrs.frozen
class Row:
    """A conversation as it is written to the file. It gets another ``version`` when it changes at the vendor."""

    id: str
    version: str
    json: bytes


@attrs.frozen
class Checkpoint:
    """How far a run has come."""

    position: Mapping[str, Any]
    """The position at which reading continues."""
    began: str
    """When the run began (RFC 3339)."""
    since: str | None = None
    """The time before which nothing is read (RFC 3339)."""
    newest: str | None = None
    """The time of the latest change that was read (RFC 3339)."""
    gone: int = 0
    """How many conversations were deleted between being listed and being read."""
    unreadable: Sequence[str] = ()
    """Ids of conversations that are stored without their messages, because the vendor failed to return them."""
    folder: Sequence[str] = ()
    """The name of the folder in which the files are written, and its mark once it exists."""
    made: Sequence[str] = ()
    """The marks of the files that this run has created for the target's place, one set for each attempt."""
    rows: int = 0
    """How many conversations are stored."""
    total: int = 0
    """The sum of their checksums, modulo 2 to the 64th."""
    agents: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)
    """How far each agent has been read, if there are several."""


class Stage:
    """The conversations that a run has read, in an SQLite file beside the target.

    The conversations of a page and the position of the next one are stored in one transaction: whenever a run is
    killed, nothing is lost and nothing is stored twice. They take no memory, however many they are. The lock on the
    file ends with the process that holds it. An earlier run is continued only if every byte that matters is as it was
    written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.checkpoint: Checkpoint
        with explained(path):
            is_new = not is_there(path)
            self._refuse_others(is_new=is_new)
            if is_new:
                self._make()
            else:
                self._recognise()
            self._mark = mark_of(path)
            self._database = self._connected("mode=rw")
            try:
                self._open()
            except BaseException:
                self._database.close()
                raise

    def _refuse_others(self, *, is_new: bool) -> None:
        """Refuse files that SQLite would follow, overwrite or remove but that no export has created."""
        if not is_new and not is_file(self.path):
            raise ExportError(f"{self.path}: this is no unfinished export, but where one would be; move it away")
        for ending in ("-wal", "-journal"):
            beside = self.path.with_name(f"{self.path.name}{ending}")
            if is_there(beside) and (is_new or ending != "-wal" or not _is_log(beside)):
                whose = f"{self.path.name}, which is not there" if is_new else "no unfinished export"
                raise ExportError(f"{beside}: this is of {whose}, but where a part of one would be; move it away")

    def _make(self) -> None:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
            database.execute(f"PRAGMA page_size = {_PAGE}")
            database.execute(f"PRAGMA application_id = {_APPLICATION}")
            database.execute(f"PRAGMA user_version = {FORM}")
            for table in _TABLES.values():
                database.execute(table)
            empty = bytearray(database.serialize())
        # In memory there is no log. A file that has to change to it has a journal on the disk meanwhile.
        empty[18:20] = 2, 2
        try:
            make(self.path, bytes(empty))
        except (FileNotFoundError, PermissionError) as error:
            raise ExportError(f"{self.path}: {UNWRITABLE}") from error

    def _recognise(self) -> None:
        """Examine a file without a lock and without the files beside it, since it may belong to someone else."""
        with closing(self._connected("immutable=1")) as database:
            ((application,),) = database.execute("PRAGMA application_id")
            ((form,),) = database.execute("PRAGMA user_version")
        if application != _APPLICATION:
            raise ExportError(f"{self.path}: this is no unfinished export, but where one would be; move it away")
        if form != FORM:
            raise ExportError(
                f"{self.path}: another version of Causerie has left it (form {form}, and this one reads {FORM}): "
                "finish the export with that one, or remove it to read everything anew"
            )

    def _connected(self, how: str) -> sqlite3.Connection:
        place = self.path.as_posix()
        root = "" if place.startswith("/") else "/"  # of Windows' drives
        uri = f"file://{root}{quote_from_bytes(place.encode('utf-8', 'surrogateescape'))}?{how}"
        database = sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None, check_same_thread=False)
        database.text_factory = bytes  # which may be anything, if it is damaged
        return database

    def _open(self) -> None:
        self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
        ((journal,),) = self._database.execute("PRAGMA journal_mode")
        if journal != b"wal":  # a run was killed at its end; with a journal on the disk, this one could not be
            self._database.execute("PRAGMA journal_mode = MEMORY")
        # When the machine itself fails, the last pages may be gone, and the places that they led to with them.
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def about(self) -> dict[str, Any] | None:
        """Return the description of the unfinished run in this file; None if there is none.

        Reads the whole file. Raises ``ExportError`` if its contents were changed.
        """
        with explained(self.path):
            self._refuse_objects()
            if [*self._database.execute("PRAGMA integrity_check(1)")] != [(b"ok",)]:
                raise damaged(self.path)
            runs = self._database.execute("SELECT about, checkpoint, checksum FROM run").fetchall()
            if not runs:
                return None
            about, checkpoint, checksum = runs[0]
            if len(runs) > 1 or checksum != _checksum(about, checkpoint):
                raise damaged(self.path)
            self.checkpoint = Checkpoint(**orjson.loads(checkpoint))
            for _ in self:
                pass
            found: dict[str, Any] = orjson.loads(about)
            return found

    def _refuse_objects(self) -> None:
        """Refuse changed tables, and anything that others added to the database, such as a trigger."""
        found = {
            name.decode(errors="replace"): (kind, text)
            for kind, name, text in self._database.execute("SELECT type, name, sql FROM sqlite_master")
            if name != b"sqlite_autoindex_conversation_1"
        }
        if foreign := [f"{found[name][0].decode(errors='replace')} {name}" for name in found if name not in _TABLES]:
            raise ExportError(
                f"{self.path}: it has contents that no export has written: {', '.join(foreign)}; move it away"
            )
        if found != {name: (b"table", text.encode()) for name, text in _TABLES.items()}:
            raise damaged(self.path)

    def begin(self, about: Mapping[str, Any], checkpoint: Checkpoint) -> None:
        """Remove everything in the stage, and begin a run."""
        with explained(self.path), self._database:
            self._database.execute("BEGIN")
            self._database.execute("DELETE FROM conversation")
            self._database.execute("DELETE FROM run")
            self._database.execute("INSERT INTO run (about) VALUES (?)", [orjson.dumps(about)])
            self._keep(checkpoint)
        self.checkpoint = checkpoint

    def add(self, rows: Iterable[Row], checkpoint: Checkpoint) -> None:
        """Store a page. A conversation that is already stored has changed and is replaced."""
        number, total = self.checkpoint.rows, self.checkpoint.total
        with explained(self.path), self._database:
            self._database.execute("BEGIN")
            for row in rows:
                id_, version = _bytes(row.id), _bytes(row.version)
                here = self._database.execute("SELECT rowid, checksum FROM conversation WHERE id = ?", [id_]).fetchone()
                number += here is None
                place, old = (number, bytes(8)) if here is None else here
                new = _checksum(place, id_, version, row.json)
                self._database.execute(
                    "INSERT OR REPLACE INTO conversation (rowid, id, version, json, checksum) VALUES (?, ?, ?, ?, ?)",
                    (place, id_, version, row.json, new),
                )
                total = (total + _number(new) - _number(old)) % 2**64
            checkpoint = attrs.evolve(checkpoint, rows=number, total=total)
            self._keep(checkpoint)
        self.checkpoint = checkpoint

    def note(self, **changes: Any) -> None:
        """Store the checkpoint with these changes."""
        self.add([], attrs.evolve(self.checkpoint, **changes))

    def _keep(self, checkpoint: Checkpoint) -> None:
        ((about,),) = self._database.execute("SELECT about FROM run")
        noted = attrs.asdict(checkpoint, filter=lambda each, value: each.name != "agents" or bool(value))
        text = orjson.dumps(noted)
        self._database.execute("UPDATE run SET checkpoint = ?, checksum = ?", [text, _checksum(about, text)])

    def __contains__(self, key: str) -> bool:
        found = self._database.execute("SELECT 1 FROM conversation WHERE id = ?", [_bytes(key)])
        return found.fetchone() is not None

    def has(self, key: str, version: str) -> bool:
        """Return whether this version of the conversation is stored."""
        with explained(self.path):
            values = [_bytes(key), _bytes(version)]
            found = self._database.execute("SELECT 1 FROM conversation WHERE id = ? AND version = ?", values)
            return found.fetchone() is not None

    def __len__(self) -> int:
        return self.checkpoint.rows

    def __iter__(self) -> Iterator[bytes]:
        """Yield the JSON of every conversation, in the order of arrival.

        Raises ``ExportError``, at the latest at the end, if the contents were changed.
        """
        count = total = 0
        for *row, checksum in self._database.execute(
            "SELECT rowid, id, version, json, checksum FROM conversation ORDER BY rowid"
        ):
            if checksum != _checksum(*row):
                raise damaged(self.path)
            yield row[-1]
            count, total = count + 1, (total + _number(checksum)) % 2**64
        if (count, total) != (self.checkpoint.rows, self.checkpoint.total):
            raise damaged(self.path)

    def remove(self) -> None:
        """Remove the file at the end of the run, while its lock is still held."""
        with explained(self.path):
            # What lies beside the file goes first: when it is closed, a new one may be there under the same names.
            self._database.execute("PRAGMA journal_mode = MEMORY")
            if is_there(self.path) and mark_of(self.path) == self._mark:
                try:
                    self.path.unlink()
                except PermissionError:  # on Windows nothing that is open can be removed
                    self._database.close()
                    self.path.unlink()
            self._database.close()


def _is_log(path: Path) -> bool:
    """Return whether SQLite has written this file beside one of ours."""
    if not is_file(path) or path.stat().st_nlink != 1:
        return False
    with path.open("rb") as file:
        head = file.read(32)
    return not head or head.startswith(_LOGS)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # a vendor may send half an emoji


def _number(checksum: bytes) -> int:
    return int.from_bytes(checksum, "big")


def _checksum(*values: object) -> bytes:
    """Return a checksum of values and their types."""
    digest = hashlib.blake2b(digest_size=8)
    for value in values:
        text = value if isinstance(value, bytes) else repr(value).encode()
        digest.update(b"%b %d " % (type(value).__name__.encode(), len(text)))
        digest.update(text)
    return digest.digest()
