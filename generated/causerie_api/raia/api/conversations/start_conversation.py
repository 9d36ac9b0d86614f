"""``POST /external/conversations/start``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ... import models as _models

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.server_error import ServerError
    from ...models.start_email_conversation import StartEmailConversation
    from ...models.start_sms_conversation import StartSmsConversation
    from ...models.start_voice_conversation import StartVoiceConversation
    from ...models.started_conversation import StartedConversation

NAME: Final = "start_conversation"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    201: lambda content: _models.StartedConversation.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    *,
    body: StartEmailConversation | StartSmsConversation | StartVoiceConversation,
) -> Request[StartedConversation, Error | ServerError]:
    """Start a conversation by email, SMS or voice

    Contacts the user that the body describes over the channel that it names, in a new conversation.
    """
    return Request(
        NAME,
        METHOD,
        "/external/conversations/start",
        "/external/conversations/start",
        DECODERS,
        content=_content(body),
    )
