"""``POST /agents/{agentId}/convos/{conversationId}/send``"""

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
    from ...models.send_messages_body import SendMessagesBody
    from ...models.send_messages_response import SendMessagesResponse

NAME: Final = "send_messages"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.SendMessagesResponse.from_json(content),
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
    body: SendMessagesBody,
) -> Request[SendMessagesResponse, Error]:
    """Send messages to the person of a conversation

    Delivers messages of the agent on the channel of one conversation, and keeps them; with `options.dryRun` it
    only says whether the channel could.
    """
    return Request(
        NAME,
        METHOD,
        "/agents/{agentId}/convos/{conversationId}/send",
        f"/agents/{_segment(agent_id)}/convos/{_segment(conversation_id)}/send",
        DECODERS,
        content=_content(body),
    )
