"""``GET /external/agents/users``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import query as _query
from ....unset import UNSET, Unset
from ... import models as _models

if TYPE_CHECKING:
    from ...models.conversation_user_page import ConversationUserPage
    from ...models.error import Error
    from ...models.order_direction import OrderDirectionValue
    from ...models.server_error import ServerError
    from ...models.user_order_by import UserOrderByValue

NAME: Final = "list_users"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.ConversationUserPage.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    *,
    page: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
    order_by: UserOrderByValue | Unset = UNSET,
    order_direction: OrderDirectionValue | Unset = UNSET,
) -> Request[ConversationUserPage, Error | ServerError]:
    """List the users of the agent

    Returns one page of the people that the agent talks with.
    """
    return Request(
        NAME,
        METHOD,
        "/external/agents/users",
        "/external/agents/users",
        DECODERS,
        query=_query(page=page, pageSize=page_size, orderBy=order_by, orderDirection=order_direction),
    )
