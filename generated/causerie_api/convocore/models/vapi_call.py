from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class VapiCall(Model):
    """A phone call that Vapi handled."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    cost: float | Unset = field("cost", schema.NUMBER, default=UNSET)
    """Cost of the call; the currency is not documented."""
    call_duration: float | Unset = field("callDuration", schema.NUMBER, default=UNSET)
    """Duration of the call; the unit is not documented."""
    recording_url: str | Unset = field("recordingUrl", schema.STRING, default=UNSET)
    """URL of the recording."""
    sync_recording_url: str | Unset = field("syncRecordingUrl", schema.STRING, default=UNSET)
    """URL of the recording in step with the call."""
    caller_phone_number: str | Unset = field("callerPhoneNumber", schema.STRING, default=UNSET)
    """Phone number that called."""
    callee_phone_number: str | Unset = field("calleePhoneNumber", schema.STRING, default=UNSET)
    """Phone number that was called."""
    call_status: str | Unset = field("callStatus", schema.STRING, default=UNSET)
    """Status of the call."""
    call_error: str | Unset = field("callError", schema.STRING, default=UNSET)
    """Why the call failed."""


if TYPE_CHECKING:

    class VapiCallParams(TypedDict, total=False):
        """The fields of ``VapiCall`` as keyword arguments."""

        cost: float | Unset
        call_duration: float | Unset
        recording_url: str | Unset
        sync_recording_url: str | Unset
        caller_phone_number: str | Unset
        callee_phone_number: str | Unset
        call_status: str | Unset
        call_error: str | Unset
