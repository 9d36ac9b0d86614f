"""``UNSET``: a field that is not there, which is neither ``None`` nor a value."""

from __future__ import annotations

from typing import ClassVar, Final, Literal, Self


class Unset:
    """Type of ``UNSET``. There is one instance only, also after ``copy`` and ``pickle``."""

    __slots__ = ()
    _instance: ClassVar[Self | None] = None

    def __new__(cls) -> Self:
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final = Unset()
