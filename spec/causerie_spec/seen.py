"""The differences between two documents that were already accepted, so that only new ones are reported."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .difference import MISSED
from .documents import entries, folder
from .inventory import Item

#: A longer line is cut and ends in a checksum: YAML limits the length of a key.
_LONG = 400

#: Lines, and the lines nested below them.
Seen = dict[str, "Seen"]


def line(item: Item) -> str:
    """Return the line that stands for a difference in the file."""
    text = str(item.said)
    if item.said.aspect == MISSED:  # its index changes when a part before it is removed or added
        text = re.sub(r"/(allOf|anyOf|oneOf)/\d+", r"/\1/*", text)
    if len(text) <= _LONG:
        return text
    return f"{text[:_LONG]} … {hashlib.sha256(text.encode()).hexdigest()[:8]}"


def read(vendor: str, path: Path | None = None) -> Seen | None:
    """Read spec/drift/{vendor}.seen.yaml, or the file at `path`. Return None if there is no such file.

    Raises `ValueError` that names the malformed entry.
    """
    source = place(vendor, path)
    if not source.is_file():
        return None
    return dict(_entry(where, entry) for where, entry in entries(source))


def place(vendor: str, path: Path | None = None) -> Path:
    """Return the path of the file that `read` reads."""
    return path or folder() / "drift" / f"{vendor}.seen.yaml"


def write(items: Iterable[Item]) -> str:
    """Return the text of a file that `read` can read."""
    text = "\n".join(dict.fromkeys(_lines(items, "")))
    return f"# Written by `drift --accept`: the differences that were accepted last.\n{text or '[]'}\n"


def fresh(items: Iterable[Item], seen: Seen) -> Iterator[Item]:
    """Yield the differences that were not accepted, without those nested below them."""
    for item in items:
        if line(item) in seen:
            yield from fresh(item.below, seen[line(item)])
        else:
            yield item


def gone(items: Iterable[Item], seen: Seen) -> Iterator[str]:
    """Yield the accepted lines that no longer occur, without those nested below them."""
    found = dict[str, list[Item]]()
    for item in items:
        found.setdefault(line(item), []).extend(item.below)
    for text, below in seen.items():
        if text in found:
            yield from gone(found[text], below)
        else:
            yield text


def _entry(where: str, entry: Any) -> tuple[str, Seen]:
    match entry:
        case str(text):
            return text, {}
        case dict() if len(entry) == 1 and isinstance(next(iter(entry.values())), list):
            ((text, below),) = entry.items()
            return str(text), dict(_entry(where, nested) for nested in below)
    raise ValueError(f"{where} is {entry!r:.80}; write a line, or a line with a list of lines below it.")


def _lines(items: Iterable[Item], indent: str) -> Iterator[str]:
    for item in items:
        below = [*_lines(item.below, f"{indent}  ")]
        text = json.dumps(line(item), ensure_ascii=False)
        yield "\n".join((f"{indent}- {text}:", *below)) if below else f"{indent}- {text}"
