from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field


class Acknowledgement(Model):
    """Answer in words."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    success: bool = field("success", schema.BOOLEAN)
    """True when the operation succeeded."""
    message: str = field("message", schema.STRING)
    """What happened, in words."""
