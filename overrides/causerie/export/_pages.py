"""The conversations of an agent, page by page, for code that stores them elsewhere than in a file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypedDict, overload

import attrs

from causerie_api.annotations import evaluable
from causerie_api.jsontext import read
from causerie_api.jsonvalue import shortened

from .._client import AsyncExportable, SyncExportable
from .._errors import ArgumentError
from .._plan import Aside, Plan
from ._filters import check_lasting, check_same, noted
from ._reading import Reading, begun, check_exportable, checked_since, source_of, time_of
from ._seen import Seen
from ._sources import Wanted
from ._stage import Checkpoint

if TYPE_CHECKING:
    from typing import Unpack

    from ._sources import Item, Source
    from ._stage import Row

_FORM = 1


@attrs.frozen
class ExportPage:
    """Conversations that were read together."""

    conversations: Sequence[dict[str, Any]]
    """The vendor's JSON, with ``messages`` if they were requested; empty if the page had nothing new."""
    place: Mapping[str, Any]
    """Where to continue, as JSON without a secret.

    ``pages(..., after=place)`` yields what comes after this page. After the last page, that is what has changed since.
    """
    is_last: bool
    """Whether this is the last page."""
    gone: int
    """Conversations that were deleted between being listed and being read."""
    unreadable: Sequence[str]
    """Ids of conversations whose messages the vendor failed to return every time: they are included without messages.
    """


class PageOptions(TypedDict, total=False):
    """Options for reading pages; each has the same meaning as for ``export``."""

    agent_id: str | None
    messages: bool
    since: datetime | None
    page_size: int | None
    concurrency: int
    skip_unreadable: bool
    filters: Mapping[str, Any]
    after: Mapping[str, Any] | None
    """The ``place`` of a page that was read earlier, in this process or in another."""


@overload
def pages(client: SyncExportable, **options: Unpack[PageOptions]) -> Iterator[ExportPage]: ...
@overload
def pages(client: AsyncExportable, **options: Unpack[PageOptions]) -> AsyncIterator[ExportPage]: ...
@evaluable
def pages(client: Any, **options: Unpack[PageOptions]) -> Any:
    """Yield every conversation of an agent once, page by page; with an async client, by ``async for``.

    It reads the same as ``export``. Conversations that change after their page was read come in a later call with
    ``after``: store each page and its ``place`` together, and nothing is lost, whenever you are interrupted. Raises
    ``ArgumentError``, ``ExportError``, and the errors of requests.
    """
    check_exportable(client)
    pager = _pager(client, **options)
    return _awaited(client, pager) if isinstance(client, AsyncExportable) else _blocking(client, pager)


def _blocking(client: Any, pager: _Pager) -> Iterator[ExportPage]:
    with closing(pager):
        while not pager.is_end:
            yield client._driver.run(pager.page())


async def _awaited(client: Any, pager: _Pager) -> AsyncIterator[ExportPage]:
    with closing(pager):
        while not pager.is_end:
            yield await client._driver.run(pager.page())


def _pager(
    client: Any,
    *,
    agent_id: str | None = None,
    since: datetime | None = None,
    after: Mapping[str, Any] | None = None,
    **reading: Any,
) -> _Pager:
    moment = checked_since(since)
    if moment == "last":
        raise ArgumentError("since", '"last" needs an export to a file: give the place of the last page as after')
    wanted = Wanted(**reading)
    source, filters = source_of(client, agent_id, wanted), wanted.filters
    if after is None:
        return _Pager(source, begun(source, moment, datetime.now(UTC).isoformat()), None, filters, is_resumed=False)
    if moment is not None:
        raise ArgumentError("since", "after already says where to begin: give only one of the two")
    try:
        before, is_end = after.get("filters", {}), after["position"] is None
        checkpoint, changed = _where(source, after)
    except (AttributeError, KeyError, TypeError, ValueError):
        problem = f"{shortened(after)} is not the place of a page: give page.place as it was, or leave it out"
        raise ArgumentError("after", problem) from None
    check_same(filters, before, "give the same ones")
    if is_end:
        check_lasting(client._vendor, filters, "after", "going on after the last page", "read everything anew")
    return _Pager(source, checkpoint, changed, filters, is_resumed=not is_end)


def _where(source: Source, place: Mapping[str, Any]) -> tuple[Checkpoint, datetime | None]:
    """Return where to continue, and the earliest change that a later run must read."""
    if place["form"] != _FORM:
        raise ValueError
    since, position = time_of(place["since"]), place["position"]
    if position is None:
        return begun(source, since, datetime.now(UTC).isoformat()), None
    if {*position} != {*source.first(since)}:
        raise ValueError
    time_of(place["newest"])
    datetime.fromisoformat(place["began"])
    checkpoint = Checkpoint(position, place["began"], since=place["since"], newest=place["newest"])
    return checkpoint, time_of(place["changed"])


class _Pager:
    """Reads a page at a time, and each conversation only once."""

    def __init__(
        self,
        source: Source,
        checkpoint: Checkpoint,
        changed: datetime | None,
        filters: Mapping[str, Any],
        *,
        is_resumed: bool,
    ) -> None:
        self._source = source
        self._reading = Reading(source, checkpoint, self._is_new)
        self._seen = Seen()
        self._is_resumed = is_resumed
        # The earliest change of what has changed after it was read.
        self._changed = changed
        self._form = {"form": _FORM, **({"filters": noted(filters)} if filters else {})}

    @property
    def is_end(self) -> bool:
        return self._reading.is_end

    def close(self) -> None:
        self._seen.close()

    def page(self) -> Plan[ExportPage]:
        """Read a page."""
        before = self._reading.checkpoint
        rows: list[Row] = []
        while True:
            batch = yield from self._reading.batch()
            rows += batch.rows
            yield Aside(partial(self._note, batch.rows))
            if batch.page is not None:
                break
        end = batch.checkpoint
        unreadable = sorted({*end.unreadable} - {*before.unreadable})
        conversations = [read(row.json) for row in rows]
        return ExportPage(conversations, self._place(end), self.is_end, end.gone - before.gone, unreadable)

    def _note(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._seen.add(row)

    def _is_new(self, item: Item) -> bool:
        at = self._reading.checkpoint
        # Which conversations an earlier run has read is unknown, but the times of their changes show most of them.
        again = self._source.again_since(at.position, datetime.fromisoformat(at.began)) if self._is_resumed else None
        if again is not None and item.changed is not None and item.changed < again:
            return False
        if not self._seen.has(item.id):
            return True
        if not self._seen.has(item.id, item.version):
            self._changed = min(filter(None, [self._changed, item.changed]), default=None)
        return False

    def _place(self, end: Checkpoint) -> dict[str, Any]:
        changed = None if self._changed is None else self._changed.isoformat()
        if not self.is_end:
            place = {"position": {**end.position}, "since": end.since, "began": end.began}
            return {**self._form, **place, "newest": end.newest, "changed": changed}
        newest = time_of(end.newest)
        if newest is not None:
            known = self._source.known_until(newest, datetime.fromisoformat(end.began))
            newest = min(filter(None, [known, self._changed]))
        return {**self._form, "position": None, "since": None if newest is None else newest.isoformat()}
