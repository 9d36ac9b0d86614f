"""Clients of Zild, which sends WhatsApp messages to begin conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from causerie_api.zild import CREDENTIAL_HEADER, CREDENTIAL_PREFIX

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
from .vendor import VENDOR

if TYPE_CHECKING:
    from typing import Unpack


def _read_error(body: Any) -> ErrorBody:
    """Read ASP.NET's problem details (RFC 9457). This is our guess: Zild documents no errors."""
    return ErrorBody.read(body, "type", "title", "errors")


class _Zild(Client[Driver, Transport, HTTPClient]):
    conversations: Conversations[Driver]

    @without_frames
    def __init__(self, token: str | None = None, **settings: Unpack[Settings[Transport, HTTPClient]]) -> None:
        token = _options.credential("token", token, VENDOR.credential)
        self._open(
            _options.base_url(settings.get("base_url"), VENDOR.variable("base_url"), None),
            {CREDENTIAL_HEADER: Secret(CREDENTIAL_PREFIX + token)},
            _read_error,
            settings,
        )

    def _attach(self, driver: Driver) -> None:
        self.conversations = Conversations(driver)


class Zild(_Zild[SyncDriver, SyncTransport, SyncHTTPClient], SyncClient):
    """A client of Zild whose calls block.

    ``token`` (a JWT, or an API key) and ``base_url`` default to the environment variables ``ZILD_TOKEN`` and
    ``ZILD_BASE_URL``, which are read now. Zild documents no host: each tenant has its own. ``timeout`` is in seconds,
    for each of connecting, sending, reading and waiting for a connection. ``retry`` says how often a request is sent,
    ``headers`` are added to every request, ``validate=True`` checks every answer against the document. ``on_request``
    and ``on_response`` are called with the ``Request`` and the ``Response`` of each attempt. ``max_response_bytes`` is
    how much of an answer is read into memory, 64 MiB by default.

    ``transport`` carries the requests instead of the network, or is ``"httpx2"``, which needs the extra ``httpx2``;
    ``http_client`` is your own client of httpx or httpx2, with its own proxy, certificates or limits. Raises
    ``ArgumentError``.
    """


class AsyncZild(_Zild[AsyncDriver, AsyncTransport, AsyncHTTPClient], AsyncClient):
    """``Zild``, for asyncio.

    ``transport="aiohttp"`` sends through aiohttp, which takes less CPU and needs the extra ``aiohttp``.
    """
