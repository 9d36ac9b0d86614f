"""Text that becomes one segment of a path: an id that a server named may be no such thing."""

from __future__ import annotations

import re
from urllib.parse import quote

#: What a proxy or a server may take for the end of a path, of a step in it, or of a line.
_STRANGE = re.compile(r"[/\\%?#;\x00-\x1f\x7f]")


def fits(value: str) -> bool:
    """Return whether a path with `value` in it leads only to what `value` names."""
    return value not in {"", ".", ".."} and not _STRANGE.search(value)


def segment(value: str) -> str:
    """Return `value` as a segment of a path. Raises `ValueError` if the path would lead to something else."""
    if not fits(value):
        raise ValueError(f"the id {value!r} cannot stand in a path, for that would lead to something else")
    return quote(value, safe="")
