from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field


class CreatedPrompt(Model):
    """Names the prompt that was sent."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    prompt_id: str = field("promptId", schema.STRING)
    """Id of the prompt."""
