from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class VisualPayload(Model):
    """Pictures that the person sends."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    image: str | Unset = field("image", schema.STRING, default=UNSET)
    """URL of one picture."""
    images: list[str] | Unset = field("images", schema.array(schema.STRING), default=UNSET)
    """URLs of several pictures."""
    message: str | Unset = field("message", schema.STRING, default=UNSET)
    """Text beside them."""
    image_count: int | Unset = field("imageCount", schema.INTEGER, default=UNSET)
    """Number of pictures."""


if TYPE_CHECKING:

    class VisualPayloadParams(TypedDict, total=False):
        """The fields of ``VisualPayload`` as keyword arguments."""

        image: str | Unset
        images: list[str] | Unset
        message: str | Unset
        image_count: int | Unset
