"""``DELETE /external/users/{userId}``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import segment as _segment
from ... import models as _models

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.server_error import ServerError

NAME: Final = "delete_user"
METHOD: Final = "DELETE"
DECODERS: Final[Mapping[int, Decoder]] = {
    204: lambda content: None,
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.ServerError.from_json(content),
}


@_evaluable
def request(
    user_id: str,
) -> Request[None, Error | ServerError]:
    """Delete one user

    Deletes one conversation user.
    """
    return Request(
        NAME,
        METHOD,
        "/external/users/{userId}",
        f"/external/users/{_segment(user_id)}",
        DECODERS,
    )
