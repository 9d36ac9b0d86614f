from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.exported_message import ExportedMessage
    from ..models.exported_sender import ExportedSender


class ExportedTurn(Model):
    """What one side said in an exported conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    from_: ExportedSender | Unset = field("from", schema.enum(lambda: models.ExportedSender), default=UNSET)
    """Who sent it; stored turns say human and not user."""
    messages: list[ExportedMessage] | Unset = field(
        "messages", schema.array(schema.ref(lambda: models.ExportedMessage)), default=UNSET
    )
    """The messages, oldest first."""
