"""``GET /external/conversations/{conversationId}/messages/{messageId}/response-on``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import segment as _segment
from ... import models as _models

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.message_response import MessageResponse
    from ...models.server_error import ServerError

NAME: Final = "get_message_response"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.MessageResponse.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    conversation_id: str,
    message_id: str,
) -> Request[MessageResponse, Error | ServerError]:
    """Get the agent's reply to a message

    Says whether the reply to a user's message is pending, completed or failed, with the completed reply.
    """
    return Request(
        NAME,
        METHOD,
        "/external/conversations/{conversationId}/messages/{messageId}/response-on",
        f"/external/conversations/{_segment(conversation_id)}/messages/{_segment(message_id)}/response-on",
        DECODERS,
    )
