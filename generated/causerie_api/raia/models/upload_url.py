from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field


class UploadUrl(Model):
    """Where to upload a file, and what it is called afterwards."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    signed_url: str = field("signedUrl", schema.STRING)
    """URL to upload the file to; the method is not published."""
    storage_path: str = field("storagePath", schema.STRING)
    """Where the file will be; a message or a prompt attaches it by this."""
