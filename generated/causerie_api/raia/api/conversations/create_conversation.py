"""``POST /external/conversations``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ... import models as _models

if TYPE_CHECKING:
    from ...models.conversation import Conversation
    from ...models.error import Error
    from ...models.new_conversation import NewConversation
    from ...models.server_error import ServerError

NAME: Final = "create_conversation"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    201: lambda content: _models.Conversation.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    *,
    body: NewConversation,
) -> Request[Conversation, Error | ServerError]:
    """Create a conversation

    Opens a conversation of the agent with an existing conversation user.
    """
    return Request(
        NAME,
        METHOD,
        "/external/conversations",
        "/external/conversations",
        DECODERS,
        content=_content(body),
    )
