from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.error_issue import ErrorIssue


class Error(Model):
    """Error answer."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    message: str = field("message", schema.STRING)
    """What went wrong."""
    code: str = field("code", schema.STRING)
    """tRPC's code of the error such as NOT_FOUND."""
    issues: list[ErrorIssue] | Unset = field(
        "issues", schema.array(schema.ref(lambda: models.ErrorIssue)), default=UNSET
    )
    """Each thing that is wrong with the input."""
