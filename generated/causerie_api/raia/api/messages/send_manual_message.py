"""``POST /external/conversations/{conversationId}/send-manual-message``"""

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
    from ...models.new_manual_message import NewManualMessage
    from ...models.server_error import ServerError

NAME: Final = "send_manual_message"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.ConversationMessage.from_json(content),
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
    body: NewManualMessage,
) -> Request[ConversationMessage, Error | ServerError]:
    """Send a message to the user by hand

    Sends a human's message to the user of a conversation that is in manual mode.
    """
    return Request(
        NAME,
        METHOD,
        "/external/conversations/{conversationId}/send-manual-message",
        f"/external/conversations/{_segment(conversation_id)}/send-manual-message",
        DECODERS,
        content=_content(body),
    )
