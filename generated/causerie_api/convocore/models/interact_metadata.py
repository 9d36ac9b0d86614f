from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.turn_tokens import TurnTokens


class InteractMetadata(Model):
    """What a turn used."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    token_usage: TurnTokens | Unset = field("tokenUsage", schema.ref(lambda: models.TurnTokens), default=UNSET)
    """Tokens that a turn used."""
    kb_sources: list[dict[str, Any]] | Unset = field("kbSources", schema.array(schema.OBJECT), default=UNSET)
    """Sources in the knowledge base."""
    variables: dict[str, Any] | Unset = field("variables", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
