from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field, moment
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    import datetime

    from ..models.turn import Turn


class ReplacedMessages(Model):
    """The turns that are stored now, and what follows from them."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    agent_id: str = field("agentId", schema.STRING)
    """Id of the agent."""
    convo_id: str = field("convoId", schema.STRING)
    """Id of the conversation."""
    turns: list[Turn] = field("turns", schema.array(schema.ref(lambda: models.Turn)))
    """The turns."""
    messages_num: int = field("messagesNum", schema.INTEGER)
    """Number of messages."""
    updated_at: int = field("updatedAt", schema.UNIX_SECONDS)
    """Time of the replacement in Unix seconds."""
    last_message: str | Unset = field("lastMessage", schema.STRING, default=UNSET)
    """Text of the last message."""
    first_message_ts: int | Unset = field("firstMessageTS", schema.UNIX_SECONDS, default=UNSET)
    """Time of the first message in Unix seconds."""
    last_message_ts: int | Unset = field("lastMessageTS", schema.UNIX_SECONDS, default=UNSET)
    """Time of the last message in Unix seconds."""

    @property
    def updated_at_datetime(self) -> datetime.datetime:
        """``updated_at`` as a ``datetime`` in UTC."""
        return moment(self, "updated_at")  # type: ignore[no-any-return]

    @property
    def first_message_ts_datetime(self) -> datetime.datetime | Unset:
        """``first_message_ts`` as a ``datetime`` in UTC."""
        return moment(self, "first_message_ts")  # type: ignore[no-any-return]

    @property
    def last_message_ts_datetime(self) -> datetime.datetime | Unset:
        """``last_message_ts`` as a ``datetime`` in UTC."""
        return moment(self, "last_message_ts")  # type: ignore[no-any-return]
