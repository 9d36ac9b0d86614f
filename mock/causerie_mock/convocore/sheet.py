"""Tables of conversations, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from .. import _json
from .._seed import Record


def text(rows: Sequence[Record]) -> str:
    """Return the rows as CSV (RFC 4180) with a header row: the fields in the order of their first occurrence."""
    # behaviour: csv-has-the-rows-of-the-json
    table = io.StringIO(newline="")
    # A table without rows still has a header, with the column that every table has.
    writer = csv.DictWriter(table, dict.fromkeys(name for row in rows for name in row) or ["id"])
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return table.getvalue()


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else _json.encode(value).decode()
