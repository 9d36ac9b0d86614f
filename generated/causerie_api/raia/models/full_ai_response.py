from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.file_citation import FileCitation
    from ..models.url_citation import UrlCitation


class FullAIResponse(Model):
    """The agent's reply in its parts."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    reasoning: list[str] | None | Unset = field(
        "reasoning", schema.nullable(schema.array(schema.STRING)), default=UNSET
    )
    """Summaries of the model's reasoning."""
    output_text: str | None | Unset = field("outputText", schema.nullable(schema.STRING), default=UNSET)
    """Text of the reply."""
    url_citations: list[UrlCitation] | None | Unset = field(
        "urlCitations", schema.nullable(schema.array(schema.ref(lambda: models.UrlCitation))), default=UNSET
    )
    """Web pages that the reply cites."""
    file_citations: list[FileCitation] | None | Unset = field(
        "fileCitations", schema.nullable(schema.array(schema.ref(lambda: models.FileCitation))), default=UNSET
    )
    """Files that the reply cites."""
