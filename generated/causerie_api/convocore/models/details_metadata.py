from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field, moment
from ...unset import UNSET, Unset

if TYPE_CHECKING:
    import datetime


class DetailsMetadata(Model):
    """The conversation in short."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    ts: int = field("ts", schema.UNIX_SECONDS)
    """Time of the conversation in Unix seconds."""
    messages_num: int = field("messagesNum", schema.INTEGER)
    """Number of messages."""
    interactions_num: int = field("interactionsNum", schema.INTEGER)
    """Number of interactions."""
    user_name: str | Unset = field("userName", schema.STRING, default=UNSET)
    """Full name of the user."""
    user_id: str | Unset = field("userID", schema.STRING, default=UNSET)
    """Id of the user."""
    origin: str | Unset = field("origin", schema.STRING, default=UNSET)
    """Channel of the conversation."""
    state: str | Unset = field("state", schema.STRING, default=UNSET)
    """Who is talking; a plain text here."""

    @property
    def ts_datetime(self) -> datetime.datetime:
        """``ts`` as a ``datetime`` in UTC."""
        return moment(self, "ts")  # type: ignore[no-any-return]
