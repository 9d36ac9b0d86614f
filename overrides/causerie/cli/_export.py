"""``causerie export``: every conversation of an agent in one file, or line by line on standard output."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text as Shown

from .. import _clock
from .._errors import ArgumentError
from .._vendor import Export, Vendor, vendors
from ..export import ExportError, ExportOptions, export
from ..export._formats import FORMATS, part_of, place_of
from ..export._reading import PAGE_SIZE_MAX
from ..export._stream import stream
from ._command import Command, Entry, Group
from ._connection import all_connected, connected, settings
from ._filters import filter_options
from ._parameters import Moment
from ._text import escaped

if TYPE_CHECKING:
    from ..export import Exported
    from ..export import Progress as Progressed
    from ..export._stream import Streamed


_STDOUT: Final = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
# Seconds between two lines that say how far an export is, where no terminal shows a bar.
_PAUSE: Final = 10


class _Since(Moment):
    """A parameter that is a time, or ``last``."""

    def __init__(self) -> None:
        super().__init__(seconds=False)
        self.name = "time|last"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a ``datetime``, or ``"last"``."""
        return value if value == "last" else super().convert(value, param, ctx)


class _Target(click.Path):
    """A parameter that is a file, or None for standard output."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path, or None for a name of standard output, even through links."""
        return None if value in _STDOUT else super().convert(value, param, ctx)


class _Agent(click.ParamType[Any]):
    """The name of an agent, and the environment variable that holds its key."""

    name = "name=variable"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return both. The value for the variable is never shown: the user may have typed the key itself."""
        name, _, variable = value.partition("=")
        if not name or not re.fullmatch("[A-Z_][A-Z0-9_]*", variable):
            sentence = "give a name of your choice and the environment variable that holds the agent's key"
            self.fail(f"{sentence}, in capitals: support=SUPPORT_KEY.", param, ctx)
        return name, variable


class _Rate(ProgressColumn):
    """A column with the number of conversations per second."""

    def render(self, task: Task) -> Shown:
        """Return the rate, or nothing while it is unknown."""
        return Shown("" if task.speed is None else f"{task.speed:,.0f}/s")


@contextmanager
def _progress(console: Console) -> Iterator[Any]:
    """Yield a function that shows the progress of an export: a bar in a terminal, and lines elsewhere."""
    if not console.is_terminal:
        yield _Lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=None)

        def show(now: Progressed) -> None:
            description = "writing" if now.is_writing else f"reading {now.agent or ''}".rstrip()
            progress.update(task, completed=now.done, total=now.total, description=description)

        yield show


class _Lines:
    """Writes progress to standard error, but not more often than a log should have it."""

    def __init__(self) -> None:
        self._said = _clock.now()

    def __call__(self, now: Progressed) -> None:
        if _clock.now() - self._said < _PAUSE:
            return
        self._said = _clock.now()
        of = "" if now.total is None else f" of {now.total:,}"
        agent = "" if now.agent is None else f"{now.agent}: "
        click.echo(
            f"{agent}{now.done:,}{of} conversations read{', writing the file' if now.is_writing else ''}", err=True
        )


def _put(line: bytes) -> None:
    """Print a line of JSON, in a terminal without control characters."""
    click.echo(escaped(line.decode()).encode() if sys.stdout.isatty() else line, nl=False)


# What an error says of an option is Python.
_ARGUMENT = re.compile(r'\b(overwrite|since)=(?:True|"(last)")')


def _typed(text: str) -> str:
    """Return an error's message, with the options as they are typed."""
    return _ARGUMENT.sub(lambda found: f"--{found[1]} {found[2] or ''}".rstrip(), text)


def _export(vendor: Vendor, kind: Export, *, target: Path | None, **given: Any) -> None:
    options = {name: given.pop(name) for name in _OPTIONS if name in given}
    filters = {name: given.pop(name) for name in kind.filters}
    options["filters"] = {name: value for name, value in filters.items() if value is not None and value is not False}
    with _clients(vendor, given, options) as client:
        try:
            done = _streamed(client, options) if target is None else _exported(client, target, options)
        except ArgumentError as error:
            raise ArgumentError(error.argument, _typed(error.problem)) from None
        except ExportError as error:
            error.args = (_typed(error.args[0]), *error.args[1:])
            raise
    if done.unreadable:
        listed = ", ".join(done.unreadable)
        click.echo(f"{vendor.title} failed to show the messages of {len(done.unreadable):,}: {listed}", err=True)


@contextmanager
def _clients(vendor: Vendor, given: dict[str, Any], options: dict[str, Any]) -> Iterator[Any]:
    """Yield the client, or one client for each of several agents."""
    context = click.get_current_context()
    agents = given.pop("agents", ())
    ids = options.pop("agent_id", ())
    if vendor.export is not None and vendor.export.has_agents and not ids:
        # The one word that is there is the target to click, and to the person who typed it the agent.
        target = next(each for each in context.command.params if each.name == "target")
        raise click.MissingParameter(ctx=context, param=target)
    names = [*ids, *(name for name, _ in agents)]
    if twice := [name for name in names if names.count(name) > 1]:
        raise click.UsageError(f"{twice[0]!r} is given twice.", context)
    if agents:
        with all_connected(vendor, context, given, dict(agents)) as clients:
            yield clients
        return
    with connected(vendor, context, given) as client:
        if len(ids) == 1:
            options["agent_id"] = ids[0]
        yield client if len(ids) < 2 else dict.fromkeys(ids, client)


def _streamed(client: Any, options: dict[str, Any]) -> Streamed:
    # A bar would stand among the lines, where both are at a terminal.
    with nullcontext(_quiet) if sys.stdout.isatty() else _progress(_console()) as show:
        done = stream(client, _put, on_progress=show, **options)
    click.echo(f"{_counted(done.rows)} on standard output{_gone(done.gone)}", err=True)
    return done


def _exported(client: Any, target: Path, options: dict[str, Any]) -> Exported:
    try:
        with _progress(_console()) as show:
            done: Exported = export(client, target, on_progress=show, **options)
    except KeyboardInterrupt:
        part = part_of(place_of(target))
        if part.exists():
            click.echo(f"Interrupted: {part} keeps what was read, and the same command goes on from there", err=True)
        raise
    read = "" if done.read == done.rows else f", {done.read:,} of them read now"
    click.echo(f"{_counted(done.rows)} in {target}{read}{_gone(done.gone)}")
    return done


def _console() -> Console:
    return Console(file=sys.stderr, force_terminal=sys.stderr.isatty())


def _quiet(_: Progressed) -> None:
    pass


def _counted(rows: int) -> str:
    return f"{rows:,} {'conversation' if rows == 1 else 'conversations'}"


def _gone(number: int) -> str:
    return f"; {number:,} were deleted meanwhile" if number else ""


_GENERAL = """TARGET appears when it is complete. Until then, the conversations are in TARGET.part, and after an
interruption, the same command continues.

    The ending of TARGET decides the format: .jsonl, .jsonl.gz, .jsonl.zst, .csv, .parquet or .duckdb (.ndjson is JSON
    Lines, too).
    For CSV and Parquet, messages are in a separate file beside it; for DuckDB, in a separate table.

    With several agents, every line or row has the column "agent". If some agents fail, the file still has the others.

    TARGET may be - for standard output: JSON Lines as they are read, which an interruption ends for good."""

# Options of the export; the others are for the connection to the vendor.
_OPTIONS: Final = frozenset(ExportOptions.__annotations__)


def _command(vendor: Vendor, kind: Export) -> Command:
    own: list[click.Parameter] = [
        *([click.Argument(["agent_id"], nargs=-1, metavar="AGENT_ID...")] if kind.has_agents else []),
        click.Argument(["target"], type=_Target()),
        click.Option(
            ["--format"],
            type=click.Choice(FORMATS),
            metavar="FORMAT",
            help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}; otherwise, the ending of TARGET decides.",
        ),
        click.Option(
            ["--since"],
            type=_Since(),
            metavar="TIME|last",
            help="Only conversations that have changed since a time; last updates TARGET.",
        ),
        click.Option(
            ["--overwrite"],
            is_flag=True,
            help="Replace TARGET, and discard the unfinished run of another export.",
        ),
        click.Option(
            ["--page-size"],
            type=click.IntRange(min=1, max=PAGE_SIZE_MAX),
            metavar="N",
            help=f"How many conversations to request at a time: {kind.page_size} by default.",
        ),
        click.Option(
            ["--skip-unreadable"],
            is_flag=True,
            help="Skip conversations that cannot be read, and name them at the end.",
        ),
        click.Option(["--messages/--no-messages"], default=True, show_default=True, help=kind.messages),
    ]
    if kind.has_concurrency:
        sentence = "For how many conversations to request messages at the same time."
        own.append(
            click.Option(
                ["--concurrency"],
                type=click.IntRange(min=1),
                metavar="N",
                default=8,
                show_default=True,
                help=sentence,
            )
        )
    if not kind.has_agents:
        sentence = "An agent, and the variable of the environment with its key. Again for each agent of the file."
        own.append(
            click.Option(["--agent", "agents"], type=_Agent(), metavar="NAME=VARIABLE", multiple=True, help=sentence)
        )
    own += filter_options(kind).values()
    return Command(
        vendor.name,
        own=own,
        shared=list(settings(vendor)),
        callback=partial(_export, vendor, kind),
        help=f"{kind.summary}\n\n{_GENERAL}",
    )


group = Group(
    "export",
    {
        name: Entry(
            "Write the conversations of an agent, with their messages.", partial(_command, vendor, vendor.export)
        )
        for name, vendor in vendors().items()
        if vendor.export is not None
    },
    help="""Export every conversation of an agent to one file: JSON Lines, CSV, Parquet or DuckDB.

    An interrupted export continues where it stopped. Parquet, DuckDB and .zst need causerie[export].
    """,
)
