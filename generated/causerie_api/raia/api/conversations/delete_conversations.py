"""``DELETE /external/conversations``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ... import models as _models

if TYPE_CHECKING:
    from ...models.conversation_user_reference import ConversationUserReference
    from ...models.error import Error
    from ...models.server_error import ServerError

NAME: Final = "delete_conversations"
METHOD: Final = "DELETE"
DECODERS: Final[Mapping[int, Decoder]] = {
    204: lambda content: None,
    400: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    *,
    body: ConversationUserReference,
) -> Request[None, Error | ServerError]:
    """Delete every conversation of one user

    Deletes all conversations that one user has with this agent; other users' conversations stay.
    """
    return Request(
        NAME,
        METHOD,
        "/external/conversations",
        "/external/conversations",
        DECODERS,
        content=_content(body),
    )
