from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class AssigneeHint(Model):
    """What the caller knows about a person."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: str = field("id", schema.STRING)
    """Id of the person."""
    name: str | Unset = field("name", schema.STRING, default=UNSET)
    """Name."""
    email: str | Unset = field("email", schema.STRING, default=UNSET)
    """Email address."""


if TYPE_CHECKING:

    class AssigneeHintParams(TypedDict, total=False):
        """The fields of ``AssigneeHint`` as keyword arguments."""

        id: Required[str]
        name: str | Unset
        email: str | Unset
