"""The entry point for pytest: it brings in the suite's plugin for the suite alone.

`pytest --pyargs causerie_contract` reads no conftest.py before its options, so they need an entry point; and an entry
point is there in every pytest of everybody who has Causerie installed, so it must neither add options to those nor
import anything for them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Load the plugin when the tests to run are this package's. Raises ``UsageError`` where its extra is missing."""
    known = early_config.known_args_namespace
    folder = early_config.invocation_params.dir
    if any(_is_ours(argument.partition("::")[0], folder, is_module=known.pyargs) for argument in known.file_or_dir):
        try:
            early_config.pluginmanager.import_plugin("causerie_contract._plugin")
        except ImportError as error:
            raise pytest.UsageError(
                f'The contract suite needs its extra: in a checkout of Causerie, pip install ".[contract]" ({error})'
            ) from None


def _is_ours(argument: str, folder: Path, *, is_module: bool) -> bool:
    """Say whether a module, a file or a folder is this package's: others may have similar names."""
    place, package = (Path(os.path.realpath(path)) for path in (folder / argument, Path(__file__).parent))
    return (is_module and argument.partition(".")[0] == __package__) or place.is_relative_to(package)
