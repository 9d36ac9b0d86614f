"""``POST /agents/{agentId}/convos``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ....request import segment as _segment
from ... import models as _models

if TYPE_CHECKING:
    from ...models.conversation_response import ConversationResponse
    from ...models.create_conversation_body import CreateConversationBody
    from ...models.error import Error

NAME: Final = "create_conversation"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.ConversationResponse.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    401: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    415: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.Error.from_json(content),
}


@_evaluable
def request(
    agent_id: str,
    *,
    body: CreateConversationBody,
) -> Request[ConversationResponse, Error]:
    """Create a conversation

    Creates a conversation of an agent that the key's account owns; its id is generated.
    """
    return Request(
        NAME,
        METHOD,
        "/agents/{agentId}/convos",
        f"/agents/{_segment(agent_id)}/convos",
        DECODERS,
        content=_content(body),
    )
