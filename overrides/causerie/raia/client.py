"""raia: the conversations of an AI agent, the messages in them, and the hand-over between AI and human."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from causerie_api.raia import CREDENTIAL_HEADER, CREDENTIAL_PREFIX, SERVERS

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
from .feedbacks import Feedbacks
from .files import Files
from .messages import Messages
from .prompts import Prompts
from .users import Users
from .vendor import VENDOR
from .webhooks import Webhooks

if TYPE_CHECKING:
    from typing import Unpack

    from ..export._sources import Source, Wanted


Region = Literal["us", "eu"]
_HOSTS: dict[Region, str] = {"us": SERVERS[0], "eu": SERVERS[1]}
_REGIONS = _options.Regions(VENDOR, _HOSTS)

# Documented, except what raia answers to a key that was good once.
_MEANINGS = {403: ("the key is missing or wrong", "it has expired", "it was revoked")}


def _read_error(body: Any) -> ErrorBody:
    """Read ``{status, name, message, details}`` (published contract)."""
    return ErrorBody.read(body, "name", "message", "details")


class _Raia(Client[Driver, Transport, HTTPClient]):
    _vendor = VENDOR

    conversations: Conversations[Driver]
    messages: Messages[Driver]
    files: Files[Driver]
    users: Users[Driver]
    feedbacks: Feedbacks[Driver]
    prompts: Prompts[Driver]
    webhooks: Webhooks[Driver]
    agents: Agents[Driver]

    @without_frames
    def __init__(
        self,
        agent_secret_key: str | None = None,
        *,
        region: Region | None = None,
        **settings: Unpack[Settings[Transport, HTTPClient]],
    ) -> None:
        _, base_url = _REGIONS.choose(region, settings.get("base_url"))
        agent_secret_key = _options.credential("agent_secret_key", agent_secret_key, VENDOR.credential)
        self._open(
            base_url,
            {CREDENTIAL_HEADER: Secret(CREDENTIAL_PREFIX + agent_secret_key)},
            _read_error,
            settings,
            _MEANINGS,
        )

    def _attach(self, driver: Driver) -> None:
        self.conversations = Conversations(driver)
        self.messages = Messages(driver)
        self.files = Files(driver)
        self.users = Users(driver)
        self.feedbacks = Feedbacks(driver)
        self.prompts = Prompts(driver)
        self.webhooks = Webhooks(driver)
        self.agents = Agents(driver)

    def _source(self, agent_id: str | None, wanted: Wanted) -> Source:
        from ._export import RaiaSource  # noqa: PLC0415 - who exports nothing, loads nothing for it

        if agent_id is not None:
            raise ArgumentError("agent_id", "leave it out: a key of raia has one agent")
        return RaiaSource(self, wanted)


class Raia(_Raia[SyncDriver, SyncTransport, SyncHTTPClient], SyncExportable):
    """A client of raia whose calls block.

    ``agent_secret_key``, ``region`` and ``base_url`` default to the environment variables ``RAIA_AGENT_SECRET_KEY``,
    ``RAIA_REGION`` and ``RAIA_BASE_URL``, which are read now. ``region`` selects one of raia's hosts, ``us`` by default
    (published contract) or ``eu`` (documented), and cannot be given with a ``base_url``, which names another host.
    ``timeout`` is in seconds, for each of connecting, sending, reading and waiting for a connection. ``retry`` says how
    often a request is sent, ``headers`` are added to every request, ``validate=True`` checks every answer against the
    document. ``on_request`` and ``on_response`` are called with the ``Request`` and the ``Response`` of each attempt.
    ``max_response_bytes`` is how much of an answer is read into memory, 64 MiB by default.

    ``transport`` carries the requests instead of the network, or is ``"httpx2"``, which needs the extra ``httpx2``;
    ``http_client`` is your own client of httpx or httpx2, with its own proxy, certificates or limits. Raises
    ``ArgumentError``.
    """


class AsyncRaia(_Raia[AsyncDriver, AsyncTransport, AsyncHTTPClient], AsyncExportable):
    """``Raia``, for asyncio.

    ``transport="aiohttp"`` sends through aiohttp, which takes less CPU and needs the extra ``aiohttp``.
    """
