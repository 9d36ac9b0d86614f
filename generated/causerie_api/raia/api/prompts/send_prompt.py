"""``POST /external/prompts``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ... import models as _models

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.new_prompt import NewPrompt
    from ...models.prompt_response import PromptResponse
    from ...models.server_error import ServerError

NAME: Final = "send_prompt"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.PromptResponse.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    *,
    body: NewPrompt,
) -> Request[PromptResponse, Error | ServerError]:
    """Send a prompt to the agent and wait for its response

    Passes a prompt to the agent and answers with the agent's response once it is complete.
    """
    return Request(
        NAME,
        METHOD,
        "/external/prompts",
        "/external/prompts",
        DECODERS,
        content=_content(body),
    )
