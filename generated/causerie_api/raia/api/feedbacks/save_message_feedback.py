"""``POST /external/conversation-message-feedbacks``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ... import models as _models

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.new_message_feedback import NewMessageFeedback
    from ...models.saved_message_feedback import SavedMessageFeedback
    from ...models.server_error import ServerError

NAME: Final = "save_message_feedback"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    201: lambda content: _models.SavedMessageFeedback.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    *,
    body: NewMessageFeedback,
) -> Request[SavedMessageFeedback, Error | ServerError]:
    """Vote on a message

    Stores a user's vote on one of the agent's messages, in the place of an earlier one.
    """
    return Request(
        NAME,
        METHOD,
        "/external/conversation-message-feedbacks",
        "/external/conversation-message-feedbacks",
        DECODERS,
        content=_content(body),
    )
