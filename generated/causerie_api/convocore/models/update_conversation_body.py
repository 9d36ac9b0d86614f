from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.conversation import Conversation


class UpdateConversationBody(Model):
    """Body of update_conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    conversation: Conversation = field("conversation", schema.ref(lambda: models.Conversation))
    """A conversation of an agent with one user; in an update, what is left out stays."""


if TYPE_CHECKING:

    class UpdateConversationBodyParams(TypedDict, total=False):
        """The fields of ``UpdateConversationBody`` as keyword arguments."""

        conversation: Required[Conversation]
