"""Zild: WhatsApp conversations that a business begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from causerie_api.unset import UNSET, Unset
from causerie_api.zild import CREDENTIAL_HEADER, CREDENTIAL_PREFIX, models
from causerie_api.zild.api.conversations import start_proactive_conversation

from . import _options
from ._client import (
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
from ._errors import ArgumentError, ErrorBody
from ._options import HTTPClient, Settings, Transport
from ._plan import Plan, operation
from ._resource import Driver, Resource
from ._secret import Secret, without_frames

if TYPE_CHECKING:
    from typing import Unpack

    from causerie_api.zild.models import Conversation, IntegrationType


class Conversations(Resource[Driver]):
    """Conversations of the tenant that the token belongs to."""

    @operation
    def start_proactive(
        self,
        *,
        channel_id: int | Unset = UNSET,
        bot_id: int | Unset = UNSET,
        recipient: list[str] | Unset | None = UNSET,
        live_agent: bool | Unset = UNSET,
        conversation_template_id: int | Unset = UNSET,
        counterpart_user_id: int | Unset = UNSET,
        user_id: int | Unset = UNSET,
        queue_id: int | Unset = UNSET,
        content_variables: dict[str, Any] | Unset = UNSET,
        account_ids: list[int] | Unset | None = UNSET,
        contact_ids: list[int] | Unset | None = UNSET,
        conversation_integration_type: IntegrationType | int | Unset = UNSET,
    ) -> Plan[list[Conversation]]:
        """Write first on WhatsApp, and return the new conversations.

        ``recipient`` are phone numbers. Every call sends messages: it is never repeated for you. Source: page
        zild-proactive-conversation.
        """
        if isinstance(recipient, str):
            raise ArgumentError("recipient", f"a list of phone numbers is expected, such as [{recipient!r}]")
        body = models.NewProactiveConversation.of(
            channel_id=channel_id,
            bot_id=bot_id,
            recipient=recipient,
            live_agent=live_agent,
            conversation_template_id=conversation_template_id,
            counterpart_user_id=counterpart_user_id,
            user_id=user_id,
            queue_id=queue_id,
            content_variables=content_variables,
            account_ids=account_ids,
            contact_ids=contact_ids,
            conversation_integration_type=conversation_integration_type,
        )
        return self._send(start_proactive_conversation.request(body=body))


def _read_error(body: Any) -> ErrorBody:
    """ASP.NET's problem details (RFC 9457), which is our guess: the page shows no error."""
    return ErrorBody.read(body, "type", "title", "errors")


class _Zild(Client[Driver, Transport, HTTPClient]):
    conversations: Conversations[Driver]

    @without_frames
    def __init__(self, token: str | None = None, **settings: Unpack[Settings[Transport, HTTPClient]]) -> None:
        token = _options.credential("token", token, "ZILD_TOKEN")
        self._open(
            _options.base_url(settings.get("base_url"), "ZILD_BASE_URL", None),
            {CREDENTIAL_HEADER: Secret(CREDENTIAL_PREFIX + token)},
            _read_error,
            settings,
        )

    def _attach(self, driver: Driver) -> None:
        self.conversations = Conversations(driver)


class Zild(_Zild[SyncDriver, SyncTransport, SyncHTTPClient], SyncClient):
    """A client of Zild whose calls block.

    ``token`` (a JWT, or an API key) and ``base_url`` default to ``ZILD_TOKEN`` and ``ZILD_BASE_URL`` of the
    environment, read now. Zild documents no host: each tenant has its own. ``timeout`` is in seconds, for each of
    connecting, sending, reading and waiting for a connection. ``retry`` says how often a request is sent, ``headers``
    are added to every request, ``validate=True`` holds every answer against the document. ``on_request`` and
    ``on_response`` are called with the ``Request`` and the ``Response`` of each attempt.
    ``max_response_bytes`` is how much of an answer is read into memory, 64 MiB unless given.

    ``transport`` carries the requests in place of the network; ``http_client`` is an httpx client of yours, with a
    proxy, a certificate or limits of your own. Raises ``ArgumentError``.
    """


class AsyncZild(_Zild[AsyncDriver, AsyncTransport, AsyncHTTPClient], AsyncClient):
    """``Zild``, for asyncio. ``transport="aiohttp"`` sends through aiohttp, which takes less CPU and needs the
    extra ``aiohttp``.
    """
