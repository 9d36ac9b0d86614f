"""The records that a spy finds in Zild's answers."""

from __future__ import annotations

from collections.abc import Iterator

from .._harvest import Sighting
from .._seed import Record


def observe(seen: Sighting) -> Iterator[tuple[str, str, Record]]:
    """Yield the conversations that were started."""
    for conversation in seen.answer:
        yield "conversations", str(conversation["id"]), conversation
