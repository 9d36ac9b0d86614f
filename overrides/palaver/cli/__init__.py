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
        from ._commands import palaver  # noqa: PLC0415 - needs the extra cli
        from ._process import run  # noqa: PLC0415
    except ModuleNotFoundError as error:
        sys.exit(f'The command palaver needs {error.name}: pip install "palaver[cli]"')
    sys.exit(run(palaver, arguments))
