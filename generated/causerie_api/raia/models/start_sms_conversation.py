from __future__ import annotations

from typing import TYPE_CHECKING, Any, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.start_sms_conversation_channel import (
        StartSmsConversationChannel,
    )


class StartSmsConversation(Model):
    """What a conversation by SMS is started from."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    first_name: str = field("firstName", schema.STRING)
    """The user's first name."""
    last_name: str = field("lastName", schema.STRING)
    """The user's last name."""
    channel: StartSmsConversationChannel = field("channel", schema.enum(lambda: models.StartSmsConversationChannel))
    """Always `sms`."""
    phone_number: str = field("phoneNumber", schema.STRING)
    """The user's phone number."""
    sms_introduction: str = field("smsIntroduction", schema.STRING)
    """Text of the first SMS."""
    context: str | Unset = field("context", schema.STRING, default=UNSET)
    """What the agent should know about the user."""
    conversation_context: str | Unset = field("conversationContext", schema.STRING, default=UNSET)
    """What the agent should know in this conversation."""
    source: str | Unset = field("source", schema.STRING, default=UNSET)
    """Where the user came from."""
    fk_id: str | Unset = field("fkId", schema.STRING, default=UNSET)
    """Id of the user's record in another system."""
    fk_user_id: str | Unset = field("fkUserId", schema.STRING, default=UNSET)
    """Id of the user in another system."""
    custom_data: dict[str, Any] | Unset = field("customData", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
    conversation_state_id: str | Unset = field("conversationStateId", schema.STRING, default=UNSET)
    """Id of the state to begin in."""
    author_id: str | Unset = field("authorId", schema.STRING, default=UNSET)
    """Id of the team member in whose name the conversation starts."""
    skip_phone_number_validation: bool | Unset = field("skipPhoneNumberValidation", schema.BOOLEAN, default=UNSET)
    """True accepts the phone number unchecked."""
    skip_email_validation: bool | Unset = field("skipEmailValidation", schema.BOOLEAN, default=UNSET)
    """True accepts the email address unchecked."""
    email: str | Unset = field("email", schema.STRING, default=UNSET)
    """The user's email address."""
    reset_conversation: bool | Unset = field("resetConversation", schema.BOOLEAN, default=UNSET)
    """True archives the user's present conversation and starts afresh; false when left out."""
    include_signature_in_sms: bool | Unset = field("includeSignatureInSms", schema.BOOLEAN, default=UNSET)
    """True adds the signature; false when left out."""


if TYPE_CHECKING:

    class StartSmsConversationParams(TypedDict, total=False):
        """The fields of ``StartSmsConversation`` as keyword arguments."""

        first_name: Required[str]
        last_name: Required[str]
        phone_number: Required[str]
        sms_introduction: Required[str]
        context: str | Unset
        conversation_context: str | Unset
        source: str | Unset
        fk_id: str | Unset
        fk_user_id: str | Unset
        custom_data: dict[str, Any] | Unset
        conversation_state_id: str | Unset
        author_id: str | Unset
        skip_phone_number_validation: bool | Unset
        skip_email_validation: bool | Unset
        email: str | Unset
        reset_conversation: bool | Unset
        include_signature_in_sms: bool | Unset
