"""``PATCH /agents/{agentId}/convos/{conversationId}/messages``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ....request import segment as _segment
from ... import models as _models

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.messages_replacement import MessagesReplacement
    from ...models.messages_replacement_response import MessagesReplacementResponse

NAME: Final = "replace_messages"
METHOD: Final = "PATCH"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.MessagesReplacementResponse.from_json(content),
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
    body: MessagesReplacement,
) -> Request[MessagesReplacementResponse, Error]:
    """Replace the messages of a conversation

    Puts other turns in the place of all that are stored for one conversation; no channel delivers them.
    """
    return Request(
        NAME,
        METHOD,
        "/agents/{agentId}/convos/{conversationId}/messages",
        f"/agents/{_segment(agent_id)}/convos/{_segment(conversation_id)}/messages",
        DECODERS,
        content=_content(body),
    )
