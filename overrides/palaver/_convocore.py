"""Convocore: the conversations of an agent, and the leads in them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Literal

from palaver_api.convocore import CREDENTIAL_HEADER, CREDENTIAL_PREFIX, SERVERS, models
from palaver_api.convocore.api.conversations import create_conversation, get_conversation, update_conversation
from palaver_api.model import DecodeError

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
from ._options import HTTPClient, Settings, Transport, path_id
from ._plan import Plan, operation
from ._resource import Driver, Resource
from ._secret import Secret

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from palaver_api.convocore.models import Conversation, ConversationResponse
    from palaver_api.convocore.models.conversation_fields import ConversationFieldsParams

    from ._outcome import Outcome

Region = Literal["eu", "na"]
_HOSTS: dict[str, str] = dict(zip(("eu", "na"), SERVERS, strict=True))


class Conversations(Resource[Driver]):
    """Conversations of an agent. The agent must be yours (convocore-create-conversation)."""

    @operation
    def create(self, agent_id: str, **fields: Unpack[ConversationFieldsParams]) -> Plan[Conversation]:
        """Open a conversation.

        ``ts`` is its time in Unix seconds, and now unless given; the vendor makes up the id. Source: page
        convocore-create-conversation.
        """
        fields.setdefault("ts", int(time.time()))
        body = models.CreateConversationBody(conversation=models.NewConversation.of(**fields))
        return self._read(create_conversation.request(path_id("agent_id", agent_id), body=body), _data)

    @operation
    def get(self, agent_id: str, conversation_id: str) -> Plan[Conversation]:
        """One conversation with its lead. Source: page convocore-get-conversation."""
        request = get_conversation.request(path_id("agent_id", agent_id), path_id("conversation_id", conversation_id))
        return self._read(request, _data)

    @operation
    def get_many(
        self, agent_id: str, conversation_ids: Iterable[str], *, concurrency: int = 8
    ) -> Plan[list[Outcome[Conversation]]]:
        """The conversations of many ids, up to ``concurrency`` requests at a time: an ``Outcome`` for each, in order.

        One that fails costs the others nothing. When the vendor asks one to wait, all of them wait.
        """
        agent_id = path_id("agent_id", agent_id)
        requests = [get_conversation.request(agent_id, path_id("conversation_ids", each)) for each in conversation_ids]
        return self._many((self._read(each, _data) for each in requests), concurrency)

    @operation
    def update(
        self, agent_id: str, conversation_id: str, **fields: Unpack[ConversationFieldsParams]
    ) -> Plan[Conversation]:
        """Change the fields that are given and leave the others.

        The vendor sets ``last_modified`` (Unix seconds) when any field changes. Source: page
        convocore-update-conversation.
        """
        request = update_conversation.request(
            path_id("agent_id", agent_id),
            path_id("conversation_id", conversation_id),
            body=models.UpdateConversationBody(conversation=models.ConversationFields.of(**fields)),
        )
        return self._read(request, _data)


def _data(envelope: ConversationResponse) -> Conversation:
    if not envelope.success or not envelope.data:
        raise DecodeError("ConversationResponse", ".data", f"no conversation, but the message {envelope.message!r}")
    return envelope.data


def _read_error(body: Any) -> ErrorBody:
    """``{message, code, issues?}`` (published contract)."""
    return ErrorBody.read(body, "code", "message", "issues")


class _Convocore(Client[Driver, Transport, HTTPClient]):
    conversations: Conversations[Driver]

    def __init__(
        self,
        api_key: str | None = None,
        *,
        region: Region = "eu",
        **settings: Unpack[Settings[Transport, HTTPClient]],
    ) -> None:
        if region not in _HOSTS:
            raise ArgumentError("region", f"{region!r} is none of {', '.join(map(repr, _HOSTS))}")
        api_key = _options.credential("api_key", api_key, "CONVOCORE_API_KEY")
        self._open(
            _options.base_url(settings.get("base_url"), "CONVOCORE_BASE_URL", _HOSTS[region]),
            {CREDENTIAL_HEADER: Secret(CREDENTIAL_PREFIX + api_key)},
            _read_error,
            settings,
        )

    def _attach(self, driver: Driver) -> None:
        self.conversations = Conversations(driver)


class Convocore(_Convocore[SyncDriver, SyncTransport, SyncHTTPClient], SyncClient):
    """A client of Convocore whose calls block.

    ``api_key`` and ``base_url`` default to ``CONVOCORE_API_KEY`` and ``CONVOCORE_BASE_URL`` of the environment, read
    now, and ``base_url`` to the host of ``region`` (published contract). ``timeout`` is in seconds, for each of
    connecting, sending, reading and waiting for a connection. ``retry`` says how often a request is sent, ``headers``
    are added to every request, ``validate=True`` holds every answer against the document. ``on_request`` and
    ``on_response`` are called with the ``Request`` and the ``Response`` of each attempt.

    ``transport`` carries the requests in place of the network; ``http_client`` is an httpx client of yours, with a
    proxy, a certificate or limits of your own. Raises ``ArgumentError``.
    """


class AsyncConvocore(_Convocore[AsyncDriver, AsyncTransport, AsyncHTTPClient], AsyncClient):
    """``Convocore``, for asyncio. ``transport="aiohttp"`` sends through aiohttp, which takes less CPU (``pip
    install "palaver[aiohttp]"``).
    """
