from __future__ import annotations

from typing import TYPE_CHECKING, Any, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class FunnelScore(Model):
    """One change of a lead's score."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    timestamp: int = field("timestamp", schema.INTEGER)
    """Unix time of the change; the unit is not documented."""
    step_id: str = field("stepId", schema.STRING)
    """Id of the step of the funnel."""
    step_name: str = field("stepName", schema.STRING)
    """Name of the step."""
    points_added: float = field("pointsAdded", schema.NUMBER)
    """Points that were added."""
    new_score: float = field("newScore", schema.NUMBER)
    """Score after the change."""
    extracted_data: dict[str, Any] | Unset = field("extractedData", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
    message_context: str | Unset = field("messageContext", schema.STRING, default=UNSET)
    """Text that led to it."""


if TYPE_CHECKING:

    class FunnelScoreParams(TypedDict, total=False):
        """The fields of ``FunnelScore`` as keyword arguments."""

        timestamp: Required[int]
        step_id: Required[str]
        step_name: Required[str]
        points_added: Required[float]
        new_score: Required[float]
        extracted_data: dict[str, Any] | Unset
        message_context: str | Unset
