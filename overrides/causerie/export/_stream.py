"""Streaming conversations as lines of JSON to a place where nothing can be stored or taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs

from .._errors import ArgumentError, CauserieError
from .._plan import Plan, Through
from ._agents import by_agent, error_of, ids_of, marked, named, sources_of
from ._errors import explained
from ._formats import format_of
from ._reading import Progress, begun, checked_since, quiet, read_all
from ._seen import Seen
from ._sources import Wanted
from ._stage import Checkpoint, Row

_NAME = Path("standard output")


@attrs.frozen
class Streamed:
    """What was sent."""

    rows: int
    """The number of lines; a conversation that changed during the run has more than one."""
    gone: int
    """Conversations that were deleted at the vendor between being listed and being read."""
    unreadable: Sequence[str]
    """Ids of conversations whose messages the vendor failed to return every time: they were sent without messages."""


def stream(client: Any, send: Callable[[bytes], object], **options: Any) -> Streamed:
    """Call ``send`` with lines of JSON as conversations are read, from a blocking client or several by agent.

    The options are those of ``export``; options that only make sense for a file are refused. Raises ``ArgumentError``,
    ``ExportError``, and the errors of ``send`` and of requests.
    """
    clients = by_agent(client)
    first, *_ = clients.values()
    return first._driver.run(_streaming(clients, send, **options))  # type: ignore[no-any-return]


def _streaming(
    clients: Mapping[Any, Any],
    send: Callable[[bytes], object],
    *,
    agent_id: str | None = None,
    format: str | None = None,  # noqa: A002 - what it is called outside
    since: datetime | str | None = None,
    overwrite: bool = False,
    on_progress: Callable[[Progress], object] = quiet,
    **reading: Any,
) -> Plan[Streamed]:
    if format_of(_NAME, "jsonl" if format is None else format) != "jsonl":
        raise ArgumentError("format", f"{_NAME} takes JSON Lines, not {format}: leave it out, or give a file as target")
    moment = checked_since(since)
    if moment == "last":
        sentence = f"{_NAME} cannot be brought up to date: give a time with its zone, or a file as target"
        raise ArgumentError("since", sentence)
    if overwrite:
        raise ArgumentError(
            "overwrite", f"nothing is there to replace on {_NAME}: leave it out, or give a file as target"
        )
    wanted = Wanted(**reading)
    sources = sources_of(clients, ids_of(clients, agent_id), wanted)
    failures: dict[Any, CauserieError] = {}
    rows = gone = 0
    unreadable: list[str] = []
    for agent, source in sources.items():
        with closing(_Out(send, begun(source, moment, datetime.now(UTC).isoformat()), agent)) as out:
            try:
                yield Through(clients[agent]._driver, read_all(out, source, on_progress, agent))
            except CauserieError as error:
                failures[agent] = error
            rows, gone = rows + len(out), gone + out.checkpoint.gone
            unreadable += named(agent, out.checkpoint.unreadable)
    if failures:
        failure = error_of(failures, "Nothing of them is kept", None)
        if rows:
            failure.add_note(f"{rows} conversations went out; to a file, the same export would go on from there")
        raise failure
    return Streamed(rows, gone, unreadable)


class _Out:
    """The conversations that were sent."""

    def __init__(self, send: Callable[[bytes], object], checkpoint: Checkpoint, agent: str | None = None) -> None:
        self.checkpoint = checkpoint
        self._agent = agent
        self._send = send
        self._rows = 0
        self._seen = Seen()

    def close(self) -> None:
        """Close the database."""
        self._seen.close()

    def add(self, rows: Iterable[Row], checkpoint: Checkpoint) -> None:
        """Send rows. A row that was sent before has changed since."""
        for row in rows:
            shown = row if self._agent is None else marked(self._agent, row)
            self._send(shown.json + b"\n")
            with explained(_NAME):
                self._rows += not self._seen.has(row.id)
                self._seen.add(row)
        self.checkpoint = checkpoint

    def has(self, key: str, version: str) -> bool:
        """Return whether this version of the conversation was sent."""
        with explained(_NAME):
            return self._seen.has(key, version)

    def __len__(self) -> int:
        return self._rows
