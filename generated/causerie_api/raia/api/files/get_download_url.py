"""``GET /external/conversations/{conversationId}/message-files/{fileId}/signed-url``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import segment as _segment
from ... import models as _models

if TYPE_CHECKING:
    from ...models.download_url import DownloadUrl
    from ...models.error import Error
    from ...models.server_error import ServerError

NAME: Final = "get_download_url"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.DownloadUrl.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    conversation_id: str,
    file_id: str,
) -> Request[DownloadUrl, Error | ServerError]:
    """Ask for the URL to download a file from

    Signs a URL for one file, which must belong to a message of the conversation and to the agent.
    """
    return Request(
        NAME,
        METHOD,
        "/external/conversations/{conversationId}/message-files/{fileId}/signed-url",
        f"/external/conversations/{_segment(conversation_id)}/message-files/{_segment(file_id)}/signed-url",
        DECODERS,
    )
