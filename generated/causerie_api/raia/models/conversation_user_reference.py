from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field


class ConversationUserReference(Model):
    """Names the user whose conversations are meant."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    conversation_user_id: str = field("conversationUserId", schema.STRING)
    """Id of the conversation user."""


if TYPE_CHECKING:

    class ConversationUserReferenceParams(TypedDict, total=False):
        """The fields of ``ConversationUserReference`` as keyword arguments."""

        conversation_user_id: Required[str]
