"""What can go wrong with an export beside its requests."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .._errors import CauserieError


class ExportError(CauserieError):
    """An export that cannot go on: another one is at it, the disk is full, or what lies there is of another export."""


_UNWRITABLE = "it cannot be written: its folder has to be there and to be writable"
_REASONS = {
    sqlite3.SQLITE_BUSY: "another run writes this export just now",
    sqlite3.SQLITE_NOTADB: "this is no unfinished export, but where one would be; move it away",
    sqlite3.SQLITE_FULL: "no space is left; make some, and the same export goes on where it stopped",
    sqlite3.SQLITE_CANTOPEN: _UNWRITABLE,
    sqlite3.SQLITE_READONLY: _UNWRITABLE,
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite and the operating system say while they write ``path`` into a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)  # the module's own errors have none
        raise ExportError(f"{path}: {_REASONS.get(code & 0xFF, error)}") from error
    except OSError as error:
        raise ExportError(f"{error.filename or path}: {os.strerror(error.errno or 0)}") from error
