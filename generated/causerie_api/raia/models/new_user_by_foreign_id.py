from __future__ import annotations

from typing import TYPE_CHECKING, Any, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class NewUserByForeignId(Model):
    """What a user with an id in another system is made from."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    first_name: str = field("firstName", schema.STRING)
    """First name."""
    last_name: str = field("lastName", schema.STRING)
    """Last name."""
    fk_id: str = field("fkId", schema.STRING)
    """Id of the user's record in another system."""
    context: str | Unset = field("context", schema.STRING, default=UNSET)
    """What the agent should know about the user."""
    source: str | Unset = field("source", schema.STRING, default=UNSET)
    """Where the user came from."""
    fk_user_id: str | Unset = field("fkUserId", schema.STRING, default=UNSET)
    """Id of the user in another system."""
    email: str | Unset = field("email", schema.STRING, default=UNSET)
    """Email address."""
    phone_number: str | Unset = field("phoneNumber", schema.STRING, default=UNSET)
    """Phone number."""
    custom_data: dict[str, Any] | Unset = field("customData", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
    skip_phone_number_validation: bool | Unset = field("skipPhoneNumberValidation", schema.BOOLEAN, default=UNSET)
    """True accepts the phone number unchecked."""
    skip_email_validation: bool | Unset = field("skipEmailValidation", schema.BOOLEAN, default=UNSET)
    """True accepts the email address unchecked."""


if TYPE_CHECKING:

    class NewUserByForeignIdParams(TypedDict, total=False):
        """The fields of ``NewUserByForeignId`` as keyword arguments."""

        first_name: Required[str]
        last_name: Required[str]
        fk_id: Required[str]
        context: str | Unset
        source: str | Unset
        fk_user_id: str | Unset
        email: str | Unset
        phone_number: str | Unset
        custom_data: dict[str, Any] | Unset
        skip_phone_number_validation: bool | Unset
        skip_email_validation: bool | Unset
