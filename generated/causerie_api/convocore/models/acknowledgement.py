from __future__ import annotations

from ... import schema
from ...model import Model, field


class Acknowledgement(Model):
    """Answer in words."""

    __slots__ = ()

    success: bool = field("success", schema.BOOLEAN)
    """True when the operation succeeded."""
    message: str = field("message", schema.STRING)
    """What happened, in words."""
