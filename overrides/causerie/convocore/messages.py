"""The messages of a conversation: stored turns, and messages to send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from causerie_api.convocore import models
from causerie_api.convocore.models import OutgoingMessage, SendMessagesBody, Turn
from causerie_api.unset import UNSET, Unset

from .._errors import ArgumentError
from .arguments import models_of


def turns_of(values: Iterable[Turn | Mapping[str, Any] | tuple[str, str]]) -> list[Turn]:
    """Return the values as turns, from turns, JSON objects of turns, or pairs of sender and text.

    Raises ``ArgumentError`` for anything else.
    """
    if isinstance(values, str | bytes | Mapping | Turn):
        raise ArgumentError("turns", f"a list of turns is expected, not one {type(values).__name__}")
    return [_turn(value) for value in values]


def _turn(value: Any) -> Turn:
    match value:
        case Turn():
            return value
        case Mapping():
            return Turn.from_dict(value)
        case (str(sender), str(text)):
            item = models.MessageItem(payload={"message": text})
            message = models.TurnMessage(type_=models.TurnMessageType.TEXT, item=item)
            return Turn(from_=models.Sender(sender), messages=[message])
    raise ArgumentError("turns", f'{value!r:.80} is not a turn: give a Turn, or a pair such as ("human", "Hello")')


def sending(
    message: str | Unset,
    messages: Iterable[OutgoingMessage | Mapping[str, Any]] | Unset,
    *,
    source_label: str | Unset,
    **options: Any,
) -> SendMessagesBody:
    """Return the request body for one text or for messages. Raises ``ArgumentError`` for both, and for neither."""
    if isinstance(message, Unset) == isinstance(messages, Unset):
        raise ArgumentError("message", "give one of message and messages")
    outgoing = messages if isinstance(messages, Unset) else models_of("messages", OutgoingMessage, messages)
    if message == "" or outgoing == []:
        raise ArgumentError("message" if outgoing is UNSET else "messages", "there is nothing to send")
    how = models.SendOptions(**options)
    return SendMessagesBody(
        message=message, messages=outgoing, source_label=source_label, options=how if how.to_dict() else UNSET
    )
