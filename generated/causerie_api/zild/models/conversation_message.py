from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset

if TYPE_CHECKING:
    import datetime


class ConversationMessage(Model):
    """A message in a conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: int | Unset = field("id", schema.INTEGER, default=UNSET)
    """Id of the message."""
    created_at: datetime.datetime | Unset = field("createdAt", schema.DATETIME, default=UNSET)
    """Time of creation."""
    from_: str | None | Unset = field("from", schema.nullable(schema.STRING), default=UNSET)
    """Address of the sender."""
    to: str | None | Unset = field("to", schema.nullable(schema.STRING), default=UNSET)
    """Address of the receiver."""
    content: str | None | Unset = field("content", schema.nullable(schema.STRING), default=UNSET)
    """Text."""
    conversation_id: int | Unset = field("conversationId", schema.INTEGER, default=UNSET)
    """Id of the conversation, a number here."""
    sentiment: str | None | Unset = field("sentiment", schema.nullable(schema.STRING), default=UNSET)
    """Sentiment."""
    offset: str | None | Unset = field("offset", schema.nullable(schema.STRING), default=UNSET)
    """Offset of the message; of what is not documented."""
    is_nps: bool | Unset = field("isNPS", schema.BOOLEAN, default=UNSET)
    """True when the message belongs to a Net Promoter Score survey."""
    content_sid: str | None | Unset = field("contentSid", schema.nullable(schema.STRING), default=UNSET)
    """Id of the template at the messaging provider."""
    message_type: int | Unset = field("messageType", schema.INTEGER, default=UNSET)
    """Kind of the message; the page shows 0 and names no values."""
    media_url: str | None | Unset = field("mediaUrl", schema.nullable(schema.STRING), default=UNSET)
    """URL of the attached file."""
    media_file_name: str | None | Unset = field("mediaFileName", schema.nullable(schema.STRING), default=UNSET)
    """Name of the attached file."""
    tenant_id: int | Unset = field("tenantId", schema.INTEGER, default=UNSET)
    """Id of the tenant."""
    user_id: int | Unset = field("userId", schema.INTEGER, default=UNSET)
    """Id of the user who wrote the message."""
    content_variables: str | None | Unset = field("contentVariables", schema.nullable(schema.STRING), default=UNSET)
    """Values for the template's placeholders as text."""
    message_sid: str | None | Unset = field("messageSid", schema.nullable(schema.STRING), default=UNSET)
    """Id of the message at the messaging provider."""
    message_status: int | Unset = field("messageStatus", schema.INTEGER, default=UNSET)
    """Status of the delivery; the page shows 0 and names no values."""
    sent: bool | Unset = field("sent", schema.BOOLEAN, default=UNSET)
    """True once the message is sent."""
    delivered: bool | Unset = field("delivered", schema.BOOLEAN, default=UNSET)
    """True once the message is delivered."""
    read: bool | Unset = field("read", schema.BOOLEAN, default=UNSET)
    """True once the contact has read the message."""
    error_code: str | None | Unset = field("errorCode", schema.nullable(schema.STRING), default=UNSET)
    """Code of the delivery's error."""
    error_message: str | None | Unset = field("errorMessage", schema.nullable(schema.STRING), default=UNSET)
    """Text of the delivery's error."""
    is_read_by_user: bool | Unset = field("isReadByUser", schema.BOOLEAN, default=UNSET)
    """True once the tenant's user has read the message."""
    document_id: int | Unset = field("documentId", schema.INTEGER, default=UNSET)
    """Id of the attached document."""
