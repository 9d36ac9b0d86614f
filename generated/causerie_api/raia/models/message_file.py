from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset

if TYPE_CHECKING:
    import datetime


class MessageFile(Model):
    """A file of a message."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: str = field("id", schema.STRING)
    """Id of the file."""
    file_name: str = field("fileName", schema.STRING)
    """Name."""
    open_ai_file_id: str = field("openAIFileId", schema.STRING)
    """Id of the file at OpenAI."""
    updated_at: datetime.datetime = field("updatedAt", schema.DATETIME)
    """Time of the last change."""
    created_at: datetime.datetime = field("createdAt", schema.DATETIME)
    """Time of creation."""
    size: int | None | Unset = field("size", schema.nullable(schema.INTEGER), default=UNSET)
    """Size (presumably in bytes)."""
