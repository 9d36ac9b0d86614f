from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.export_mode import ExportMode
    from ..models.export_query import ExportQuery
    from ..models.export_rate_limit import ExportRateLimit
    from ..models.export_source import ExportSource
    from ..models.export_usage import ExportUsage
    from ..models.exported_conversation import ExportedConversation


class ConversationsExport(Model):
    """Conversations in a form to keep as a file."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    success: bool = field("success", schema.BOOLEAN)
    """True when the operation succeeded."""
    message: str = field("message", schema.STRING)
    """What happened, in words."""
    data: list[ExportedConversation] | str = field(
        "data", schema.union(schema.array(schema.ref(lambda: models.ExportedConversation)), schema.STRING)
    )
    """The conversations in json and one text with a header row in csv."""
    has_more: bool | Unset = field("hasMore", schema.BOOLEAN, default=UNSET)
    """True when there is another page."""
    next_cursor: str | None | Unset = field("nextCursor", schema.nullable(schema.STRING), default=UNSET)
    """The `cursor` that asks for the next page, null when there is none."""
    limit: int | Unset = field("limit", schema.INTEGER, default=UNSET)
    """Number of conversations on a page."""
    mode: ExportMode | Unset = field("mode", schema.enum(lambda: models.ExportMode), default=UNSET)
    """Whether an export is a page or a selection by ids."""
    scanned_convo_count: int | Unset = field("scannedConvoCount", schema.INTEGER, default=UNSET)
    """Number of conversations that were looked at; there may be fewer rows."""
    source: ExportSource | Unset = field("source", schema.enum(lambda: models.ExportSource), default=UNSET)
    """Where an export was read."""
    query: ExportQuery | Unset = field("query", schema.ref(lambda: models.ExportQuery), default=UNSET)
    """What an export was asked for."""
    usage: ExportUsage | Unset = field("usage", schema.ref(lambda: models.ExportUsage), default=UNSET)
    """What an export counted, and what is left of the quota."""
    rate_limit: ExportRateLimit | Unset = field("rateLimit", schema.ref(lambda: models.ExportRateLimit), default=UNSET)
    """How many exports a workspace may ask for, and how many are left."""
