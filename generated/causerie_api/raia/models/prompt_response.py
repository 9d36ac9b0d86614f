from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.prompt_response_status import (
        PromptResponseStatus,
    )


class PromptResponse(Model):
    """State of the agent's response to a prompt, and the response."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    status: PromptResponseStatus = field("status", schema.enum(lambda: models.PromptResponseStatus))
    """State of the agent's response to a prompt."""
    total_tokens: int | None = field("totalTokens", schema.nullable(schema.INTEGER))
    """Number of tokens used."""
    response: str | None = field("response", schema.nullable(schema.STRING))
    """The response, or null while there is none."""
    error: str | None = field("error", schema.nullable(schema.STRING))
    """Why there is no response, or null when nothing failed."""
