"""The errors of an export, other than those of its requests."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .._errors import CauserieError
from ._exported import Exported


class ExportError(CauserieError):
    """An export that cannot continue: another run uses it, the disk is full, or its files belong to another export."""


class AgentsError(ExportError):
    """An export of several agents in which some agents failed.

    The file has the conversations of the other agents. Running the same export again continues with the agents that
    failed.
    """

    def __init__(self, sentence: str, failures: Mapping[str, CauserieError], exported: Exported | None) -> None:
        super().__init__(sentence, failures, exported)
        self.failures = failures
        """What each of them has failed with."""
        self.exported = exported
        """The export without them; None where no agent could be read, or it went to standard output."""

    def __str__(self) -> str:
        return str(self.args[0])


UNWRITABLE = "it cannot be written: its folder has to be there and to be writable"
_DAMAGED = "it is damaged: remove it to read everything anew"
_REASONS = {
    sqlite3.SQLITE_BUSY: "another run writes this export just now",
    sqlite3.SQLITE_NOTADB: "this is no unfinished export, but where one would be; move it away",
    sqlite3.SQLITE_FULL: "no space is left; make some, and the same export goes on where it stopped",
    sqlite3.SQLITE_CANTOPEN: UNWRITABLE,
    sqlite3.SQLITE_READONLY: "it cannot be written: make it writable, or remove it to read everything anew",
    # What is asked of the database is right, as long as it is what was written.
    **dict.fromkeys((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_FORMAT), _DAMAGED),
}


def damaged(path: Path) -> ExportError:
    """Return the error for a file whose contents were changed."""
    return ExportError(f"{path}: {_DAMAGED}")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and the operating system while writing ``path`` into a clear sentence."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)  # the module's own errors have none
        reason = error if code is None else _REASONS.get(code & 0xFF, error)
        raise ExportError(f"{path}: {reason}") from error
    except UnicodeDecodeError as error:  # of SQLite's words, which hold what is damaged
        raise damaged(path) from error
    except OSError as error:
        raise ExportError(f"{error.filename or path}: {os.strerror(error.errno or 0)}") from error
