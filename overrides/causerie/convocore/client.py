"""Clients of Convocore, which has the conversations of agents and the leads in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from causerie_api.convocore import CREDENTIAL_HEADER, CREDENTIAL_PREFIX

from .. import _options
from .._client import (
    AsyncDriver,
    AsyncExportable,
    AsyncHTTPClient,
    AsyncTransport,
    Client,
    SyncDriver,
    SyncExportable,
    SyncHTTPClient,
    SyncTransport,
)
from .._errors import ArgumentError, ErrorBody
from .._options import HTTPClient, Settings, Transport
from .._resource import Driver
from .._secret import Secret, without_frames
from .agents import Agents
from .conversations import Conversations
from .region import HOSTS, Region
from .vendor import VENDOR
from .workspace import Workspace

if TYPE_CHECKING:
    from typing import Unpack

    from ..export._sources import Source, Wanted


# A region is also where conversations are kept, and operations pass it on.
_REGIONS = _options.Regions(VENDOR, HOSTS, is_more=True)


# documented: the plan, the owner, the region. observed: the add-on, and a 401 for one resource alone.
_MEANINGS = {
    401: ("the key is missing or wrong", "it is that of an agent or a workspace that this resource is not for"),
    403: (
        "the plan of the workspace does not include the API",
        "an add-on is missing, such as that for exports",
        "the agent belongs to another account",
        "the key has expired",
        "the other region keeps the workspace",
    ),
}


def _read_error(body: Any) -> ErrorBody:
    """Read ``{message, code, issues?}`` (published contract)."""
    return ErrorBody.read(body, "code", "message", "issues")


class _Convocore(Client[Driver, Transport, HTTPClient]):
    _vendor = VENDOR

    conversations: Conversations[Driver]
    agents: Agents[Driver]
    workspace: Workspace[Driver]
    _region: Region

    @without_frames
    def __init__(
        self,
        api_key: str | None = None,
        *,
        region: Region | None = None,
        **settings: Unpack[Settings[Transport, HTTPClient]],
    ) -> None:
        self._region, base_url = _REGIONS.choose(region, settings.get("base_url"))
        api_key = _options.credential("api_key", api_key, VENDOR.credential)
        self._open(
            base_url,
            {CREDENTIAL_HEADER: Secret(CREDENTIAL_PREFIX + api_key)},
            _read_error,
            settings,
            _MEANINGS,
        )

    def _attach(self, driver: Driver) -> None:
        self.conversations = Conversations(driver, self._region)
        self.agents = Agents(driver, self._region)
        self.workspace = Workspace(driver, self._region)

    def _source(self, agent_id: str | None, wanted: Wanted) -> Source:
        from ._export import ConvocoreSource  # noqa: PLC0415 - who exports nothing, loads nothing for it

        if agent_id is None:
            raise ArgumentError("agent_id", "give the id of the agent whose conversations are wanted")
        id_ = _options.path_id("agent_id", agent_id)
        # An answer has many conversations' messages, and the list has no filters.
        return ConvocoreSource(self, id_, wanted)


class Convocore(_Convocore[SyncDriver, SyncTransport, SyncHTTPClient], SyncExportable):
    """A client of Convocore whose calls block.

    ``api_key``, ``region`` and ``base_url`` default to the environment variables ``CONVOCORE_API_KEY``,
    ``CONVOCORE_REGION`` and ``CONVOCORE_BASE_URL``, which are read now; otherwise ``region`` is ``eu``, and
    ``base_url`` is the region's host (published contract). The key is the secret of a workspace or of one agent.
    ``timeout`` is in seconds, for each of connecting, sending, reading and waiting for a connection. ``retry`` says how
    often a request is sent, ``headers`` are added to every request, ``validate=True`` checks every answer against the
    document. ``on_request`` and ``on_response`` are called with the ``Request`` and the ``Response`` of each attempt.
    ``max_response_bytes`` is how much of an answer is read into memory, 64 MiB by default.

    ``transport`` carries the requests instead of the network, or is ``"httpx2"``, which needs the extra ``httpx2``;
    ``http_client`` is your own client of httpx or httpx2, with its own proxy, certificates or limits. Raises
    ``ArgumentError``.
    """


class AsyncConvocore(_Convocore[AsyncDriver, AsyncTransport, AsyncHTTPClient], AsyncExportable):
    """``Convocore``, for asyncio.

    ``transport="aiohttp"`` sends through aiohttp, which takes less CPU and needs the extra ``aiohttp``.
    """
