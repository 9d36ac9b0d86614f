from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field


class Error(Model):
    """Error answer to a request that the vendor refuses."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    status: int = field("status", schema.INTEGER)
    """HTTP status code."""
    name: Any = field("name", schema.ANY)
    """Name of the error: a string such as FORBIDDEN_ERROR in practice, although the contract declares an object (with that string for its default)."""
    message: str = field("message", schema.STRING)
    """What went wrong, as a code."""
    details: list[dict[str, Any]] = field("details", schema.array(schema.OBJECT))
    """Further particulars; their shape is not documented."""
