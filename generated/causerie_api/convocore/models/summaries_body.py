from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.summary_item import SummaryItem


class SummariesBody(Model):
    """Transcripts to summarize."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    items: list[SummaryItem] = field("items", schema.array(schema.ref(lambda: models.SummaryItem)))
    """The transcripts, 25 at most."""


if TYPE_CHECKING:

    class SummariesBodyParams(TypedDict, total=False):
        """The fields of ``SummariesBody`` as keyword arguments."""

        items: Required[list[SummaryItem]]
