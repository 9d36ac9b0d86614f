"""``PUT /external/conversations/{conversationId}/mode``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ....request import segment as _segment
from ... import models as _models

if TYPE_CHECKING:
    from ...models.conversation import Conversation
    from ...models.conversation_mode_update import ConversationModeUpdate
    from ...models.error import Error
    from ...models.server_error import ServerError

NAME: Final = "set_conversation_mode"
METHOD: Final = "PUT"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.Conversation.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    conversation_id: str,
    *,
    body: ConversationModeUpdate,
) -> Request[Conversation, Error | ServerError]:
    """Hand a conversation to a human or back to the AI

    Sets who answers in the conversation and returns the changed conversation.
    """
    return Request(
        NAME,
        METHOD,
        "/external/conversations/{conversationId}/mode",
        f"/external/conversations/{_segment(conversation_id)}/mode",
        DECODERS,
        content=_content(body),
    )
