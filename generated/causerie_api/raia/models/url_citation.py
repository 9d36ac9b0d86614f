from __future__ import annotations

from ... import schema
from ...model import Model, field


class UrlCitation(Model):
    """A web page that a reply cites."""

    __slots__ = ()

    url: str = field("url", schema.STRING)
    """Address."""
    title: str = field("title", schema.STRING)
    """Title."""
