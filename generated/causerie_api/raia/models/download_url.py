from __future__ import annotations

from ... import schema
from ...model import Model, field


class DownloadUrl(Model):
    """Where to download a file."""

    __slots__ = ()

    signed_url: str = field("signedUrl", schema.STRING)
    """URL to download the file from."""
    file_id: str = field("fileId", schema.STRING)
    """Id of the file."""
