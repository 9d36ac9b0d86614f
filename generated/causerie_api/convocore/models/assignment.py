from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.assignee_hint import AssigneeHint


class Assignment(Model):
    """To whom a conversation is assigned; at least one person should be named."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    assign_to_user_id: str | Unset = field("assignToUserId", schema.STRING, default=UNSET)
    """Id of the one person who gets the conversation."""
    assign_to_user_ids: list[str] | Unset = field("assignToUserIds", schema.array(schema.STRING), default=UNSET)
    """Ids of the people who get the conversation, 25 at most."""
    assignees_hint: list[AssigneeHint] | Unset = field(
        "assigneesHint", schema.array(schema.ref(lambda: models.AssigneeHint)), default=UNSET
    )
    """What the caller knows about the people; it spares the server a look-up."""
    delegated_by: str | Unset = field("delegatedBy", schema.STRING, default=UNSET)
    """Id of the person who delegates the conversation."""
    note: str | Unset = field("note", schema.STRING, default=UNSET)
    """Note to the people."""


if TYPE_CHECKING:

    class AssignmentParams(TypedDict, total=False):
        """The fields of ``Assignment`` as keyword arguments."""

        assign_to_user_id: str | Unset
        assign_to_user_ids: list[str] | Unset
        assignees_hint: list[AssigneeHint] | Unset
        delegated_by: str | Unset
        note: str | Unset
