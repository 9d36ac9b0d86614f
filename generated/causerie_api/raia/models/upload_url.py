from __future__ import annotations

from ... import schema
from ...model import Model, field


class UploadUrl(Model):
    """Where to upload a file, and what it is called afterwards."""

    __slots__ = ()

    signed_url: str = field("signedUrl", schema.STRING)
    """URL to upload the file to; the method is not published."""
    storage_path: str = field("storagePath", schema.STRING)
    """Where the file will be; a message or a prompt attaches it by this."""
