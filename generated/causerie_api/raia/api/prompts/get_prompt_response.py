"""``GET /external/prompts/{promptId}/response-on``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import segment as _segment
from ... import models as _models

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.prompt_response import PromptResponse
    from ...models.server_error import ServerError

NAME: Final = "get_prompt_response"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.PromptResponse.nullable_from_json(content),
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    prompt_id: str,
) -> Request[PromptResponse | None, Error | ServerError]:
    """Get the agent's response to a prompt

    Returns the response to a prompt, or null while it is not ready.
    """
    return Request(
        NAME,
        METHOD,
        "/external/prompts/{promptId}/response-on",
        f"/external/prompts/{_segment(prompt_id)}/response-on",
        DECODERS,
    )
