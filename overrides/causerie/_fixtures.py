"""The fixtures for pytest.

Every pytest of everybody who has Causerie installed loads this module, so it loads nothing else before it is asked to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from .testing import ConvocoreMock, RaiaMock, ZildMock


@pytest.fixture
def convocore_mock() -> Iterator[ConvocoreMock]:
    """Convocore, played: a ``causerie.testing.ConvocoreMock``, as new for every test."""
    with _mocks().ConvocoreMock() as mock:
        yield mock


@pytest.fixture
def raia_mock() -> Iterator[RaiaMock]:
    """raia, played: a ``causerie.testing.RaiaMock``, as new for every test."""
    with _mocks().RaiaMock() as mock:
        yield mock


@pytest.fixture
def zild_mock() -> Iterator[ZildMock]:
    """Zild, played: a ``causerie.testing.ZildMock``, as new for every test."""
    with _mocks().ZildMock() as mock:
        yield mock


def _mocks() -> ModuleType:
    try:
        from .testing import _mocks as mocks  # noqa: PLC0415 - only once a test asks for a mock
    except ImportError as error:
        pytest.fail(str(error), pytrace=False)
    return mocks
