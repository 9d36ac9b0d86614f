from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class StartConversation(Model):
    """What a conversation is started from on any channel."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    first_name: str = field("firstName", schema.STRING)
    """The user's first name."""
    last_name: str = field("lastName", schema.STRING)
    """The user's last name."""
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
