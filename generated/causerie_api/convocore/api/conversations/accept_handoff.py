"""``POST /agents/{agentId}/convos/{conversationId}/accept-handoff``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ....request import segment as _segment
from ... import models as _models

if TYPE_CHECKING:
    from ...models.acknowledgement import Acknowledgement
    from ...models.error import Error
    from ...models.handoff_acceptance import HandoffAcceptance

NAME: Final = "accept_handoff"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.Acknowledgement.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    401: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    415: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.Error.from_json(content),
}


@_evaluable
def request(
    agent_id: str,
    conversation_id: str,
    *,
    body: HandoffAcceptance,
) -> Request[Acknowledgement, Error]:
    """Take a conversation over from the AI

    Lets a person take one conversation over; its state becomes human-chatting.
    """
    return Request(
        NAME,
        METHOD,
        "/agents/{agentId}/convos/{conversationId}/accept-handoff",
        f"/agents/{_segment(agent_id)}/convos/{_segment(conversation_id)}/accept-handoff",
        DECODERS,
        content=_content(body),
    )
