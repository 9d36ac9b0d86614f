"""``POST /convos/generate-summaries``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ... import models as _models

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.summaries_body import SummariesBody
    from ...models.summaries_response import SummariesResponse

NAME: Final = "generate_summaries"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.SummariesResponse.from_json(content),
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
    body: SummariesBody,
) -> Request[SummariesResponse, Error]:
    """Have summaries written

    Writes summaries of transcripts that are sent along, each in the language of its conversation.
    """
    return Request(
        NAME,
        METHOD,
        "/convos/generate-summaries",
        "/convos/generate-summaries",
        DECODERS,
        content=_content(body),
    )
