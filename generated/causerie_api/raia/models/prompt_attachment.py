from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field


class PromptAttachment(Model):
    """An uploaded file to attach to a prompt."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    file_name: str = field("fileName", schema.STRING)
    """Name of the file."""
    storage_path: str = field("storagePath", schema.STRING)
    """Where the file was uploaded to."""


if TYPE_CHECKING:

    class PromptAttachmentParams(TypedDict, total=False):
        """The fields of ``PromptAttachment`` as keyword arguments."""

        file_name: Required[str]
        storage_path: Required[str]
