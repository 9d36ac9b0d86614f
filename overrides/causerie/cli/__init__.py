"""The command ``causerie``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command with ``arguments``, those of the command line when left out, and exit.

    ``causerie --help`` lists the exit codes.
    """
    try:
        from ._commands import causerie  # noqa: PLC0415 - needs the extra cli
        from ._process import run  # noqa: PLC0415
    except ModuleNotFoundError as error:
        sys.exit(f'The command causerie needs {error.name}: in a checkout of Causerie, pip install ".[cli]"')
    sys.exit(run(causerie, arguments))
