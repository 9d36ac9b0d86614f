"""What the command ``palaver`` can do."""

from __future__ import annotations

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="palaver", message="%(prog)s %(version)s")
def palaver() -> None:
    """The conversation APIs of Convocore, raia and Zild."""


# Nothing is parsed here, --help neither: the mock's own command line has one grammar, whoever calls it.
@palaver.command(add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def mock(context: click.Context, arguments: tuple[str, ...]) -> None:
    """Serve mock vendors on a port of this machine."""
    try:
        from palaver_mock.__main__ import main  # noqa: PLC0415 - needs the extra mock
    except ImportError as error:
        raise click.ClickException(str(error)) from None
    context.exit(main(arguments, prog="palaver mock"))
