from __future__ import annotations

from ... import schema
from ...model import Model, field


class FileCitation(Model):
    """A file that a reply cites."""

    __slots__ = ()

    file_id: str = field("fileId", schema.STRING)
    """Id of the file."""
    filename: str = field("filename", schema.STRING)
    """Name of the file."""
