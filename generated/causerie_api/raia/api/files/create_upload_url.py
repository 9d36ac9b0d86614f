"""``POST /external/conversations/{conversationId}/message-files/upload-url``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ....request import segment as _segment
from ... import models as _models

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.new_file import NewFile
    from ...models.server_error import ServerError
    from ...models.upload_url import UploadUrl

NAME: Final = "create_upload_url"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.UploadUrl.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    conversation_id: str,
    *,
    body: NewFile,
) -> Request[UploadUrl, Error | ServerError]:
    """Ask for a URL to upload a file to

    Signs a URL for one file of the conversation, which a message can attach once it is uploaded.
    """
    return Request(
        NAME,
        METHOD,
        "/external/conversations/{conversationId}/message-files/upload-url",
        f"/external/conversations/{_segment(conversation_id)}/message-files/upload-url",
        DECODERS,
        content=_content(body),
    )
