"""``GET /agents/{agentId}/convos``"""

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
    from ...models.conversation_list import ConversationList
    from ...models.error import Error

NAME: Final = "list_conversations"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.ConversationList.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    401: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.Error.from_json(content),
}


@_evaluable
def request(
    agent_id: str,
    *,
    page: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Request[ConversationList, Error]:
    """List conversations

    Returns one page of an agent's conversations, the latest `ts` first and empty ones left out; the next page is
    asked for by the cursor that the answer has.
    """
    return Request(
        NAME,
        METHOD,
        "/agents/{agentId}/convos",
        f"/agents/{_segment(agent_id)}/convos",
        DECODERS,
        query=_query(page=page, limit=limit, cursor=cursor),
    )
