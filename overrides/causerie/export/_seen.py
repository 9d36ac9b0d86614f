"""The conversations that were read in this process, when nothing else stores them."""

from __future__ import annotations

import sqlite3

from causerie_api.jsontext import write

from ._stage import Row


class Seen:
    """The ids and versions of conversations, in a temporary SQLite database.

    It moves to the disk when it is large, and disappears with the process.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE conversation (id BLOB PRIMARY KEY, version BLOB) WITHOUT ROWID")

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def add(self, row: Row) -> None:
        """Record this version of a conversation."""
        values = [_key(row.id), _key(row.version)]
        self._database.execute("INSERT OR REPLACE INTO conversation VALUES (?, ?)", values)

    def has(self, key: str, version: str | None = None) -> bool:
        """Return whether the conversation was recorded, in this version or in any."""
        found = self._database.execute("SELECT version FROM conversation WHERE id = ?", [_key(key)]).fetchone()
        return found is not None and (version is None or found[0] == _key(version))


def _key(text: str) -> bytes:
    return write(text)  # a vendor may send half an emoji
