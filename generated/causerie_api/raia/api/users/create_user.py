"""``POST /external/users``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ... import models as _models

if TYPE_CHECKING:
    from ...models.conversation_user import ConversationUser
    from ...models.error import Error
    from ...models.new_user_by_email import NewUserByEmail
    from ...models.new_user_by_foreign_id import NewUserByForeignId
    from ...models.new_user_by_phone import NewUserByPhone
    from ...models.server_error import ServerError

NAME: Final = "create_user"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    201: lambda content: _models.ConversationUser.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    *,
    body: NewUserByPhone | NewUserByEmail | NewUserByForeignId,
) -> Request[ConversationUser, Error | ServerError]:
    """Create a user

    Makes a user who is known by a phone number, an email address or an id in another system.
    """
    return Request(
        NAME,
        METHOD,
        "/external/users",
        "/external/users",
        DECODERS,
        content=_content(body),
    )
