"""``POST /external/conversations/{conversationId}/messages/async``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ....request import segment as _segment
from ... import models as _models

if TYPE_CHECKING:
    from ...models.conversation_message import ConversationMessage
    from ...models.error import Error
    from ...models.new_message import NewMessage
    from ...models.server_error import ServerError

NAME: Final = "send_message_async"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    201: lambda content: _models.ConversationMessage.from_json(content),
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
    body: NewMessage,
) -> Request[ConversationMessage, Error | ServerError]:
    """Send a message to the agent without waiting

    Queues a user's message and answers at once with that message; get_message_response has the reply.
    """
    return Request(
        NAME,
        METHOD,
        "/external/conversations/{conversationId}/messages/async",
        f"/external/conversations/{_segment(conversation_id)}/messages/async",
        DECODERS,
        content=_content(body),
    )
