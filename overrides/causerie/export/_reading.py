"""Reading a vendor for an export, independent of where the result is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Protocol

import attrs

from .._client import Exportable
from .._errors import ArgumentError
from .._plan import Aside, Plan
from .._vendor import vendors
from ._filters import check_filters
from ._stage import Checkpoint

if TYPE_CHECKING:
    from ._sources import Item, Page, Position, Source, Wanted
    from ._stage import Row

#: A page is held in memory as a whole.
PAGE_SIZE_MAX = 10_000
# Conversations whose messages are in memory together.
_AT_ONCE = 32


@attrs.frozen
class Progress:
    """The progress of an export."""

    done: int
    """The number of conversations that are read, including earlier runs."""
    total: int | None
    """How many there are, as far as is known; None if the vendor does not say, or while pages are read again."""
    is_writing: bool = False
    """Whether everything is read, and the file is being written."""
    agent: str | None = None
    """The agent that is being read, if there are several."""


class Kept(Protocol):
    """The place where pages are stored after they were read."""

    @property
    def checkpoint(self) -> Checkpoint:
        """How far the run has come."""
        ...

    def add(self, rows: Iterable[Row], checkpoint: Checkpoint) -> None:
        """Store a page, and how far the run has come."""
        ...

    def has(self, key: str, version: str) -> bool:
        """Return whether this version of the conversation is stored."""
        ...

    def __len__(self) -> int: ...


def quiet(_: Progress) -> None:
    """Show nothing."""


@attrs.frozen
class Batch:
    """Conversations of one page that were read together."""

    rows: Sequence[Row]
    checkpoint: Checkpoint
    """How far the run has come after them."""
    page: Page | None = None
    """The page, in the batch that completes it; otherwise None."""


class Reading:
    """Reads one agent from a checkpoint on, one batch at a time."""

    def __init__(self, source: Source, checkpoint: Checkpoint, is_new: Callable[[Item], bool]) -> None:
        self.checkpoint = checkpoint
        self.is_end = False
        self._source = source
        self._is_new = is_new
        self._since = time_of(checkpoint.since)
        self._page: Page | None = None
        self._items: Sequence[Item] = ()
        self._has_news = False

    def batch(self) -> Plan[Batch]:
        """Read the next batch."""
        if self._page is None:
            self._page = yield from self._source.page(self.checkpoint.position)
            self._items = [item for item in self._page.items if self._is_wanted(item)]
            self._has_news = False
        kept = self.checkpoint
        if self._items:
            items = self._items[:_AT_ONCE]
            rows, unreadable = yield from self._source.rows(items)
            self._items = self._items[_AT_ONCE:]
            self._has_news = self._has_news or bool(rows)
            gone = kept.gone + len(items) - len(rows)
            self.checkpoint = attrs.evolve(kept, gone=gone, unreadable=sorted({*kept.unreadable, *unreadable}))
            return Batch(rows, self.checkpoint)
        page, self._page = self._page, None
        position, self.is_end = self._source.after(kept.position, page, has_news=self._has_news)
        newest = max(filter(None, [time_of(kept.newest), *(item.noted for item in page.items)]), default=None)
        self.checkpoint = _onward(kept, page, position, None if newest is None else newest.isoformat())
        return Batch((), self.checkpoint, page)

    def _is_wanted(self, item: Item) -> bool:
        is_since = self._since is None or item.changed is None or item.changed >= self._since
        return is_since and self._is_new(item)


def read_all(
    stage: Kept, source: Source, on_progress: Callable[[Progress], object], agent: str | None = None
) -> Plan[None]:
    """Read everything that is missing, and store it."""
    reading = Reading(source, stage.checkpoint, lambda item: not stage.has(item.id, item.version))
    while not reading.is_end:
        batch = yield from reading.batch()
        yield Aside(partial(stage.add, batch.rows, batch.checkpoint))
        if batch.page is not None:
            done, remaining = len(stage), batch.page.remaining
            on_progress(Progress(done, None if remaining is None else done + remaining, agent=agent))


def begun(source: Source, since: datetime | None, began: str) -> Checkpoint:
    """Return the checkpoint of a run that has read nothing yet."""
    text = None if since is None else since.isoformat()
    return Checkpoint(source.first(since), began, since=text, newest=text)


def _onward(kept: Checkpoint, page: Page, position: Position, newest: str | None) -> Checkpoint:
    unreadable = sorted({*kept.unreadable, *page.unreadable})
    return attrs.evolve(kept, position=position, newest=newest, unreadable=unreadable)


def check_exportable(client: object) -> None:
    """Raise ``ArgumentError`` unless it is a client whose conversations can be listed."""
    if not isinstance(client, Exportable):
        known = " or ".join(vendor.title for vendor in vendors().values() if vendor.export is not None)
        raise ArgumentError("client", f"give a client of {known}, not {type(client).__name__}")


def source_of(client: Any, agent_id: str | None, wanted: Wanted) -> Source:
    """Return the source to read. Raises ``ArgumentError``."""
    size, number = wanted.page_size, wanted.concurrency
    if size is not None and not (size.__class__ is int and 1 <= size <= PAGE_SIZE_MAX):
        problem = f"{size!r} is not a number of conversations: give 1 to {PAGE_SIZE_MAX:,}"
        raise ArgumentError("page_size", problem)
    if number.__class__ is not int or number < 1:
        raise ArgumentError("concurrency", f"{number!r} is not a number of requests: give 1 or more")
    check_filters(client._vendor, wanted.filters)
    return client._source(agent_id, wanted)  # type: ignore[no-any-return]


def checked_since(since: object) -> datetime | Literal["last"] | None:
    """Return the time, or ``"last"``. Raises ``ArgumentError``."""
    if isinstance(since, datetime) and since.utcoffset() is None:
        raise ArgumentError("since", f"{since!r} has no time zone; give one, for example datetime.now(UTC)")
    if since is None or isinstance(since, datetime):
        return since
    if since == "last":
        return "last"
    raise ArgumentError("since", f'{since!r} is neither a datetime nor "last"')


def time_of(text: str | None) -> datetime | None:
    """Return the time in a text as in RFC 3339."""
    return None if text is None else datetime.fromisoformat(text)
