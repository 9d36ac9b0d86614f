"""``GET /external/agents/by-api-key``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ... import models as _models

if TYPE_CHECKING:
    from ...models.agent import Agent
    from ...models.error import Error
    from ...models.server_error import ServerError

NAME: Final = "get_agent"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.Agent.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request() -> Request[Agent, Error | ServerError]:
    """Get the agent of the key

    Returns the agent that the secret key belongs to, with its skills and their webhooks.
    """
    return Request(
        NAME,
        METHOD,
        "/external/agents/by-api-key",
        "/external/agents/by-api-key",
        DECODERS,
    )
