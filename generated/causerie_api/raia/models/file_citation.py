from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field


class FileCitation(Model):
    """A file that a reply cites."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    file_id: str = field("fileId", schema.STRING)
    """Id of the file."""
    filename: str = field("filename", schema.STRING)
    """Name of the file."""
