"""Text that does not show."""

from __future__ import annotations


class Secret(str):
    """A credential: a str for whoever sends it, and stars for whoever prints the variables of a traceback."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


class SecretBytes(bytes):
    """A body with a credential in it."""

    def __repr__(self) -> str:
        return "b'***'"
