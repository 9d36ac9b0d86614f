from __future__ import annotations

from typing import TYPE_CHECKING, Any, Required, TypedDict

from ... import schema
from ...model import Model, field, moment
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    import datetime

    from ..models.sender import Sender, SenderValue
    from ..models.turn_message import TurnMessage


class Turn(Model):
    """What one side said, in one or more messages; other fields may stand beside these."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    from_: Sender = field("from", schema.enum(lambda: models.Sender))
    """Who sent it."""
    messages: list[TurnMessage] = field("messages", schema.array(schema.ref(lambda: models.TurnMessage)))
    """The messages, oldest first."""
    ts: int | Unset = field("ts", schema.UNIX_SECONDS, default=UNSET)
    """Time of the turn in Unix seconds."""
    session_id: str | Unset = field("session_id", schema.STRING, default=UNSET)
    """Id of the session."""
    is_ai_generated: bool | Unset = field("isAIGenerated", schema.BOOLEAN, default=UNSET)
    """True when an AI wrote it."""
    model_id: str | Unset = field("modelId", schema.STRING, default=UNSET)
    """Id of the language model."""
    sources: list[dict[str, Any]] | Unset = field("sources", schema.array(schema.OBJECT), default=UNSET)
    """What the AI drew on."""
    langchain_messages: list[dict[str, Any]] | Unset = field(
        "langchainMessages", schema.array(schema.OBJECT), default=UNSET
    )
    """The same for the framework of the language model."""

    @property
    def ts_datetime(self) -> datetime.datetime | Unset:
        """``ts`` as a ``datetime`` in UTC."""
        return moment(self, "ts")  # type: ignore[no-any-return]


if TYPE_CHECKING:

    class TurnParams(TypedDict, total=False):
        """The fields of ``Turn`` as keyword arguments."""

        from_: Required[SenderValue]
        messages: Required[list[TurnMessage]]
        ts: int | datetime.datetime | Unset
        session_id: str | Unset
        is_ai_generated: bool | Unset
        model_id: str | Unset
        sources: list[dict[str, Any]] | Unset
        langchain_messages: list[dict[str, Any]] | Unset
