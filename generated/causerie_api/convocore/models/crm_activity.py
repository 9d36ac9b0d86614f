from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.crm_activity_type import CrmActivityType, CrmActivityTypeValue
    from ..models.crm_channel import CrmChannel, CrmChannelValue
    from ..models.crm_note import CrmNote


class CrmActivity(Model):
    """An activity around a lead, such as a call or a follow-up."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: str | Unset = field("id", schema.STRING, default=UNSET)
    """Id of the activity."""
    title: str | Unset = field("title", schema.STRING, default=UNSET)
    """Title."""
    type_: CrmActivityType | Unset = field("type", schema.enum(lambda: models.CrmActivityType), default=UNSET)
    """Kind of an activity."""
    date: str | float | Unset = field("date", schema.union(schema.STRING, schema.NUMBER), default=UNSET)
    """Date of the activity; the format is not documented."""
    due_date: str | float | Unset = field("dueDate", schema.union(schema.STRING, schema.NUMBER), default=UNSET)
    """Date by which it is due; the format is not documented."""
    first_channel: CrmChannel | Unset = field("firstChannel", schema.enum(lambda: models.CrmChannel), default=UNSET)
    """Channel over which a lead was engaged."""
    second_channel: CrmChannel | Unset = field("secondChannel", schema.enum(lambda: models.CrmChannel), default=UNSET)
    """Channel over which a lead was engaged."""
    completed: bool | Unset = field("completed", schema.BOOLEAN, default=UNSET)
    """True once it is completed."""
    responded: bool | Unset = field("responded", schema.BOOLEAN, default=UNSET)
    """True once the lead has responded."""
    first_engaged: bool | Unset = field("firstEngaged", schema.BOOLEAN, default=UNSET)
    """True once the lead was engaged for the first time."""
    second_engaged: bool | Unset = field("secondEngaged", schema.BOOLEAN, default=UNSET)
    """True once the lead was engaged for the second time."""
    note: str | Unset = field("note", schema.STRING, default=UNSET)
    """Note."""
    notes_history: list[CrmNote] | Unset = field(
        "notesHistory", schema.array(schema.ref(lambda: models.CrmNote)), default=UNSET
    )
    """Notes so far."""
    metadata: dict[str, Any] | Unset = field("metadata", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""


if TYPE_CHECKING:

    class CrmActivityParams(TypedDict, total=False):
        """The fields of ``CrmActivity`` as keyword arguments."""

        id: str | Unset
        title: str | Unset
        type_: CrmActivityTypeValue | Unset
        date: str | float | Unset
        due_date: str | float | Unset
        first_channel: CrmChannelValue | Unset
        second_channel: CrmChannelValue | Unset
        completed: bool | Unset
        responded: bool | Unset
        first_engaged: bool | Unset
        second_engaged: bool | Unset
        note: str | Unset
        notes_history: list[CrmNote] | Unset
        metadata: dict[str, Any] | Unset
