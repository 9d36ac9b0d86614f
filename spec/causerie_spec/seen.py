"""What somebody has seen of the differences between two documents, so that anything else is new."""

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

#: How long a line may be before its end becomes a sum of it: YAML has no longer keys.
_LONG = 400

#: Lines, each with those below it.
Seen = dict[str, "Seen"]


def line(item: Item) -> str:
    """Return what is written of a difference."""
    text = str(item.said)
    if item.said.aspect == MISSED:  # the next part may be gone, or a new one before it
        text = re.sub(r"/(allOf|anyOf|oneOf)/\d+", r"/\1/*", text)
    if len(text) <= _LONG:
        return text
    return f"{text[:_LONG]} … {hashlib.sha256(text.encode()).hexdigest()[:8]}"


def read(vendor: str, path: Path | None = None) -> Seen | None:
    """Read spec/drift/{vendor}.seen.yaml, or the file at `path`; None without a file.

    Raises `ValueError` naming the entry that is not as it must be.
    """
    source = place(vendor, path)
    if not source.is_file():
        return None
    return dict(_entry(where, entry) for where, entry in entries(source))


def place(vendor: str, path: Path | None = None) -> Path:
    """Return the file that is read, and written."""
    return path or folder() / "drift" / f"{vendor}.seen.yaml"


def write(items: Iterable[Item]) -> str:
    """Return what `read` reads."""
    text = "\n".join(dict.fromkeys(_lines(items, "")))
    return f"# Written by `drift --accept`: what was there when somebody looked at it last.\n{text or '[]'}\n"


def fresh(items: Iterable[Item], seen: Seen) -> Iterator[Item]:
    """Yield what has not been seen; nothing of what is below it."""
    for item in items:
        if line(item) in seen:
            yield from fresh(item.below, seen[line(item)])
        else:
            yield item


def gone(items: Iterable[Item], seen: Seen) -> Iterator[str]:
    """Yield the lines of what is not there any more; nothing of what was below it."""
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
            return str(text), dict(_entry(where, each) for each in below)
    raise ValueError(f"{where} needs a line, or a line with those below it, unlike {entry!r:.80}.")


def _lines(items: Iterable[Item], indent: str) -> Iterator[str]:
    for item in items:
        below = [*_lines(item.below, f"{indent}  ")]
        text = json.dumps(line(item), ensure_ascii=False)
        yield "\n".join((f"{indent}- {text}:", *below)) if below else f"{indent}- {text}"
