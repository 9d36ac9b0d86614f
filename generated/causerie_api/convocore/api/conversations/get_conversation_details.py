"""``GET /agents/{agentId}/convos/{conversationId}/details``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import query as _query
from ....request import segment as _segment
from ... import models as _models

if TYPE_CHECKING:
    from ...models.conversation_details import ConversationDetails
    from ...models.error import Error
    from ...models.region import RegionValue

NAME: Final = "get_conversation_details"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.ConversationDetails.from_json(content),
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
    region: RegionValue,
) -> Request[ConversationDetails, Error]:
    """Get all details of one conversation

    Returns what is kept about one conversation of an agent and its recordings, without an envelope.
    """
    return Request(
        NAME,
        METHOD,
        "/agents/{agentId}/convos/{conversationId}/details",
        f"/agents/{_segment(agent_id)}/convos/{_segment(conversation_id)}/details",
        DECODERS,
        query=_query(region=region),
    )
