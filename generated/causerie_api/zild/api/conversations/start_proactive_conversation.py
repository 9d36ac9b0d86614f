"""``POST /api/Conversation/proactive-conversation``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ... import models as _models

if TYPE_CHECKING:
    from ...models.conversation import Conversation
    from ...models.new_proactive_conversation import NewProactiveConversation
    from ...models.problem import Problem

NAME: Final = "start_proactive_conversation"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.Conversation.list_from_json(content),
    400: lambda content: _models.Problem.from_json(content),
    401: lambda content: None,
    415: lambda content: _models.Problem.from_json(content),
    429: lambda content: None,
    500: lambda content: None,
}


@_evaluable
def request(
    *,
    body: NewProactiveConversation,
) -> Request[list[Conversation], Problem | None]:
    """Start conversations over WhatsApp

    Sends a message template to each recipient, account or contact that the body names and returns the
    conversations that began with it.
    """
    return Request(
        NAME,
        METHOD,
        "/api/Conversation/proactive-conversation",
        "/api/Conversation/proactive-conversation",
        DECODERS,
        content=_content(body),
    )
