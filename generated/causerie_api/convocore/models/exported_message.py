from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.exported_payload import ExportedPayload


class ExportedMessage(Model):
    """One message of an exported conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    type_: str | Unset = field("type", schema.STRING, default=UNSET)
    """Type of the message."""
    ts: str | Unset = field("ts", schema.STRING, default=UNSET)
    """Time of the message as an English text without a time zone."""
    payload: ExportedPayload | Unset = field("payload", schema.ref(lambda: models.ExportedPayload), default=UNSET)
    """What an exported message holds; other fields may stand beside these."""
