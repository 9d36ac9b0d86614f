from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.crm_note import CrmNote


class CrmActivity(Model):
    """An activity around a lead, such as a call or a follow-up."""

    __slots__ = ()

    id: str | Unset = field("id", schema.STRING, default=UNSET)
    """Id of the activity."""
    title: str | Unset = field("title", schema.STRING, default=UNSET)
    """Title."""
    date: str | Unset = field("date", schema.STRING, default=UNSET)
    """Date of the activity; the format is not documented."""
    due_date: str | Unset = field("dueDate", schema.STRING, default=UNSET)
    """Date by which it is due; the format is not documented."""
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
