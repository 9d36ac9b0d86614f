"""Helpers for tests of code that uses Causerie: mock vendors with clients, and waits that take no time.

With ``causerie[mock]`` installed, pytest has a fixture for each vendor, ``<vendor>_mock``, whose classes are here.
``no_waiting`` needs no extra.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .._clock import no_waiting

if TYPE_CHECKING:
    from causerie_mock import Question as Question
    from causerie_mock import ReplyFailed as ReplyFailed

    from ..convocore.testing import ConvocoreMock as ConvocoreMock
    from ..raia.testing import RaiaMock as RaiaMock
    from ..zild.testing import ZildMock as ZildMock

# All but no_waiting need the extra mock.
_MODULES = {
    "ConvocoreMock": "causerie.convocore.testing",
    "Question": "causerie_mock",
    "RaiaMock": "causerie.raia.testing",
    "ReplyFailed": "causerie_mock",
    "ZildMock": "causerie.zild.testing",
}

__all__ = ["ConvocoreMock", "Question", "RaiaMock", "ReplyFailed", "ZildMock", "no_waiting"]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)
