from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.export_rate_limit import ExportRateLimit
    from ..models.export_usage import ExportUsage
    from ..models.exported_conversation import ExportedConversation


class ConversationExport(Model):
    """One conversation in a form to keep as a file."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    success: bool = field("success", schema.BOOLEAN)
    """True when the operation succeeded."""
    message: str = field("message", schema.STRING)
    """What happened, in words."""
    data: ExportedConversation | str = field(
        "data", schema.union(schema.ref(lambda: models.ExportedConversation), schema.STRING)
    )
    """The conversation in json and one text with a header row in csv."""
    usage: ExportUsage | Unset = field("usage", schema.ref(lambda: models.ExportUsage), default=UNSET)
    """What an export counted, and what is left of the quota."""
    rate_limit: ExportRateLimit | Unset = field("rateLimit", schema.ref(lambda: models.ExportRateLimit), default=UNSET)
    """How many exports a workspace may ask for, and how many are left."""
