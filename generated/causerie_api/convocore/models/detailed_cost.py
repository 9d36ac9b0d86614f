from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class DetailedCost(Model):
    """Cost of a conversation by cause; the unit is not documented but credits are named for the total."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    total_credits_consumed: float | Unset = field("totalCreditsConsumed", schema.NUMBER, default=UNSET)
    """Total in credits."""
    speech_gen_cost: float | Unset = field("speechGenCost", schema.NUMBER, default=UNSET)
    """Cost of speech generation."""
    transcriber_cost: float | Unset = field("transcriberCost", schema.NUMBER, default=UNSET)
    """Cost of transcription."""
    twilio_cost: float | Unset = field("twilioCost", schema.NUMBER, default=UNSET)
    """Cost of telephony by Twilio."""
    llm_cost: float | Unset = field("llmCost", schema.NUMBER, default=UNSET)
    """Cost of the language model."""


if TYPE_CHECKING:

    class DetailedCostParams(TypedDict, total=False):
        """The fields of ``DetailedCost`` as keyword arguments."""

        total_credits_consumed: float | Unset
        speech_gen_cost: float | Unset
        transcriber_cost: float | Unset
        twilio_cost: float | Unset
        llm_cost: float | Unset
