from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.exported_metadata import ExportedMetadata
    from ..models.exported_turn import ExportedTurn


class ExportedConversation(Model):
    """One conversation of an export; other fields may stand beside these."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    metadata: ExportedMetadata | Unset = field("metadata", schema.ref(lambda: models.ExportedMetadata), default=UNSET)
    """What is known about an exported conversation."""
    turns: list[ExportedTurn] | Unset = field(
        "turns", schema.array(schema.ref(lambda: models.ExportedTurn)), default=UNSET
    )
    """The turns, oldest first."""
