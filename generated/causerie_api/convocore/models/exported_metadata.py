from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.exported_record import ExportedRecord


class ExportedMetadata(Model):
    """What is known about an exported conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    feedback: str | Unset = field("feedback", schema.STRING, default=UNSET)
    """Feedback on the whole, such as Positive, Negative or Unset."""
    convo: ExportedRecord | Unset = field("convo", schema.ref(lambda: models.ExportedRecord), default=UNSET)
    """The record of an exported conversation; other fields may stand beside these."""
    sessions: list[Any] | Unset = field("sessions", schema.array(schema.ANY), default=UNSET)
    """Sessions of any shape."""
