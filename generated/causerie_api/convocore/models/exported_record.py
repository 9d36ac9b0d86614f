from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class ExportedRecord(Model):
    """The record of an exported conversation; other fields may stand beside these."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: str | Unset = field("id", schema.STRING, default=UNSET)
    """Id of the conversation; it is `ID` elsewhere."""
    user_name: str | Unset = field("userName", schema.STRING, default=UNSET)
    """Full name of the user."""
    user_email: str | Unset = field("userEmail", schema.STRING, default=UNSET)
    """Email address of the user."""
    user_phone: str | Unset = field("userPhone", schema.STRING, default=UNSET)
    """Phone number of the user."""
    user_company: str | Unset = field("userCompany", schema.STRING, default=UNSET)
    """Company of the user."""
    user_address: str | Unset = field("userAddress", schema.STRING, default=UNSET)
    """Postal address of the user."""
    user_website: str | Unset = field("userWebsite", schema.STRING, default=UNSET)
    """URL of the user's website."""
    notes: str | Unset = field("notes", schema.STRING, default=UNSET)
    """Internal notes about the lead."""
    tags: list[str] | Unset = field("tags", schema.array(schema.STRING), default=UNSET)
    """Labels that sort conversations into categories."""
    origin: str | Unset = field("origin", schema.STRING, default=UNSET)
    """Channel of the conversation."""
