from __future__ import annotations

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class TurnTokens(Model):
    """Tokens that a turn used."""

    __slots__ = ()

    input_tokens: int | Unset = field("inputTokens", schema.INTEGER, default=UNSET)
    """Number of input tokens."""
    output_tokens: int | Unset = field("outputTokens", schema.INTEGER, default=UNSET)
    """Number of output tokens."""
