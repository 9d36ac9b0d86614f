"""Answers as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from causerie_api.jsontext import write_readable
from causerie_api.jsonvalue import printable

from ._text import one_line, visible

Row = dict[str, Any]

# What says most stands first, in this order; then come the others, and the ids of other things last.
_FIRST = (
    *("id", "ID", "error", "title", "name", "userName", "firstName", "lastName", "senderRole", "message"),
    *("state", "status", "mode", "tags", "updatedAt", "ts", "createdAt"),
)
_GAP = 2
_WIDEST = 40
_NARROWEST = 12


class Columns:
    """The columns of a table and their widths.

    The first objects of a list decide, since the whole list need not fit into memory. ``names`` are the keys that the
    user chose, with dots for nested objects; if empty, as many keys as fit into ``width`` are shown.
    """

    def __init__(self, rows: Sequence[Row], width: int, names: Sequence[str]) -> None:
        self.widths = dict[str, int]()
        space = width
        for name in names or sorted(_plain(rows), key=_rank):
            natural = min(_WIDEST, max(map(cell_len, (name, *(_cell(row, name) for row in rows)))))
            if names or not self.widths or natural <= space:
                self.widths[name] = natural
            elif space >= max(_NARROWEST, cell_len(name)):
                self.widths[name] = space
            else:
                continue
            space -= self.widths[name] + _GAP

    def table(self, rows: Iterable[Row], *, header: bool) -> Table:
        """Return a table with a line for each row; long values are cut."""
        table = Table(show_header=header, box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="bold")
        for name, width in self.widths.items():
            table.add_column(Text(one_line(name)), width=width, no_wrap=True, overflow="ellipsis")
        for row in rows:
            table.add_row(*(Text(_cell(row, name)) for name in self.widths))
        return table


def fields(row: Row, names: Sequence[str], width: int) -> Table:
    """Return a table of one object, with a line for each key, or only for the ``names`` that the user chose.

    If keys and values do not fit into ``width``, the keys get a third of it.
    """
    shown = {each: _look(row, each) for each in names} if names else row
    lines = [(Text(one_line(name)), Text(visible(text(value)))) for name, value in shown.items()]
    widest = max((cell_len(line) for _, value in lines for line in value.plain.splitlines()), default=0)
    table = Table.grid(padding=(0, _GAP, 0, 0))
    table.add_column(no_wrap=True, style="bold", max_width=max(1, width // 3, width - _GAP - widest))
    table.add_column(overflow="fold")
    for line in lines:
        table.add_row(*line)
    return table


def text(value: Any) -> str:
    """Return a JSON value as text for people."""
    if isinstance(value, str):
        return printable(value)
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return write_readable(value).decode()


def _cell(row: Row, name: str) -> str:
    return one_line(text(_look(row, name)))


def _look(row: Row, name: str) -> Any:
    """Return the value of a key, with dots for nested objects; None if it is missing."""
    value: Any = row
    for key in (name,) if name in row else name.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _plain(rows: Iterable[Row]) -> list[str]:
    """Return the keys whose values can be shown in a column, which are not objects."""
    keys = dict.fromkeys(key for row in rows for key in row)
    shown = {key for row in rows for key, value in row.items() if text(value)}
    nested = {
        key
        for row in rows
        for key, value in row.items()
        if text(value)[:1] in ("{", "[") and not isinstance(value, str)
    }
    return [key for key in keys if key in shown - nested]


def _rank(key: str) -> tuple[bool, int]:
    first = _FIRST.index(key) if key in _FIRST else len(_FIRST)
    return key not in _FIRST and key.endswith(("Id", "ID")), first
