"""``GET /workspace/sessions``"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ....annotations import evaluable as _evaluable
from ....request import Decoder, Request
from ....request import query as _query
from ....unset import UNSET, Unset
from ... import models as _models

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.region import RegionValue
    from ...models.workspace_sessions import WorkspaceSessions

NAME: Final = "list_workspace_sessions"
METHOD: Final = "GET"
DECODERS: Final[Mapping[int, Decoder]] = {
    200: lambda content: _models.WorkspaceSessions.from_json(content),
    400: lambda content: _models.Error.from_json(content),
    401: lambda content: _models.Error.from_json(content),
    403: lambda content: _models.Error.from_json(content),
    404: lambda content: _models.Error.from_json(content),
    429: lambda content: _models.Error.from_json(content),
    500: lambda content: _models.Error.from_json(content),
}


@_evaluable
def request(
    *,
    workspace_id: str,
    region: RegionValue,
    page: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    agent_id: str | Unset = UNSET,
    origin: str | Unset = UNSET,
) -> Request[WorkspaceSessions, Error]:
    """List the sessions of a workspace

    Returns one page of the sessions of all agents of a workspace with their turns.
    """
    return Request(
        NAME,
        METHOD,
        "/workspace/sessions",
        "/workspace/sessions",
        DECODERS,
        query=_query(workspaceId=workspace_id, region=region, page=page, limit=limit, agentId=agent_id, origin=origin),
    )
