"""What the command ``palaver`` can do."""

from __future__ import annotations

from collections.abc import Callable

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="palaver", message="%(prog)s %(version)s")
def palaver() -> None:
    """The conversation APIs of Convocore, raia and Zild."""


_Command = Callable[[click.Context, tuple[str, ...]], None]


def _passing(command: _Command) -> click.Command:
    """A command that parses nothing, --help neither: another command line has the grammar, whoever calls it."""
    passed = click.argument("arguments", nargs=-1, type=click.UNPROCESSED)(click.pass_context(command))
    return palaver.command(add_help_option=False, context_settings={"ignore_unknown_options": True})(passed)


@_passing
def mock(context: click.Context, arguments: tuple[str, ...]) -> None:
    """Serve mock vendors on a port of this machine."""
    try:
        from palaver_mock.__main__ import main  # noqa: PLC0415 - needs the extra mock
    except ImportError as error:
        raise click.ClickException(str(error)) from None
    context.exit(main(arguments, prog="palaver mock"))


@_passing
def spec(context: click.Context, arguments: tuple[str, ...]) -> None:
    """Compare documents with others, and with recorded traffic."""
    try:
        from palaver_contract.__main__ import main  # noqa: PLC0415 - needs the extra contract
    except ModuleNotFoundError as error:
        raise click.ClickException(f'palaver spec needs {error.name}: pip install "palaver[contract]"') from None
    context.exit(main(arguments, prog="palaver spec"))
