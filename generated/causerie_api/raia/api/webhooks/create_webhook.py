"""``POST /external/agents/webhooks``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ... import models as _models

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.new_webhook import NewWebhook
    from ...models.server_error import ServerError
    from ...models.webhook import Webhook

NAME: Final = "create_webhook"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    201: lambda content: _models.Webhook.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    *,
    body: NewWebhook,
) -> Request[Webhook, Error | ServerError]:
    """Create a webhook

    Has raia call a URL whenever something happens in a conversation of this agent.
    """
    return Request(
        NAME,
        METHOD,
        "/external/agents/webhooks",
        "/external/agents/webhooks",
        DECODERS,
        content=_content(body),
    )
