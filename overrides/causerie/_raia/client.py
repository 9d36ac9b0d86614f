"""raia: the conversations of an AI agent, the messages in them, and the hand-over between AI and human."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from causerie_api.raia import CREDENTIAL_HEADER, CREDENTIAL_PREFIX, SERVERS

from .. import _options
from .._client import (
    AsyncClient,
    AsyncDriver,
    AsyncHTTPClient,
    AsyncTransport,
    Client,
    SyncClient,
    SyncDriver,
    SyncHTTPClient,
    SyncTransport,
)
from .._errors import ErrorBody
from .._options import HTTPClient, Settings, Transport
from .._resource import Driver
from .._secret import Secret, without_frames
from .conversations import Conversations
from .feedbacks import Feedbacks
from .files import Files
from .messages import Messages
from .prompts import Prompts
from .users import Users
from .webhooks import Webhooks

if TYPE_CHECKING:
    from typing import Unpack


def _read_error(body: Any) -> ErrorBody:
    """``{status, name, message, details}`` (published contract)."""
    return ErrorBody.read(body, "name", "message", "details")


class _Raia(Client[Driver, Transport, HTTPClient]):
    conversations: Conversations[Driver]
    messages: Messages[Driver]
    files: Files[Driver]
    users: Users[Driver]
    feedbacks: Feedbacks[Driver]
    prompts: Prompts[Driver]
    webhooks: Webhooks[Driver]

    @without_frames
    def __init__(
        self, agent_secret_key: str | None = None, **settings: Unpack[Settings[Transport, HTTPClient]]
    ) -> None:
        agent_secret_key = _options.credential("agent_secret_key", agent_secret_key, "RAIA_AGENT_SECRET_KEY")
        self._open(
            _options.base_url(settings.get("base_url"), "RAIA_BASE_URL", SERVERS[0]),
            {CREDENTIAL_HEADER: Secret(CREDENTIAL_PREFIX + agent_secret_key)},
            _read_error,
            settings,
        )

    def _attach(self, driver: Driver) -> None:
        self.conversations = Conversations(driver)
        self.messages = Messages(driver)
        self.files = Files(driver)
        self.users = Users(driver)
        self.feedbacks = Feedbacks(driver)
        self.prompts = Prompts(driver)
        self.webhooks = Webhooks(driver)


class Raia(_Raia[SyncDriver, SyncTransport, SyncHTTPClient], SyncClient):
    """A client of raia whose calls block.

    ``agent_secret_key`` and ``base_url`` default to ``RAIA_AGENT_SECRET_KEY`` and ``RAIA_BASE_URL`` of the environment,
    read now, and ``base_url`` to raia's host (published contract). ``timeout`` is in seconds, for each of connecting,
    sending, reading and waiting for a connection. ``retry`` says how often a request is sent, ``headers`` are added to
    every request, ``validate=True`` holds every answer against the document. ``on_request`` and ``on_response`` are
    called with the ``Request`` and the ``Response`` of each attempt.

    ``transport`` carries the requests in place of the network; ``http_client`` is an httpx client of yours, with a
    proxy, a certificate or limits of your own. Raises ``ArgumentError``.
    """


class AsyncRaia(_Raia[AsyncDriver, AsyncTransport, AsyncHTTPClient], AsyncClient):
    """``Raia``, for asyncio. ``transport="aiohttp"`` sends through aiohttp, which takes less CPU and needs the
    extra ``aiohttp``.
    """
