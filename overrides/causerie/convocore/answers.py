"""Reading results from Convocore's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from causerie_api.convocore import models
from causerie_api.model import DecodeError

if TYPE_CHECKING:
    from causerie_api.convocore.models import (
        Conversation,
        ConversationDetails,
        ConversationResponse,
        ConversationSummary,
        MessagesReplacementResponse,
        ReplacedMessages,
        SummariesResponse,
    )


def done(envelope: Any) -> bool:
    """Return True. Raises ``DecodeError`` if the body of a successful answer says that the call failed."""
    if not envelope.success:
        raise DecodeError(type(envelope).__name__, ".success", f"no success, but the message {envelope.message!r}")
    return True


def conversation_of(envelope: ConversationResponse) -> Conversation:
    """Return the conversation. Raises ``DecodeError`` if there is none."""
    if not envelope.success or not envelope.data:
        raise DecodeError("ConversationResponse", ".data", f"no conversation, but the message {envelope.message!r}")
    return envelope.data


def details_of(answer: ConversationDetails) -> ConversationDetails:
    """Return the details, without the envelope that older servers add. Raises ``DecodeError``."""
    if "success" not in answer or "convoId" in answer:
        return answer
    inner = answer.additional_properties
    if inner["success"] is not True:
        problem = f"no success, but the message {inner.get('message')!r}"
        raise DecodeError("ConversationDetails", ".success", problem)
    if not isinstance(inner.get("data"), dict):
        raise DecodeError("ConversationDetails", ".data", "no details")
    return models.ConversationDetails.from_dict(inner["data"])


def replaced_by(answer: MessagesReplacementResponse) -> ReplacedMessages | None:
    """Return the stored messages; None for older servers, which do not return them. Raises ``DecodeError``."""
    done(answer)
    return answer.data or None


def summaries_of(answer: SummariesResponse) -> list[ConversationSummary]:
    """Return the summaries. Raises ``DecodeError`` if there are none."""
    summaries: Any = answer.data
    if not answer.success or not isinstance(summaries, list):
        raise DecodeError("SummariesResponse", ".data", "no summaries")
    return summaries
