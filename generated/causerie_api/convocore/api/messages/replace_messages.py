"""``PATCH /agents/{agentId}/convos/{conversationId}/messages``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....request import Decoder, Request
from ....request import segment as _segment
from ... import models as _models

if TYPE_CHECKING:
    from ...models.acknowledgement import Acknowledgement
    from ...models.error import Error
    from ...models.messages_replacement import MessagesReplacement

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


def request(
    agent_id: str,
    conversation_id: str,
    *,
    body: MessagesReplacement,
) -> Request[Acknowledgement, Error]:
    """Replace the messages of a conversation

    Puts other messages in the place of all messages of one conversation.
    """
    return Request(
        "replace_messages",
        "PATCH",
        "/agents/{agentId}/convos/{conversationId}/messages",
        f"/agents/{_segment(agent_id)}/convos/{_segment(conversation_id)}/messages",
        DECODERS,
        content=body.to_json(),
    )
