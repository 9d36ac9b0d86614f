"""The entry point for pytest: it brings in the suite's plugin for the suite alone.

`pytest --pyargs causerie_contract` reads no conftest.py before its options, so they need an entry point; and an entry
point is there in every pytest of everybody who has Causerie installed, so it must not add options to those.
"""

from __future__ import annotations

import pytest


def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """Loads the plugin when the command line names this package."""
    if any("causerie_contract" in argument for argument in args):
        early_config.pluginmanager.import_plugin("causerie_contract._plugin")
