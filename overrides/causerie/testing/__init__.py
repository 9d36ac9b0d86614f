"""Help for tests of code that uses Causerie: mock vendors with clients in front of them, and waits that take no time.

With ``causerie[mock]`` installed, pytest has the fixtures ``convocore_mock``, ``raia_mock`` and ``zild_mock``, whose
classes are here. ``no_waiting`` needs no extra.
"""

from typing import TYPE_CHECKING, Any

from .._clock import no_waiting

if TYPE_CHECKING:
    from ._mocks import ConvocoreMock as ConvocoreMock
    from ._mocks import Question as Question
    from ._mocks import RaiaMock as RaiaMock
    from ._mocks import ReplyFailed as ReplyFailed
    from ._mocks import ZildMock as ZildMock

__all__ = ["ConvocoreMock", "Question", "RaiaMock", "ReplyFailed", "ZildMock", "no_waiting"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import _mocks  # noqa: PLC0415 - needs the extra mock, which no_waiting does without

    return getattr(_mocks, name)
