"""``PATCH /agents/{agentId}/convos/{conversationId}``"""

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
    from ...models.error import Error
    from ...models.update_conversation_body import UpdateConversationBody

NAME: Final = "update_conversation"
METHOD: Final = "PATCH"
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
    conversation_id: str,
    *,
    body: UpdateConversationBody,
) -> Request[ConversationResponse, Error]:
    """Update a conversation

    Changes the fields that the body names and `lastModified` when any of them changes; `tags` are added to those
    that are there.
    """
    return Request(
        NAME,
        METHOD,
        "/agents/{agentId}/convos/{conversationId}",
        f"/agents/{_segment(agent_id)}/convos/{_segment(conversation_id)}",
        DECODERS,
        content=_content(body),
    )
