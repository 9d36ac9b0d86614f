from __future__ import annotations

from ... import schema
from ...model import Model, field


class CreatedPrompt(Model):
    """Names the prompt that was sent."""

    __slots__ = ()

    prompt_id: str = field("promptId", schema.STRING)
    """Id of the prompt."""
