from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.integration_type import IntegrationType, IntegrationTypeValue


class NewProactiveConversation(Model):
    """Whom to write to, with which template, over which channel."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    channel_id: int | Unset = field("channelId", schema.INTEGER, default=UNSET)
    """Id of the WhatsApp channel to send from."""
    bot_id: int | Unset = field("botId", schema.INTEGER, default=UNSET)
    """Id of the bot that takes the conversation."""
    recipient: list[str] | None | Unset = field(
        "recipient", schema.nullable(schema.array(schema.STRING)), default=UNSET
    )
    """Phone numbers to write to."""
    live_agent: bool | Unset = field("liveAgent", schema.BOOLEAN, default=UNSET)
    """True gives the conversation to a human instead of a bot."""
    conversation_template_id: int | Unset = field("conversationTemplateId", schema.INTEGER, default=UNSET)
    """Id of the message template to send."""
    counterpart_user_id: int | Unset = field("counterpartUserId", schema.INTEGER, default=UNSET)
    """Id of the user on the other side."""
    user_id: int | Unset = field("userId", schema.INTEGER, default=UNSET)
    """Id of the user who takes the conversation."""
    queue_id: int | Unset = field("queueId", schema.INTEGER, default=UNSET)
    """Id of the queue that the conversation joins."""
    content_variables: dict[str, Any] | Unset = field("contentVariables", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
    account_ids: list[int] | None | Unset = field(
        "accountIds", schema.nullable(schema.array(schema.INTEGER)), default=UNSET
    )
    """Ids of accounts to write to."""
    contact_ids: list[int] | None | Unset = field(
        "contactIds", schema.nullable(schema.array(schema.INTEGER)), default=UNSET
    )
    """Ids of contacts to write to."""
    conversation_integration_type: IntegrationType | Unset = field(
        "conversationIntegrationType", schema.enum(lambda: models.IntegrationType), default=UNSET
    )
    """System that a conversation comes through; the page does not name the values."""


if TYPE_CHECKING:

    class NewProactiveConversationParams(TypedDict, total=False):
        """The fields of ``NewProactiveConversation`` as keyword arguments."""

        channel_id: int | Unset
        bot_id: int | Unset
        recipient: list[str] | None | Unset
        live_agent: bool | Unset
        conversation_template_id: int | Unset
        counterpart_user_id: int | Unset
        user_id: int | Unset
        queue_id: int | Unset
        content_variables: dict[str, Any] | Unset
        account_ids: list[int] | None | Unset
        contact_ids: list[int] | None | Unset
        conversation_integration_type: IntegrationTypeValue | Unset
