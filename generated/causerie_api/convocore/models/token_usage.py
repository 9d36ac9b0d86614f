from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class TokenUsage(Model):
    """Tokens of language models that a conversation used, in all and in its last turn."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    cumulative_input_tokens: int | Unset = field("cumulativeInputTokens", schema.INTEGER, default=UNSET)
    """Number of input tokens of all turns."""
    cumulative_output_tokens: int | Unset = field("cumulativeOutputTokens", schema.INTEGER, default=UNSET)
    """Number of output tokens of all turns."""
    cumulative_total_tokens: int | Unset = field("cumulativeTotalTokens", schema.INTEGER, default=UNSET)
    """Number of tokens of all turns."""
    cumulative_usd: float | Unset = field("cumulativeUsd", schema.NUMBER, default=UNSET)
    """Cost of all turns in US dollars."""
    last_turn_input_tokens: int | Unset = field("lastTurnInputTokens", schema.INTEGER, default=UNSET)
    """Number of input tokens of the last turn."""
    last_turn_output_tokens: int | Unset = field("lastTurnOutputTokens", schema.INTEGER, default=UNSET)
    """Number of output tokens of the last turn."""
    last_turn_total_tokens: int | Unset = field("lastTurnTotalTokens", schema.INTEGER, default=UNSET)
    """Number of tokens of the last turn."""
    last_turn_usd: float | Unset = field("lastTurnUsd", schema.NUMBER, default=UNSET)
    """Cost of the last turn in US dollars."""
    last_turn_model_id: str | Unset = field("lastTurnModelId", schema.STRING, default=UNSET)
    """Id of the model of the last turn."""
    last_turn_context_window: int | Unset = field("lastTurnContextWindow", schema.INTEGER, default=UNSET)
    """Context window of that model in tokens."""
    last_turn_input_usd_per_1_k: float | Unset = field("lastTurnInputUsdPer1k", schema.NUMBER, default=UNSET)
    """Price of 1000 input tokens in US dollars."""
    last_turn_output_usd_per_1_k: float | Unset = field("lastTurnOutputUsdPer1k", schema.NUMBER, default=UNSET)
    """Price of 1000 output tokens in US dollars."""
    last_turn_ts: int | Unset = field("lastTurnTs", schema.INTEGER, default=UNSET)
    """Unix time of the last turn."""
    usage_per_model: dict[str, Any] | Unset = field("usagePerModel", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""


if TYPE_CHECKING:

    class TokenUsageParams(TypedDict, total=False):
        """The fields of ``TokenUsage`` as keyword arguments."""

        cumulative_input_tokens: int | Unset
        cumulative_output_tokens: int | Unset
        cumulative_total_tokens: int | Unset
        cumulative_usd: float | Unset
        last_turn_input_tokens: int | Unset
        last_turn_output_tokens: int | Unset
        last_turn_total_tokens: int | Unset
        last_turn_usd: float | Unset
        last_turn_model_id: str | Unset
        last_turn_context_window: int | Unset
        last_turn_input_usd_per_1_k: float | Unset
        last_turn_output_usd_per_1_k: float | Unset
        last_turn_ts: int | Unset
        usage_per_model: dict[str, Any] | Unset
