from __future__ import annotations

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class ErrorIssue(Model):
    """One thing that is wrong with the input."""

    __slots__ = ()

    message: str = field("message", schema.STRING)
    """What is wrong."""
    path: list[str | int] | Unset = field(
        "path", schema.array(schema.union(schema.STRING, schema.INTEGER)), default=UNSET
    )
    """Where it is, as names of fields and indexes of lists."""
