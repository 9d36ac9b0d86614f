"""``GET /external/conversations/{conversationId}/messages``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import query as _query
from ....request import segment as _segment
from ....unset import UNSET, Unset
from ... import models as _models

if TYPE_CHECKING:
    from ...models.conversation_messages import ConversationMessages
    from ...models.error import Error
    from ...models.order_direction import OrderDirectionValue
    from ...models.server_error import ServerError

NAME: Final = "list_messages"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.ConversationMessages.from_json(content),
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
    should_include_feedbacks: bool | Unset = UNSET,
    order_direction: OrderDirectionValue | Unset = UNSET,
) -> Request[ConversationMessages, Error | ServerError]:
    """List the messages of a conversation

    Returns all messages of one conversation in the order they were written, or in reverse.
    """
    return Request(
        NAME,
        METHOD,
        "/external/conversations/{conversationId}/messages",
        f"/external/conversations/{_segment(conversation_id)}/messages",
        DECODERS,
        query=_query(shouldIncludeFeedbacks=should_include_feedbacks, orderDirection=order_direction),
    )
