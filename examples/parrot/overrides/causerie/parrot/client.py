"""Parrot: conversations with a parrot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from causerie_api.parrot import CREDENTIAL_HEADER, CREDENTIAL_PREFIX, SERVERS

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
    """Return what ``{message}`` says (documented)."""
    return ErrorBody.read(body, "", "message", "")


class _Parrot(Client[Driver, Transport, HTTPClient]):
    conversations: Conversations[Driver]

    @without_frames
    def __init__(self, token: str | None = None, **settings: Unpack[Settings[Transport, HTTPClient]]) -> None:
        token = _options.credential("token", token, VENDOR.credential)
        self._open(
            _options.base_url(settings.get("base_url"), VENDOR.variable("base_url"), SERVERS[0]),
            {CREDENTIAL_HEADER: Secret(CREDENTIAL_PREFIX + token)},
            _read_error,
            settings,
        )

    def _attach(self, driver: Driver) -> None:
        self.conversations = Conversations(driver)


class Parrot(_Parrot[SyncDriver, SyncTransport, SyncHTTPClient], SyncClient):
    """A client of Parrot whose calls block."""


class AsyncParrot(_Parrot[AsyncDriver, AsyncTransport, AsyncHTTPClient], AsyncClient):
    """``Parrot``, for asyncio."""
