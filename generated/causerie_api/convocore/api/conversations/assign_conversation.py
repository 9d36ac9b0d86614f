"""``POST /agents/{agentId}/convos/{conversationId}/assign``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ....request import segment as _segment
from ... import models as _models

if TYPE_CHECKING:
    from ...models.assignment import Assignment
    from ...models.assignment_response import AssignmentResponse
    from ...models.error import Error

NAME: Final = "assign_conversation"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.AssignmentResponse.from_json(content),
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
    body: Assignment,
) -> Request[AssignmentResponse, Error]:
    """Assign a conversation to people

    Hands one conversation of an agent to one or more people; each gets an email, always.
    """
    return Request(
        NAME,
        METHOD,
        "/agents/{agentId}/convos/{conversationId}/assign",
        f"/agents/{_segment(agent_id)}/convos/{_segment(conversation_id)}/assign",
        DECODERS,
        content=_content(body),
    )
