"""``GET /external/conversations/{conversationId}``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import segment as _segment
from ... import models as _models

if TYPE_CHECKING:
    from ...models.conversation import Conversation
    from ...models.error import Error
    from ...models.server_error import ServerError

NAME: Final = "get_conversation"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.Conversation.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    conversation_id: str,
) -> Request[Conversation, Error | ServerError]:
    """Get one conversation

    Returns one conversation with its user and its feedbacks.
    """
    return Request(
        NAME,
        METHOD,
        "/external/conversations/{conversationId}",
        f"/external/conversations/{_segment(conversation_id)}",
        DECODERS,
    )
