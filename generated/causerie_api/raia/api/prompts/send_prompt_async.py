"""``POST /external/prompts/async``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ... import models as _models

if TYPE_CHECKING:
    from ...models.created_prompt import CreatedPrompt
    from ...models.error import Error
    from ...models.new_prompt import NewPrompt
    from ...models.server_error import ServerError

NAME: Final = "send_prompt_async"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.CreatedPrompt.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    *,
    body: NewPrompt,
) -> Request[CreatedPrompt, Error | ServerError]:
    """Send a prompt to the agent without waiting

    Queues a prompt and answers at once with its id; get_prompt_response has the response.
    """
    return Request(
        NAME,
        METHOD,
        "/external/prompts/async",
        "/external/prompts/async",
        DECODERS,
        content=_content(body),
    )
