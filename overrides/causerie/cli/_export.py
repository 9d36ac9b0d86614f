"""``causerie export``: every conversation of an agent in one file."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from .._errors import ArgumentError
from .._vendor import Export, Vendor, vendors
from ..export import ExportError, export
from ..export._export import PAGE_SIZE_MAX
from ..export._files import Format
from ._command import Command, Entry, Group
from ._connection import connected, settings
from ._parameters import Moment

if TYPE_CHECKING:
    from ..export import Progress as Progressed


class _Since(Moment):
    """A time, or ``last``."""

    def __init__(self) -> None:
        super().__init__(seconds=False)
        self.name = "time|last"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a ``datetime``, or ``"last"``."""
        return value if value == "last" else super().convert(value, param, ctx)


class _Rate(ProgressColumn):
    """Conversations in a second."""

    def render(self, task: Task) -> Text:
        """Return the rate, once it is known."""
        return Text("" if task.speed is None else f"{task.speed:,.0f}/s")


@contextmanager
def _progress(console: Console) -> Iterator[Any]:
    """Yield what shows how far an export is, where somebody sees it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("reading", total=None)

        def show(now: Progressed) -> None:
            description = "writing" if now.is_writing else "reading"
            progress.update(task, completed=now.done, total=now.total, description=description)

        yield show


# What an error says of an option is Python.
_ARGUMENT = re.compile(r'\b(overwrite|since)=(?:True|"(last)")')


def _typed(text: str) -> str:
    """Return what an error says, with the options as they are typed."""
    return _ARGUMENT.sub(lambda found: f"--{found[1]} {found[2] or ''}".rstrip(), text)


def _export(
    vendor: Vendor,
    *,
    target: Path,
    format: Format | None,  # noqa: A002 - click's name of the option
    since: datetime | Literal["last"] | None,
    overwrite: bool,
    page_size: int | None,
    skip_unreadable: bool,
    **given: Any,
) -> None:
    options = {name: given.pop(name) for name in ("agent_id", "messages", "concurrency") if name in given}
    console = Console(file=sys.stderr, force_terminal=sys.stderr.isatty())
    with connected(vendor, click.get_current_context(), given) as client:
        try:
            with _progress(console) as show:
                done = export(
                    client,
                    target,
                    format=format,
                    since=since,
                    overwrite=overwrite,
                    page_size=page_size,
                    skip_unreadable=skip_unreadable,
                    on_progress=show,
                    **options,
                )
        except ArgumentError as error:
            raise ArgumentError(error.argument, _typed(error.problem)) from None
        except ExportError as error:
            error.args = tuple(map(_typed, error.args))
            raise
    read = "" if done.read == done.rows else f", {done.read:,} of them read now"
    gone = f"; {done.gone:,} were deleted meanwhile" if done.gone else ""
    noun = "conversation" if done.rows == 1 else "conversations"
    click.echo(f"{done.rows:,} {noun} in {target}{read}{gone}")
    if done.unreadable:
        listed = ", ".join(done.unreadable)
        click.echo(f"{vendor.title} failed to show the messages of {len(done.unreadable):,}: {listed}", err=True)


_GENERAL = """TARGET is there once all of it is. What is read until then is in TARGET.part, and after an interruption
    the same command goes on from there.

    The format is what TARGET ends in: .jsonl, .parquet or .duckdb. Parquet's messages are in a file of their own beside
    it, DuckDB's in a table."""


def _command(vendor: Vendor, kind: Export) -> Command:
    own: list[click.Parameter] = [
        *([click.Argument(["agent_id"])] if kind.has_agents else []),
        click.Argument(["target"], type=click.Path(path_type=Path)),
        click.Option(
            ["--format"],
            type=click.Choice(get_args(Format)),
            metavar="FORMAT",
            help="jsonl, parquet or duckdb; otherwise what TARGET ends in.",
        ),
        click.Option(
            ["--since"],
            type=_Since(),
            metavar="TIME|last",
            help="Only what has changed since a time; last brings TARGET up to date.",
        ),
        click.Option(
            ["--overwrite"],
            is_flag=True,
            help="Replace TARGET, and throw away what another export has left unfinished.",
        ),
        click.Option(
            ["--page-size"],
            type=click.IntRange(min=1, max=PAGE_SIZE_MAX),
            metavar="N",
            help=f"How many conversations to ask for at a time: {kind.page_size} unless given.",
        ),
        click.Option(
            ["--skip-unreadable"],
            is_flag=True,
            help="Go on past a conversation that cannot be read, and name it at the end.",
        ),
        click.Option(["--messages/--no-messages"], default=True, show_default=True, help=kind.messages),
    ]
    if kind.has_concurrency:
        sentence = "How many conversations' messages to ask for at once."
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
    return Command(
        vendor.name,
        own=own,
        shared=list(settings(vendor)),
        callback=partial(_export, vendor),
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
    help="""Every conversation of an agent in one file: JSON Lines, Parquet or DuckDB.

    An export that was interrupted goes on where it stopped. Parquet and DuckDB need causerie[export].
    """,
)
