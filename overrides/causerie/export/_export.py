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
from .._plan import Aside, Plan
from ._errors import explained
from ._files import write
from ._filters import NO_FILTERS, check_lasting, noted
from ._formats import Format, check_update, files_of, format_of, part_of, place_of
from ._reading import Progress, check_exportable, checked_since, quiet, read_all, source_of, time_of
from ._sources import Source
from ._stage import Checkpoint, Stage
from ._state import State, is_state
from ._trace import folder_of, is_file, is_there, sweep, version_of

if TYPE_CHECKING:
    from typing import Unpack


@attrs.frozen
class Exported:
    """An export that is complete."""

    path: Path
    rows: int
    """Conversations in the file."""
    read: int
    """Conversations that were read for it: fewer than ``rows`` when the file was brought up to date."""
    gone: int
    """Conversations that were deleted at the vendor between being listed and being read. A file that was brought up to
    date may have them from before.
    """
    newest: datetime | None
    """Up to when every change was read: the latest, or where a client's clock sets times, not later than a day before
    the run began. The next run since ``"last"`` begins there.
    """
    unreadable: Sequence[str] = ()
    """Ids of conversations whose messages the vendor failed to show, each time: they are in the file without. With
    ``skip_unreadable`` there may be others, and one without an id is named by a digest, and left out.
    """


class ExportOptions(TypedDict, total=False):
    """What an export can be told."""

    agent_id: str
    """The agent, where a credential opens several, and not where it is one agent's."""
    format: Format | None
    """jsonl (or ndjson), jsonl.gz (or ndjson.gz), csv, parquet or duckdb, when the target's name does not end in it."""
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
def export(client: SyncExportable, target: str | PathLike[str], **options: Unpack[ExportOptions]) -> Exported: ...
@overload
def export(
    client: AsyncExportable, target: str | PathLike[str], **options: Unpack[ExportOptions]
) -> Coroutine[Any, Any, Exported]: ...
@evaluable
def export(client: Any, target: str | PathLike[str], **options: Unpack[ExportOptions]) -> Any:
    """Write every conversation of an agent to ``target``, which is there when all of it is, and not before.

    While it runs, what is read stands in ``<target>.part``. After a run that was killed or has failed, the same call
    goes on there. ``<target>.state.json`` says where the next run since ``"last"`` begins. The options are those of
    ``ExportOptions``. Raises ``ArgumentError``, ``ExportError``, and what the requests raise.
    """
    check_exportable(client)
    return client._driver.run(_exporting(client, place_of(target), **options))


def _exporting(
    client: Any,
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
    source = source_of(
        client, agent_id, page_size, concurrency, messages=messages, skips=skip_unreadable, filters=filters
    )
    if since == "last":
        check_lasting(client._vendor, filters)
    about = {**_about(client, source, agent_id), "format": kind}
    if filters:
        about["filters"] = noted(filters)
    run = _Run(target, kind, source, about, checked_since(since), overwrite)
    part = part_of(target)
    if not is_there(part):
        run.since_when()  # a run that cannot begin leaves no file behind
    with Stage(part) as stage:
        yield Aside(partial(run.begin, stage))
        try:
            yield from read_all(stage, source, on_progress)
        except CauserieError as error:
            if len(stage):
                error.add_note(f"{part.name} keeps {len(stage)} conversations: export again to go on from there")
            else:
                stage.remove()
            raise
        on_progress(Progress(len(stage), len(stage), is_writing=True))
        return (yield Aside(partial(run.finish, stage)))  # type: ignore[no-any-return]


@attrs.frozen
class _Run:
    """What is to be exported, and where to."""

    target: Path
    format: Format
    source: Source
    about: dict[str, Any]
    since: datetime | Literal["last"] | None
    overwrite: bool

    @property
    def files(self) -> list[Path]:
        return files_of(self.target, self.format, self.source)

    @property
    def _state(self) -> Path:
        return self.target.with_name(f"{self.target.name}.state.json")

    def since_when(self) -> datetime | None:
        """Return since when a new run wants changes.

        Raises ``ArgumentError`` when it cannot begin, and ``ExportError`` when what the last one has left cannot be
        read.
        """
        if self.since != "last":
            self._refuse()
            return self.since
        if not all(map(is_there, [*self.files, self._state])):
            raise ArgumentError(
                "since", f"there is no finished export {self.target} with its {self._state.name}; leave it out once"
            )
        state = State.read(self._state)
        if different := _differences(state.about, self.about):
            raise ArgumentError(
                "since", f"{self.target} is another export: {different}; leave it out, or change target"
            )
        return state.newest

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
        different = "" if found is None else _differences(found, about)
        if different and len(stage) and not self.overwrite:
            sentence = f"{stage.path} keeps another export that is not finished: {different}"
            raise ArgumentError("target", f"{sentence}; finish that one, or throw it away with overwrite=True")
        if found is not None and not different:
            self._refuse(stage)
            sweep(stage)
            return
        since = self.since_when()
        if found is not None:
            sweep(stage)
        text = None if since is None else since.isoformat()
        began = datetime.now(UTC).isoformat()
        stage.begin(about, Checkpoint(self.source.first(since), began, since=text, newest=text))

    def finish(self, stage: Stage) -> Exported:
        """Put the file in its place. Killed at any moment, it does the same once more."""
        is_update = self.since == "last"
        rows = write(stage, self.target, self.format, self.source, partial(self._refuse, stage), is_update=is_update)
        end = stage.checkpoint
        latest = time_of(end.newest)
        newest = None if latest is None else self.source.known_until(latest, datetime.fromisoformat(end.began))
        with explained(self._state), folder_of(stage) as folder:
            state = folder / self._state.name
            state.write_bytes(State(self.about, newest).to_json())
            replace(state, self._state)
        read = len(stage)
        stage.remove()
        return Exported(self.target, rows, read, end.gone, newest, tuple(end.unreadable))


def _about(client: Any, source: Source, agent_id: str | None) -> dict[str, Any]:
    """Return what tells one export from another."""
    options = client._driver.options
    about = {"vendor": source.vendor, "address": options.base_url, "agent": agent_id}
    if agent_id is None:
        # Where no agent is named, the key alone tells one from another. Four bytes do that, and lead back to no key.
        salt = hashlib.blake2b(options.base_url.encode(), digest_size=16).digest()
        key = "".join(options.credential.values()).encode()
        about["key"] = hashlib.blake2b(key, digest_size=4, salt=salt).hexdigest()
    return {**about, "messages": source.messages is not None}


def _differences(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    """Where two exports differ, as words; nothing when they do not."""
    names = [name for name in {**found, **wanted} if found.get(name) != wanted.get(name)]
    return f"it differs in {', '.join(names)}" if names else ""
