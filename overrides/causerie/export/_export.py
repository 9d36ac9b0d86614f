"""A run of an export: it reads the missing conversations, stores them, and puts the file in place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict, overload

import attrs

from causerie_api.annotations import evaluable

from .._client import AsyncExportable, SyncExportable
from .._disk import replace
from .._errors import ArgumentError, CauserieError
from .._plan import Aside, Plan, Through
from ._agents import Part, by_agent, differences, error_of, ids_of, known, named, note, sources_of
from ._errors import explained
from ._exported import Exported
from ._files import write
from ._filters import check_lasting, noted
from ._formats import Format, check_update, files_of, format_of, part_of, place_of
from ._reading import Progress, begun, checked_since, quiet, read_all, time_of
from ._sources import Source, Wanted
from ._stage import Checkpoint, Stage
from ._state import State, is_state
from ._trace import folder_of, is_file, is_there, sweep, version_of

if TYPE_CHECKING:
    from typing import Unpack


class ExportOptions(TypedDict, total=False):
    """The options of an export."""

    agent_id: str
    """The agent, if a credential opens several and the clients are not given by agent."""
    format: Format | None
    """jsonl (or ndjson), jsonl.gz or jsonl.zst with compression, csv, parquet or duckdb.

    By default, the ending of the file's name decides.
    """
    messages: bool
    """Whether to read messages, too; True by default.

    They can need a request for each conversation, be billed, or need an add-on (403 without it): see the vendor's page
    in the documentation.
    """
    since: datetime | Literal["last"] | None
    """Leaves out conversations that have not changed since a time, which needs a time zone.

    ``"last"`` updates the target: conversations that have changed since the last export are replaced, and new ones are
    added. Those that were deleted at the vendor stay.
    """
    overwrite: bool
    """Whether to replace an existing target, and to discard the unfinished run of another export.

    An unfinished run of the same export is continued in any case.
    """
    page_size: int | None
    """Conversations requested at a time, 10,000 at most; by default, as many as every plan allows."""
    concurrency: int
    """Conversations whose messages are requested at the same time; 8 by default."""
    skip_unreadable: bool
    """Whether to skip a conversation that cannot be read, and name it in ``unreadable``.

    Its messages may not match the vendor's document, or be too large, or it may have no id. By default, such a
    conversation ends the run.
    """
    filters: Mapping[str, Any]
    """Filters for the vendor's list, by name; see the vendor's page in the documentation.

    Filters with which an update would miss conversations are refused with ``since="last"``.
    """
    on_progress: Callable[[Progress], object]
    """Called after every page, and when the file is about to be written."""


@overload
def export(
    client: SyncExportable | Mapping[str, SyncExportable],
    target: str | PathLike[str],
    **options: Unpack[ExportOptions],
) -> Exported: ...
@overload
def export(
    client: AsyncExportable | Mapping[str, AsyncExportable],
    target: str | PathLike[str],
    **options: Unpack[ExportOptions],
) -> Coroutine[Any, Any, Exported]: ...
@evaluable
def export(client: Any, target: str | PathLike[str], **options: Unpack[ExportOptions]) -> Any:
    """Write every conversation of an agent to ``target``, which appears only when it is complete.

    During the run, the conversations are stored in ``<target>.part``. If a run was killed or has failed, the same call
    continues it. ``<target>.state.json`` records where the next run since ``"last"`` begins. The options are those of
    ``ExportOptions``. Raises ``ArgumentError``, ``ExportError``, and the errors of requests.

    For several agents, give a dict of clients, by the agent's id if a credential opens several agents, and otherwise by
    a name of your choice. Rows then have a column ``agent``. If some agents fail, the file is still written with the
    others, and an ``AgentsError`` is raised afterwards.
    """
    clients = by_agent(client)
    first, *_ = clients.values()
    return first._driver.run(_exporting(clients, place_of(target), **options))


def _exporting(
    clients: Mapping[Any, Any],
    target: Path,
    *,
    agent_id: str | None = None,
    format: str | None = None,  # noqa: A002 - what it is called outside
    since: datetime | Literal["last"] | None = None,
    overwrite: bool = False,
    on_progress: Callable[[Progress], object] = quiet,
    **reading: Any,
) -> Plan[Exported]:
    kind = format_of(target, format)
    if since == "last":
        check_update(kind)
    ids = ids_of(clients, agent_id)
    wanted = Wanted(**reading)
    sources = sources_of(clients, ids, wanted)
    if since == "last":
        for client in clients.values():
            check_lasting(client._vendor, wanted.filters, "since", '"last"', "leave one of the two out")
    about = {**_about(clients, ids, sources), "format": kind}
    if wanted.filters:
        about["filters"] = noted(wanted.filters)
    run = _Run(target, kind, sources, about, checked_since(since), overwrite)
    part = part_of(target)
    if not is_there(part):
        run.since_when()  # a run that cannot begin leaves no file behind
    failures: dict[Any, CauserieError] = {}
    with Stage(part) as stage:
        yield Aside(partial(run.begin, stage))
        for agent, source in sources.items():
            kept = run.kept(stage, agent)
            try:
                yield Through(clients[agent]._driver, read_all(kept, source, on_progress, agent))
            except CauserieError as error:
                if isinstance(kept, Part) and error is kept.failure:
                    raise
                failures[agent] = error
        if len(failures) == len(clients):
            if not len(stage):
                stage.remove()
            failure = error_of(failures, f"{target} was not written", None)
            if len(stage):
                failure.add_note(f"{part.name} keeps {len(stage)} conversations: export again to go on from there")
            raise failure
        on_progress(Progress(len(stage), len(stage), is_writing=True))
        done: Exported = yield Aside(partial(run.finish, stage, failed=tuple(failures)))
    if failures:
        raise error_of(failures, f"{target} lacks conversations of theirs: export again to go on with them", done)
    return done


@attrs.frozen
class _Run:
    """A run: the sources to read, and the target."""

    target: Path
    format: Format
    sources: Mapping[Any, Source]
    """By agent; None is the only one."""
    about: dict[str, Any]
    since: datetime | Literal["last"] | None
    overwrite: bool

    @property
    def files(self) -> list[Path]:
        return files_of(self.target, self.format, self._source)

    @property
    def _source(self) -> Source:
        return next(iter(self.sources.values()))

    @property
    def _has_agents(self) -> bool:
        return None not in self.sources

    def kept(self, stage: Stage, agent: str | None) -> Part | Stage:
        """Return the part of the stage that belongs to an agent."""
        return stage if agent is None else Part(stage, agent, self.about["agents"][agent])

    @property
    def _state(self) -> Path:
        return self.target.with_name(f"{self.target.name}.state.json")

    def since_when(self) -> Mapping[Any, datetime | None]:
        """Return the time since which a new run reads changes, by agent.

        Raises ``ArgumentError`` if it cannot begin, and ``ExportError`` if the state of the last one cannot be read.
        """
        if self.since != "last":
            self._refuse()
        return self._times()

    def _times(self) -> Mapping[Any, datetime | None]:
        if self.since != "last":
            return dict.fromkeys(self.sources, self.since)
        if not all(map(is_there, [*self.files, self._state])):
            raise ArgumentError(
                "since", f"there is no finished export {self.target} with its {self._state.name}; leave since out once"
            )
        state = State.read(self._state)
        if different := differences(state.about, self.about, is_update=True):
            raise ArgumentError(
                "since", f"{self.target} is another export: {different}; leave it out, or change target"
            )
        return {agent: state.newest.get(agent) for agent in self.sources}

    def _refuse(self, stage: Stage | None = None) -> None:
        """Refuse a file at the place of the target that this run did not create and must not replace."""
        if is_there(self._state) and not is_state(self._state):
            raise ArgumentError("target", f"{self._state} exists, and no export has written it; move it away")
        own = () if stage is None else stage.checkpoint.made
        for file in filter(is_there, self.files):
            if not is_file(file):
                raise ArgumentError("target", f"{file} exists, and is not a file that can be replaced")
            if not self.overwrite and self.since != "last" and version_of(file) not in own:
                sentence = 'exists already; give overwrite=True, or update it with since="last"'
                raise ArgumentError("target", f"{file} {sentence}")

    def begin(self, stage: Stage) -> None:
        """Continue the run in the stage if it is the same export, and begin a new run if the stage is empty."""
        about = {**self.about, "since": self.since.isoformat() if isinstance(self.since, datetime) else self.since}
        found = stage.about()
        if found is not None and "agents" in found:
            found["agents"] = known(stage)
        different = "" if found is None else differences(found, about)
        if different and len(stage) and not self.overwrite:
            sentence = f"{stage.path} keeps another export that is not finished: {different}"
            raise ArgumentError("target", f"{sentence}; finish that one, or discard it with overwrite=True")
        if found is not None and not different:
            self._refuse(stage)
            sweep(stage)
            if self._has_agents and self.sources.keys() - stage.checkpoint.agents:
                stage.note(agents={**self._first(self._times()), **stage.checkpoint.agents})
            return
        since = self.since_when()
        if found is not None:
            sweep(stage)
        began = datetime.now(UTC).isoformat()
        if self._has_agents:
            stage.begin({**about, "agents": {}}, Checkpoint({}, began, agents=self._first(since)))
        else:
            stage.begin(about, begun(self._source, since[None], began))

    def _first(self, since: Mapping[Any, datetime | None]) -> dict[str, Any]:
        """Return the checkpoints of agents of which nothing has been read."""
        began = datetime.now(UTC).isoformat()
        return {agent: note(begun(source, since[agent], began)) for agent, source in self.sources.items()}

    def finish(self, stage: Stage, *, failed: Sequence[Any]) -> Exported:
        """Put the file in place. If it is killed at any moment, it can be repeated.

        While any agents have ``failed``, the stage stays.
        """
        is_update = self.since == "last"
        refuse = partial(self._refuse, stage)
        rows = write(
            stage, self.target, self.format, self._source, refuse, is_update=is_update, has_agents=self._has_agents
        )
        ends = {agent: self.kept(stage, agent).checkpoint for agent in self.sources}
        newest = {
            agent: time_of(end.since) if agent in failed else self._known_until(agent, end)
            for agent, end in ends.items()
            if agent is None or agent in known(stage)
        }
        with explained(self._state), folder_of(stage) as folder:
            state = self._state_of(newest, is_update=is_update)
            made = folder / self._state.name
            made.write_bytes(state.to_json())
            replace(made, self._state)
        read = len(stage)
        if not failed:
            stage.remove()
        unreadable = [id_ for agent, end in ends.items() for id_ in named(agent, end.unreadable)]
        # One that has shown nothing yet is to be read from the beginning.
        times = [state.newest.get(agent) for agent in {*state.newest, *self.sources}]
        earliest = None if None in times else min(filter(None, times))
        gone = sum(end.gone for end in ends.values())
        return Exported(self.target, rows, read, gone, earliest, tuple(unreadable))

    def _known_until(self, agent: str | None, end: Checkpoint) -> datetime | None:
        latest = time_of(end.newest)
        began = datetime.fromisoformat(end.began)
        return None if latest is None else self.sources[agent].known_until(latest, began)

    def _state_of(self, newest: Mapping[Any, datetime | None], *, is_update: bool) -> State:
        """Return the new state of the file, which keeps the agents that are not in this run."""
        if not self._has_agents:
            return State(self.about, newest)
        agents = {agent: self.about["agents"][agent] for agent in newest}
        if is_update:
            before = State.read(self._state)
            agents, newest = {**before.about["agents"], **agents}, {**before.newest, **newest}
        return State({**self.about, "agents": agents}, newest)


def _about(clients: Mapping[Any, Any], ids: Mapping[Any, str | None], sources: Mapping[Any, Source]) -> dict[str, Any]:
    """Return a description that distinguishes this export from others."""
    source = next(iter(sources.values()))
    whose = {agent: _whose(client, ids[agent]) for agent, client in clients.items()}
    own = whose.get(None, {"agents": whose})
    return {"vendor": source.vendor, **own, "messages": source.messages is not None}


def _whose(client: Any, agent_id: str | None) -> dict[str, Any]:
    options = client._driver.options
    about = {"address": options.base_url, "agent": agent_id}
    if agent_id is None:
        # Where no agent is named, the key alone tells one from another. Four bytes do that, and lead back to no key.
        salt = hashlib.blake2b(options.base_url.encode(), digest_size=16).digest()
        key = "".join(options.credential.values()).encode()
        about["key"] = hashlib.blake2b(key, digest_size=4, salt=salt).hexdigest()
    return about
