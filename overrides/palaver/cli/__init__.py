"""The command ``palaver``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command with ``arguments`` (the command line's when left out) and exit. ``palaver --help`` lists the
    codes.
    """
    try:
        import click  # noqa: PLC0415 - needs the extra cli

        from ._command import Failure  # noqa: PLC0415
        from ._commands import palaver  # noqa: PLC0415
    except ModuleNotFoundError as error:
        sys.exit(f'The command palaver needs {error.name}: pip install "palaver[cli]"')
    try:
        sys.exit(palaver.main(arguments, prog_name="palaver", standalone_mode=False) or 0)
    except Failure as failure:
        click.echo(f"Error: {failure.sentence}", err=True)
        sys.exit(failure.code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
