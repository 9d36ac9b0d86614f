from __future__ import annotations

from typing import Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class ConversationsExport(Model):
    """Conversations in a form to keep as a file."""

    __slots__ = ()

    success: bool = field("success", schema.BOOLEAN)
    """True when the operation succeeded."""
    message: str = field("message", schema.STRING)
    """What happened, in words."""
    data: list[dict[str, Any]] | str = field("data", schema.union(schema.array(schema.OBJECT), schema.STRING))
    """The conversations in json and one text with a header row in csv."""
    has_more: bool | Unset = field("hasMore", schema.BOOLEAN, default=UNSET)
    """True when there is another page."""
    next_cursor: str | None | Unset = field("nextCursor", schema.nullable(schema.STRING), default=UNSET)
    """The `cursor` that asks for the next page, null when there is none."""
