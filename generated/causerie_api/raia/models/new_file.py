from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field


class NewFile(Model):
    """The file that an upload URL is asked for."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    file_name: str = field("fileName", schema.STRING)
    """Name."""
    content_type: str = field("contentType", schema.STRING)
    """Media type."""


if TYPE_CHECKING:

    class NewFileParams(TypedDict, total=False):
        """The fields of ``NewFile`` as keyword arguments."""

        file_name: Required[str]
        content_type: Required[str]
