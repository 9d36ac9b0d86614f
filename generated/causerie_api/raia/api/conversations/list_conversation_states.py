"""``GET /external/conversations/states``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ... import models as _models

if TYPE_CHECKING:
    from ...models.conversation_state import ConversationState
    from ...models.error import Error
    from ...models.server_error import ServerError

NAME: Final = "list_conversation_states"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.ConversationState.list_from_json(content),
    403: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request() -> Request[list[ConversationState], Error | ServerError]:
    """List the conversation states

    Returns every state that a conversation of this agent can be in.
    """
    return Request(
        NAME,
        METHOD,
        "/external/conversations/states",
        "/external/conversations/states",
        DECODERS,
    )
