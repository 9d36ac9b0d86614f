from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field


class DownloadUrl(Model):
    """Where to download a file."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    signed_url: str = field("signedUrl", schema.STRING)
    """URL to download the file from."""
    file_id: str = field("fileId", schema.STRING)
    """Id of the file."""
