"""Commands and groups of commands with readable help."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import click
from click.shell_completion import CompletionItem


def spelled(name: str) -> str:
    """Return a Python name as it is typed on the command line."""
    return name.replace("_", "-")


class Failure(Exception):
    """An error that ends a command: a sentence for standard error, and an exit code."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence, code)
        self.sentence = sentence
        self.code = code


class _Readable(click.Command):
    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """Write the paragraphs of the help. click itself would break --an-option at its hyphens."""
        for paragraph in (self.help or "").split("\n\n"):
            formatter.write_paragraph()
            lines = textwrap.wrap(" ".join(paragraph.split()), formatter.width - 2, break_on_hyphens=False)
            formatter.write("".join(f"  {line}\n" for line in lines))


class Command(_Readable):
    """A command whose help lists its own options separately from the shared ones."""

    def __init__(
        self,
        name: str,
        *,
        own: list[click.Parameter],
        shared: list[click.Option],
        **attributes: Any,
    ) -> None:
        super().__init__(name, params=[*own, *shared], **attributes)
        self._own = {each.name for each in own}

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the arguments with a fixed set of values, and the options in two sections."""
        arguments, own, shared = list[tuple[str, str]](), list[tuple[str, str]](), list[tuple[str, str]]()
        for each in self.get_params(ctx):
            line = each.get_help_record(ctx)
            if isinstance(each, click.Option) and line is not None:
                (own if each.name in self._own else shared).append(line)
            elif isinstance(each.type, click.Choice):
                arguments.append((each.make_metavar(ctx), f"One of {', '.join(each.type.choices)}."))
        for title, lines in (("Arguments", arguments), ("Options", own), ("Output and connection", shared)):
            if lines:
                with formatter.section(title):
                    formatter.write_dl(lines)


class Entry(NamedTuple):
    """An entry in a group: the command's summary, and a function that creates the command."""

    sentence: str
    load: Callable[[], click.Command]


class Group(_Readable, click.Group):
    """A group that creates its commands on demand: ``causerie --help`` loads none."""

    def __init__(self, name: str, entries: Mapping[str, Entry], **attributes: Any) -> None:
        super().__init__(name, **attributes)
        self.entries = entries

    def invoke(self, ctx: click.Context) -> Any:
        """Run the named command; an interrupt ends it without a message."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            ctx.exit(130)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names, in the order of the entries."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Create and return the command."""
        return self.entries[cmd_name].load() if cmd_name in self.entries else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the summary of each command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.sentence) for name, each in self.entries.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands, or the options, that begin with the text."""
        found = [CompletionItem(name, help=each.sentence) for name, each in self.entries.items()]
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [item for item in found if item.value.startswith(incomplete)] + options
