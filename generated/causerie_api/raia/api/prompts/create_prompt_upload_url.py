"""``POST /external/prompts/upload-url``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import content as _content
from ... import models as _models

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.new_file import NewFile
    from ...models.server_error import ServerError
    from ...models.upload_url import UploadUrl

NAME: Final = "create_prompt_upload_url"
METHOD: Final = "POST"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.UploadUrl.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    *,
    body: NewFile,
) -> Request[UploadUrl, Error | ServerError]:
    """Ask for a URL to upload a prompt's file to

    Signs a URL for one file, which a prompt can attach once it is uploaded.
    """
    return Request(
        NAME,
        METHOD,
        "/external/prompts/upload-url",
        "/external/prompts/upload-url",
        DECODERS,
        content=_content(body),
    )
