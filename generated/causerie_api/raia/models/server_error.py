from __future__ import annotations

from ... import schema
from ...model import Model, field


class ServerError(Model):
    """Error answer to a request that the vendor failed to process."""

    __slots__ = ()

    status: int = field("status", schema.INTEGER)
    """HTTP status code."""
    message: str = field("message", schema.STRING)
    """What went wrong."""
