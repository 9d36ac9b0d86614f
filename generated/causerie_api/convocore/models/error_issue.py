from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class ErrorIssue(Model):
    """One thing that is wrong with the input."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    message: str = field("message", schema.STRING)
    """What is wrong."""
    path: list[str | int] | Unset = field(
        "path", schema.array(schema.union(schema.STRING, schema.INTEGER)), default=UNSET
    )
    """Where it is, as names of fields and indexes of lists."""
