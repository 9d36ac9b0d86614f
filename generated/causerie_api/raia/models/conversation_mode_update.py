from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.conversation_mode import ConversationMode, ConversationModeValue


class ConversationModeUpdate(Model):
    """The mode to set."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    mode: ConversationMode | Unset = field("mode", schema.enum(lambda: models.ConversationMode), default=UNSET)
    """Who answers the user: the AI, or a human by hand."""


if TYPE_CHECKING:

    class ConversationModeUpdateParams(TypedDict, total=False):
        """The fields of ``ConversationModeUpdate`` as keyword arguments."""

        mode: ConversationModeValue | Unset
