"""``GET /agents/{agentId}/convos/export``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import joined as _joined
from ....request import query as _query
from ....request import segment as _segment
from ....unset import UNSET, Unset
from ... import models as _models

if TYPE_CHECKING:
    from ...models.conversations_export import ConversationsExport
    from ...models.error import Error
    from ...models.export_format import ExportFormatValue
    from ...models.sort_order import SortOrderValue

NAME: Final = "export_conversations"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.ConversationsExport.from_json(content),
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
    format_: ExportFormatValue | Unset = UNSET,
    limit: int | Unset = UNSET,
    sort: SortOrderValue | Unset = UNSET,
    from_ts: int | Unset = UNSET,
    to_ts: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    convo_ids: list[str] | Unset = UNSET,
) -> Request[ConversationsExport, Error]:
    """Export conversations

    Returns one page of an agent's conversations with their turns, or those of given ids; conversations without a
    message of a person are left out.
    """
    return Request(
        NAME,
        METHOD,
        "/agents/{agentId}/convos/export",
        f"/agents/{_segment(agent_id)}/convos/export",
        DECODERS,
        query=_query(
            format=format_,
            limit=limit,
            sort=sort,
            fromTs=from_ts,
            toTs=to_ts,
            cursor=cursor,
            convoIds=_joined("convoIds", convo_ids),
        ),
    )
