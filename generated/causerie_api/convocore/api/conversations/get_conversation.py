"""``GET /agents/{agentId}/convos/{conversationId}``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import segment as _segment
from ... import models as _models

if TYPE_CHECKING:
    from ...models.conversation_response import ConversationResponse
    from ...models.error import Error

NAME: Final = "get_conversation"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.ConversationResponse.from_json(content),
    401: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.Error.from_json(content),
}


@_evaluable
def request(
    agent_id: str,
    conversation_id: str,
) -> Request[ConversationResponse, Error]:
    """Get one conversation

    Returns one conversation of an agent that the key's account owns, with all known about the lead.
    """
    return Request(
        NAME,
        METHOD,
        "/agents/{agentId}/convos/{conversationId}",
        f"/agents/{_segment(agent_id)}/convos/{_segment(conversation_id)}",
        DECODERS,
    )
