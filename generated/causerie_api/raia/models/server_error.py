from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field


class ServerError(Model):
    """Error answer to a request that the vendor failed to process."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    status: int = field("status", schema.INTEGER)
    """HTTP status code."""
    message: str = field("message", schema.STRING)
    """What went wrong."""
