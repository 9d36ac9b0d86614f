"""How an export reads a vendor, wherever what it reads is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Protocol

import attrs

from .._errors import ArgumentError
from .._plan import Aside, Plan
from ._stage import Checkpoint

if TYPE_CHECKING:
    from ._sources import Page, Position, Source
    from ._stage import Row

#: A page is held in memory as a whole.
PAGE_SIZE_MAX = 10_000
# Conversations whose messages are in memory together.
_AT_ONCE = 32


@attrs.frozen
class Progress:
    """How far an export is."""

    done: int
    """Conversations that are read, those of runs before included."""
    total: int | None
    """How many there are as far as is known now; None where the vendor does not say, and where pages are read again."""
    is_writing: bool = False
    """Whether all is read, and the file is being written."""


class Kept(Protocol):
    """Where what was read is kept, page by page."""

    @property
    def checkpoint(self) -> Checkpoint:
        """How far the run is."""
        ...

    def add(self, rows: Iterable[Row], checkpoint: Checkpoint) -> None:
        """Keep a page, and how far the run is now."""
        ...

    def has(self, key: str, version: str) -> bool:
        """Whether the conversation is kept as it is now."""
        ...

    def __len__(self) -> int: ...


def quiet(_: Progress) -> None:
    """Show nothing."""


def read_all(stage: Kept, source: Source, on_progress: Callable[[Progress], object]) -> Plan[None]:
    """Read what is missing, and keep it."""
    since = time_of(stage.checkpoint.since)
    is_end = False
    while not is_end:
        before = stage.checkpoint
        page = yield from source.page(before.position)
        news = [
            item
            for item in page.items
            if (since is None or item.changed is None or item.changed >= since) and not stage.has(item.id, item.version)
        ]
        has_news = False
        for start in range(0, len(news), _AT_ONCE):
            items = news[start : start + _AT_ONCE]
            rows, unreadable = yield from source.rows(items)
            has_news = has_news or bool(rows)
            kept = stage.checkpoint
            told = attrs.evolve(
                kept, gone=kept.gone + len(items) - len(rows), unreadable=sorted({*kept.unreadable, *unreadable})
            )
            yield Aside(partial(stage.add, rows, told))
        position, is_end = source.after(before.position, page, has_news=has_news)
        newest = max(filter(None, [time_of(before.newest), *(item.noted for item in page.items)]), default=None)
        text = None if newest is None else newest.isoformat()
        yield Aside(partial(stage.add, [], _onward(stage.checkpoint, page, position, text)))
        done = len(stage)
        on_progress(Progress(done, None if page.remaining is None else done + page.remaining))


def _onward(kept: Checkpoint, page: Page, position: Position, newest: str | None) -> Checkpoint:
    unreadable = sorted({*kept.unreadable, *page.unreadable})
    return attrs.evolve(kept, position=position, newest=newest, unreadable=unreadable)


def source_of(
    client: Any, agent_id: str | None, page_size: int | None, concurrency: int, *, messages: bool, skips: bool
) -> Source:
    """Return what is to be read. Raises ``ArgumentError``."""
    if page_size is not None and not (page_size.__class__ is int and 1 <= page_size <= PAGE_SIZE_MAX):
        problem = f"{page_size!r} is not a number of conversations: give 1 to {PAGE_SIZE_MAX:,}"
        raise ArgumentError("page_size", problem)
    if concurrency.__class__ is not int or concurrency < 1:
        raise ArgumentError("concurrency", f"{concurrency!r} is not a number of requests: give 1 or more")
    return client._source(agent_id, page_size, concurrency, messages=messages, skips=skips)  # type: ignore[no-any-return]


def checked_since(since: object) -> datetime | Literal["last"] | None:
    """Return the time, or ``"last"``. Raises ``ArgumentError``."""
    if isinstance(since, datetime) and since.tzinfo is None:
        raise ArgumentError("since", f"{since!r} has no time zone; give one, for example datetime.now(UTC)")
    if since is None or isinstance(since, datetime):
        return since
    if since == "last":
        return "last"
    raise ArgumentError("since", f'{since!r} is neither a datetime nor "last"')


def time_of(text: str | None) -> datetime | None:
    """Return the time that a text in RFC 3339 says."""
    return None if text is None else datetime.fromisoformat(text)
