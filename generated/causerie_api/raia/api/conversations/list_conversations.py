"""``GET /external/conversations``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import query as _query
from ....unset import UNSET, Unset
from ... import models as _models

if TYPE_CHECKING:
    import datetime

    from ...models.conversation_page import ConversationPage
    from ...models.error import Error
    from ...models.order_by import OrderByValue
    from ...models.order_direction import OrderDirectionValue
    from ...models.server_error import ServerError

NAME: Final = "list_conversations"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.ConversationPage.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    *,
    page: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
    order_by: OrderByValue | Unset = UNSET,
    order_direction: OrderDirectionValue | Unset = UNSET,
    search_keyword: str | Unset = UNSET,
    user_id: str | Unset = UNSET,
    start_date: datetime.datetime | str | Unset = UNSET,
    end_date: datetime.datetime | str | Unset = UNSET,
    with_feedbacks_only: bool | Unset = UNSET,
) -> Request[ConversationPage, Error | ServerError]:
    """List conversations

    Returns one page of the agent's conversations, filtered and ordered as asked, with their feedbacks.
    """
    return Request(
        NAME,
        METHOD,
        "/external/conversations",
        "/external/conversations",
        DECODERS,
        query=_query(
            page=page,
            pageSize=page_size,
            orderBy=order_by,
            orderDirection=order_direction,
            searchKeyword=search_keyword,
            userId=user_id,
            startDate=start_date,
            endDate=end_date,
            withFeedbacksOnly=with_feedbacks_only,
        ),
    )
