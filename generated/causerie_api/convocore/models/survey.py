from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class Survey(Model):
    """What the user answered after the conversation was resolved; `ratingFrom5` is another rating."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    satisfaction10: float | Unset = field("satisfaction10", schema.NUMBER, default=UNSET)
    """Satisfaction, from 1 to 10."""
    ease10: float | Unset = field("ease10", schema.NUMBER, default=UNSET)
    """Ease, from 1 to 10."""
    comment: str | Unset = field("comment", schema.STRING, default=UNSET)
    """Comment."""
    submitted_at: int | Unset = field("submittedAt", schema.INTEGER, default=UNSET)
    """Unix time of the answer; the unit is not documented."""
    channel: str | Unset = field("channel", schema.STRING, default=UNSET)
    """Channel of the answer."""
    survey_version: float | Unset = field("surveyVersion", schema.NUMBER, default=UNSET)
    """Version of the survey."""


if TYPE_CHECKING:

    class SurveyParams(TypedDict, total=False):
        """The fields of ``Survey`` as keyword arguments."""

        satisfaction10: float | Unset
        ease10: float | Unset
        comment: str | Unset
        submitted_at: int | Unset
        channel: str | Unset
        survey_version: float | Unset
