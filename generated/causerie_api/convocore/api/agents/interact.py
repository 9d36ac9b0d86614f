"""``POST /agents/interact``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ... import models as _models

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.interact_body import InteractBody
    from ...models.interact_response import InteractResponse

NAME: Final = "interact"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.InteractResponse.from_json(content),
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
    *,
    body: InteractBody,
) -> Request[InteractResponse, Error]:
    """Take one turn with an agent

    Sends one message to an agent and returns the whole answer; a turn that failed answers 200 with an `error`.
    """
    return Request(
        NAME,
        METHOD,
        "/agents/interact",
        "/agents/interact",
        DECODERS,
        content=_content(body),
    )
