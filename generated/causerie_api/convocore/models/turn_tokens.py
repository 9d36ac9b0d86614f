from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class TurnTokens(Model):
    """Tokens that a turn used."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    input_tokens: int | Unset = field("inputTokens", schema.INTEGER, default=UNSET)
    """Number of input tokens."""
    output_tokens: int | Unset = field("outputTokens", schema.INTEGER, default=UNSET)
    """Number of output tokens."""
