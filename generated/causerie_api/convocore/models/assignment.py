from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class Assignment(Model):
    """To whom a conversation is assigned."""

    __slots__ = ()

    assign_to_user_id: str = field("assignToUserId", schema.STRING)
    """Id of the person who gets the conversation."""
    delegated_by: str | Unset = field("delegatedBy", schema.STRING, default=UNSET)
    """Id of the person who delegates the conversation."""


if TYPE_CHECKING:

    class AssignmentParams(TypedDict, total=False):
        """The fields of ``Assignment`` as keyword arguments."""

        assign_to_user_id: Required[str]
        delegated_by: str | Unset
