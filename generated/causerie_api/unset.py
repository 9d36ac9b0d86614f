"""``UNSET``: a field that is not there, which is neither ``None`` nor a value."""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal


class Unset(Enum):
    """The type of ``UNSET``, its only member, so that type checkers understand ``is not UNSET``."""

    UNSET = Ellipsis  # no JSON value, so it is never sent

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
