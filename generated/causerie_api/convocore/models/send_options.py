from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class SendOptions(Model):
    """How messages are sent."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    dry_run: bool | Unset = field("dryRun", schema.BOOLEAN, default=UNSET)
    """True to check and plan and deliver nothing."""
    skip_if_human_handoff: bool | Unset = field("skipIfHumanHandoff", schema.BOOLEAN, default=UNSET)
    """True to send nothing while a person is chatting."""
    whatsapp_phone_number_id: str | Unset = field("whatsappPhoneNumberId", schema.STRING, default=UNSET)
    """WhatsApp's id of the business phone number to send from."""


if TYPE_CHECKING:

    class SendOptionsParams(TypedDict, total=False):
        """The fields of ``SendOptions`` as keyword arguments."""

        dry_run: bool | Unset
        skip_if_human_handoff: bool | Unset
        whatsapp_phone_number_id: str | Unset
