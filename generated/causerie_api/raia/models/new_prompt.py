from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.prompt_attachment import PromptAttachment


class NewPrompt(Model):
    """A question to the agent that belongs to no conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    prompt: str = field("prompt", schema.STRING)
    """Text of the question."""
    token_tracking_id: str | Unset = field("tokenTrackingId", schema.STRING, default=UNSET)
    """Id to track the used tokens by."""
    files: list[PromptAttachment] | Unset = field(
        "files", schema.array(schema.ref(lambda: models.PromptAttachment)), default=UNSET
    )
    """Uploaded files to attach."""


if TYPE_CHECKING:

    class NewPromptParams(TypedDict, total=False):
        """The fields of ``NewPrompt`` as keyword arguments."""

        prompt: Required[str]
        token_tracking_id: str | Unset
        files: list[PromptAttachment] | Unset
