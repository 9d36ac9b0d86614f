from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class ShownElement(Model):
    """Something that the agent showed beside the text; other fields may stand beside these."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    type_: str | Unset = field("type", schema.STRING, default=UNSET)
    """Type of the element."""
    title: str | Unset = field("title", schema.STRING, default=UNSET)
    """Title."""
    summary: str | Unset = field("summary", schema.STRING, default=UNSET)
    """The same in words."""
    card_count: int | Unset = field("cardCount", schema.INTEGER, default=UNSET)
    """Number of cards."""
