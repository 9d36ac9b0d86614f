"""The output of a command: JSON for programs, tables for people."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, NoReturn

import attrs
import click
import orjson
from rich.console import Console, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from causerie_api.jsontext import write_readable
from causerie_api.model import Model

from .. import _clock
from .._outcome import Outcome
from .._pages import Page
from .._secret import Secret
from ._table import Columns, fields, text
from ._text import escaped, visible

Format = Literal["json", "table", "raw"]
"""The formats. ``raw`` is JSON, except that a string is printed without quotes."""


def default_format() -> Format:
    """Return the default format: a table in a terminal, JSON elsewhere."""
    return "table" if sys.stdout.isatty() else "json"


def console() -> Console:
    """Return a console on the current standard output."""
    return Console(file=sys.stdout, force_terminal=sys.stdout.isatty(), highlight=False, markup=False, emoji=False)


_NOTHING = "none"


@attrs.frozen
class Output:
    """The way in which results are printed."""

    format: Format
    columns: Sequence[str] = ()
    """The columns of a table, chosen by what fits if empty."""
    most: int | None = None
    """The most items of a paged list to print."""

    def print(self, value: Any) -> None:
        """Print a result. Lists are printed page by page."""
        if isinstance(value, Page):
            self._print_pages(value)
        elif self.format == "raw" and isinstance(value, str):
            # A file is no text of this system's encoding: elsewhere than at a terminal it stays as it came.
            click.echo(visible(value) if sys.stdout.isatty() else value.encode(), nl=False)
        else:
            _put(self._shown(plain(value)))

    def _print_pages(self, page: Page[Any]) -> None:
        if self.format != "table":
            for items in _chunks(page, self.most):
                click.echo("".join(f"{_json(item)}\n" for item in items), nl=False)
            return
        columns: Columns | None = None
        for items in _chunks(page, self.most):
            header = columns is None
            columns = columns or Columns(items, console().width, self.columns)
            _put(columns.table(items, header=header))
        if columns is None:
            _put(_NOTHING)

    def watch(self, call: Callable[[], Any], seconds: float) -> NoReturn:
        """Print the result of a call, and print it again whenever it changes, until the user interrupts.

        A terminal is redrawn; elsewhere, each change is a line of JSON or a table.
        """
        if not sys.stdout.isatty():
            self._follow(
                call, seconds, lambda value: _put(_json(value) if self.format == "json" else self._shown(value))
            )
        with Live(console=console(), auto_refresh=False) as live:
            self._follow(call, seconds, lambda value: live.update(self._drawn(value), refresh=True))

    def _follow(self, call: Callable[[], Any], seconds: float, show: Callable[[Any], None]) -> NoReturn:
        before: Any = ...
        while True:
            value = call()
            if isinstance(value, Page):
                value = [item for items in _chunks(value, self.most) for item in items]
            else:
                value = plain(value)
            if value != before:
                show(value)
            before = value
            _clock.sleep(seconds)

    def _drawn(self, value: Any) -> RenderableType:
        shown = self._shown(value)
        return Text(shown) if isinstance(shown, str) else shown

    def _shown(self, value: Any) -> str | Table:
        if self.format != "table":
            return _json(value, orjson.OPT_INDENT_2)
        if isinstance(value, dict):
            return fields(value, self.columns, console().width)
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            return Columns(value, console().width, self.columns).table(value, header=True)
        lines = [visible(text(each)) for each in (value if isinstance(value, list) else [value])]
        return "\n".join(lines) or _NOTHING


def plain(value: Any) -> Any:
    """Return the JSON value of a result as the vendor sent it, with stars instead of secrets.

    An error is ``{"error": …}``.
    """
    if isinstance(value, Model):
        return plain(value.to_dict())
    if isinstance(value, Secret):
        return "***"
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, Outcome):
        return {"error": str(value.error)} if value.error else plain(value.value)
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value


def _chunks(page: Page[Any], most: int | None) -> Iterator[list[Any]]:
    """Yield the items of each page that has any; no page beyond ``most`` items is fetched."""
    for each in page.pages():
        items = [plain(item) for item in each.data[:most]]
        if items:
            yield items
        if most is not None:
            most -= len(items)
            if not most:
                return


def _json(value: Any, option: int = 0) -> str:
    # Readers of another encoding than UTF-8, which Windows uses in pipes, understand escapes.
    ascii_only = codecs.lookup(sys.stdout.encoding or "utf-8").name != "utf-8"
    return escaped(write_readable(value, option).decode(), ascii_only=ascii_only)


def _put(shown: str | Table) -> None:
    if isinstance(shown, str):
        click.echo(shown)
        return
    terminal = console()
    with terminal.capture() as drawn:
        terminal.print(shown)
    # What fills the lines of a table is nothing that a program wants to read.
    click.echo(re.sub(" +$", "", drawn.get(), flags=re.MULTILINE), nl=False)
