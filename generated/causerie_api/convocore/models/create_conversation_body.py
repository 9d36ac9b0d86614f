from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.new_conversation import NewConversation


class CreateConversationBody(Model):
    """Body of create_conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    conversation: NewConversation = field("conversation", schema.ref(lambda: models.NewConversation))
    """What a new conversation is made from."""


if TYPE_CHECKING:

    class CreateConversationBodyParams(TypedDict, total=False):
        """The fields of ``CreateConversationBody`` as keyword arguments."""

        conversation: Required[NewConversation]
