"""``GET /agents/{agentId}/convos/{conversationId}/export``"""

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
    from ...models.conversation_export import ConversationExport
    from ...models.error import Error
    from ...models.export_format import ExportFormatValue

NAME: Final = "export_conversation"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.ConversationExport.from_json(content),
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
    conversation_id: str,
    *,
    format_: ExportFormatValue | Unset = UNSET,
) -> Request[ConversationExport, Error]:
    """Export one conversation

    Returns one conversation of an agent with its turns.
    """
    return Request(
        NAME,
        METHOD,
        "/agents/{agentId}/convos/{conversationId}/export",
        f"/agents/{_segment(agent_id)}/convos/{_segment(conversation_id)}/export",
        DECODERS,
        query=_query(format=format_),
    )
