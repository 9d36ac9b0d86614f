"""``GET /external/users/search``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import query as _query
from ....unset import UNSET, Unset
from ... import models as _models

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.server_error import ServerError
    from ...models.user_with_conversations import UserWithConversations

NAME: Final = "find_user"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.UserWithConversations.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    *,
    email: str | Unset = UNSET,
    phone_number: str | Unset = UNSET,
    fk_id: str | Unset = UNSET,
) -> Request[UserWithConversations, Error | ServerError]:
    """Find a user by a contact or an id in another system

    Returns the user with this contact and the ids of the user's conversations with this agent.
    """
    return Request(
        NAME,
        METHOD,
        "/external/users/search",
        "/external/users/search",
        DECODERS,
        query=_query(email=email, phoneNumber=phone_number, fkId=fk_id),
    )
