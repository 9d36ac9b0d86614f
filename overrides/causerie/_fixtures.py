"""The pytest fixtures: ``<vendor>_mock`` for each vendor that has a mock with clients.

Every pytest run in an environment with Causerie loads this module, so it imports nothing else before a fixture is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest


def _fixture(vendor: str) -> Callable[[], Iterator[Any]]:
    def played() -> Iterator[Any]:
        try:
            module = import_module(f"causerie.{vendor}.testing")
        except ImportError as error:
            pytest.fail(str(error), pytrace=False)
        with getattr(module, f"{vendor.capitalize()}Mock")() as mock:
            yield mock

    name = f"{vendor}_mock"
    played.__doc__ = f"A new mock of {vendor} for each test: a ``causerie.{vendor}.testing.{vendor.capitalize()}Mock``."
    return pytest.fixture(name=name)(played)


globals().update(
    {f"{place.parent.name}_mock": _fixture(place.parent.name) for place in Path(__file__).parent.glob("*/testing.py")}
)
