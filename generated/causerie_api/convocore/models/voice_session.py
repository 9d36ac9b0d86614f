from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class VoiceSession(Model):
    """The latest voice session of a conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    latest_session_id: str | Unset = field("latestSessionId", schema.STRING, default=UNSET)
    """Id of the session."""
    listen_url: str | Unset = field("listenUrl", schema.STRING, default=UNSET)
    """URL at which the call can be heard while it lasts."""
    listen_url_unix: int | Unset = field("listenUrlUNIX", schema.INTEGER, default=UNSET)
    """Unix time of the URL."""


if TYPE_CHECKING:

    class VoiceSessionParams(TypedDict, total=False):
        """The fields of ``VoiceSession`` as keyword arguments."""

        latest_session_id: str | Unset
        listen_url: str | Unset
        listen_url_unix: int | Unset
