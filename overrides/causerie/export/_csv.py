"""CSV for spreadsheets: UTF-8 with a byte order mark for Excel, and line ends as in RFC 4180."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from causerie_api.jsontext import write_readable
from causerie_api.jsonvalue import printable

from ._columns import Columns

# What a spreadsheet calculates, in the width of East Asian texts as well (= + - @); the apostrophes that may stand
# before it are counted in, so that one can be taken away again.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


@contextmanager
def sheet(file: Path, columns: Columns) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Write a new file with these columns; yields a function that adds a row, a JSON object."""
    types = columns.types
    with file.open("w", encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(types)

        def add(row: dict[str, Any]) -> None:
            shaped = columns.row(row)
            writer.writerow([_cell(shaped.get(name), type_) for name, type_ in types.items()])

        yield add


def _cell(value: Any, type_: str) -> str:
    if value is None:
        return ""
    if type_ == "TIMESTAMP":
        return f"{value.replace(' ', 'T')}Z"
    if type_ == "VARCHAR":
        return f"'{printable(value)}" if _FORMULA.match(value) else printable(value)
    return write_readable(value).decode()
