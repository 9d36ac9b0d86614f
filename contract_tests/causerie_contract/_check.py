"""`causerie check`: the suite as a command of its own.

pytest has to load what the suite consists of, so that its asserts explain themselves: nothing of it is imported here.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

import pytest

_DESCRIPTION = (
    "Hold a server against a vendor's document, or the mock vendors against theirs when no server is named. The suite "
    "runs in pytest."
)


class _Options:
    """pytest's parser of options, for help with the options of the suite alone."""

    def __init__(self, parser: argparse._ActionsContainer) -> None:
        self._parser = parser

    def getgroup(self, name: str) -> _Options:
        """Return a group of options, by its title."""
        return _Options(self._parser.add_argument_group(name))

    def addoption(self, *names: str, **attributes: Any) -> None:
        """Add an option, as `argparse` does."""
        self._parser.add_argument(*names, **attributes)


def check(arguments: Sequence[str], *, prog: str) -> int:
    """Run the suite in pytest: 0 when it passes, 1 when it does not, 2 when what was asked for cannot be done."""
    if "-h" in arguments or "--help" in arguments:
        _help(prog)
        return 0
    status = pytest.ExitCode(pytest.main(["--pyargs", "causerie_contract", *arguments]))
    return {pytest.ExitCode.OK: 0, pytest.ExitCode.INTERRUPTED: 130, pytest.ExitCode.USAGE_ERROR: 2}.get(status, 1)


def _help(prog: str) -> None:
    from ._plugin import pytest_addoption  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog, description=_DESCRIPTION, epilog="Other options are pytest's.")
    options: Any = _Options(parser)
    pytest_addoption(options)
    parser.print_help()
