from __future__ import annotations

from ... import schema
from ...model import Model, field


class ErrorIssue(Model):
    """One thing that is wrong with the input."""

    __slots__ = ()

    message: str = field("message", schema.STRING)
    """What is wrong."""
