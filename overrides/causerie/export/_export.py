"""One run of an export: read what is missing, keep it, and put the file in its place."""

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
from ._filters import NO_FILTERS, check_lasting, noted
from ._formats import Format, check_update, files_of, format_of, part_of, place_of
from ._reading import Progress, begun, checked_since, quiet, read_all, time_of
from ._sources import Source, Wanted
from ._stage import Checkpoint, Stage
from ._state import State, is_state
from ._trace import folder_of, is_file, is_there, sweep, version_of

if TYPE_CHECKING:
    from typing import Unpack


class ExportOptions(TypedDict, total=False):
    """What an export can be told."""

    agent_id: str
    """The agent, where a credential opens several, and not where it is one agent's, or clients are given by agent."""
    format: Format | None
    """jsonl (or ndjson), packed as jsonl.gz or jsonl.zst, csv, parquet or duckdb, if its name does not end so."""
    messages: bool
    """Whether to read messages, too; True unless given. They can cost a request for each conversation, be billed, or
    need an add-on (403 without it): the vendor's page in the documentation says which.
    """
    since: datetime | Literal["last"] | None
    """Leaves out what has not changed since a time, which needs a time zone. ``"last"`` brings the target up to date:
    what has changed since the last export takes its place, and what is new is added; what was deleted at the vendor
    stays.
    """
    overwrite: bool
    """Whether to replace a target that is there, and to throw away what another export has left unfinished. What this
    one has left, it goes on with all the same.
    """
    page_size: int | None
    """Conversations that the vendor is asked for at a time: as many as every plan allows unless given; 10,000 at
    most.
    """
    concurrency: int
    """Conversations whose messages are asked for at a time, 8 unless given."""
    skip_unreadable: bool
    """Whether to go on past a conversation that cannot be read, and to name it in ``unreadable``: its messages are not
    what the vendor's document says, or too large, or it has no id. False unless given: it ends the run.
    """
    filters: Mapping[str, Any]
    """What the vendor's list is filtered by, by name; the vendor's page says which there are. Those by which an update
    would miss conversations are refused with ``since="last"``.
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
    """Write every conversation of an agent to ``target``, which is there when all of it is, and not before.

    While it runs, what is read stands in ``<target>.part``. After a run that was killed or has failed, the same call
    goes on there. ``<target>.state.json`` says where the next run since ``"last"`` begins. The options are those of
    ``ExportOptions``. Raises ``ArgumentError``, ``ExportError``, and what the requests raise.

    For several agents, give the client of each by the agent's id where a credential opens several, and by a name of
    yours where it is one agent's. Rows then have a column ``agent``. Agents that fail do not keep the others from the
    file, and raise an ``AgentsError`` once it is there.
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
    messages: bool = True,
    since: datetime | Literal["last"] | None = None,
    overwrite: bool = False,
    page_size: int | None = None,
    concurrency: int = 8,
    skip_unreadable: bool = False,
    filters: Mapping[str, Any] = NO_FILTERS,
    on_progress: Callable[[Progress], object] = quiet,
) -> Plan[Exported]:
    kind = format_of(target, format)
    if since == "last":
        check_update(kind)
    ids = ids_of(clients, agent_id)
    wanted = Wanted(
        page_size=page_size, concurrency=concurrency, messages=messages, skips=skip_unreadable, filters=filters
    )
    sources = sources_of(clients, ids, wanted)
    if since == "last":
        for client in clients.values():
            check_lasting(client._vendor, filters, "since", '"last"', "leave one of the two out")
    about = {**_about(clients, ids, sources), "format": kind}
    if filters:
        about["filters"] = noted(filters)
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
    """What is to be exported, and where to."""

    target: Path
    format: Format
    sources: Mapping[Any, Source]
    """By agent; None stands for the only one."""
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
        """Return what the stage has of an agent."""
        return stage if agent is None else Part(stage, agent, self.about["agents"][agent])

    @property
    def _state(self) -> Path:
        return self.target.with_name(f"{self.target.name}.state.json")

    def since_when(self) -> Mapping[Any, datetime | None]:
        """Return since when a new run wants changes, by agent.

        Raises ``ArgumentError`` when it cannot begin, and ``ExportError`` when what the last one has left cannot be
        read.
        """
        if self.since != "last":
            self._refuse()
        return self._times()

    def _times(self) -> Mapping[Any, datetime | None]:
        if self.since != "last":
            return dict.fromkeys(self.sources, self.since)
        if not all(map(is_there, [*self.files, self._state])):
            raise ArgumentError(
                "since", f"there is no finished export {self.target} with its {self._state.name}; leave it out once"
            )
        state = State.read(self._state)
        if different := differences(state.about, self.about, is_update=True):
            raise ArgumentError(
                "since", f"{self.target} is another export: {different}; leave it out, or change target"
            )
        return {agent: state.newest.get(agent) for agent in self.sources}

    def _refuse(self, stage: Stage | None = None) -> None:
        """Refuse what is in the place of a file and was not made by this run, and may not be replaced."""
        if is_there(self._state) and not is_state(self._state):
            raise ArgumentError("target", f"{self._state} is there, and no export has made it; move it away")
        own = () if stage is None else stage.checkpoint.made
        for file in filter(is_there, self.files):
            if not is_file(file):
                raise ArgumentError("target", f"{file} is there, and is no file that can be replaced")
            if not self.overwrite and self.since != "last" and version_of(file) not in own:
                sentence = 'is there already; give overwrite=True, or bring it up to date with since="last"'
                raise ArgumentError("target", f"{file} {sentence}")

    def begin(self, stage: Stage) -> None:
        """Go on with the run that the stage holds, if it is this one, and begin anew if it holds none."""
        about = {**self.about, "since": self.since.isoformat() if isinstance(self.since, datetime) else self.since}
        found = stage.about()
        if found is not None and "agents" in found:
            found["agents"] = known(stage)
        different = "" if found is None else differences(found, about)
        if different and len(stage) and not self.overwrite:
            sentence = f"{stage.path} keeps another export that is not finished: {different}"
            raise ArgumentError("target", f"{sentence}; finish that one, or throw it away with overwrite=True")
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
        """Return the notes of agents of which nothing is read."""
        began = datetime.now(UTC).isoformat()
        return {agent: note(begun(source, since[agent], began)) for agent, source in self.sources.items()}

    def finish(self, stage: Stage, *, failed: Sequence[Any]) -> Exported:
        """Put the file in its place. Killed at any moment, it does the same once more.

        As long as agents have ``failed``, the stage stays.
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
        """Return the state of the file: agents that are not in this run stay in it."""
        if not self._has_agents:
            return State(self.about, newest)
        agents = {agent: self.about["agents"][agent] for agent in newest}
        if is_update:
            before = State.read(self._state)
            agents, newest = {**before.about["agents"], **agents}, {**before.newest, **newest}
        return State({**self.about, "agents": agents}, newest)


def _about(clients: Mapping[Any, Any], ids: Mapping[Any, str | None], sources: Mapping[Any, Source]) -> dict[str, Any]:
    """Return what tells one export from another."""
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
