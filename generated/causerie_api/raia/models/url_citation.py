from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field


class UrlCitation(Model):
    """A web page that a reply cites."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    url: str = field("url", schema.STRING)
    """Address."""
    title: str = field("title", schema.STRING)
    """Title."""
