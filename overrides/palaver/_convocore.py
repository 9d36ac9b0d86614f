"""Convocore: the conversations of an agent, and the leads in them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Literal

from palaver_api.convocore import CREDENTIAL_HEADER, CREDENTIAL_PREFIX, SERVERS, models
from palaver_api.convocore.api.conversations import create_conversation, get_conversation, update_conversation
from palaver_api.model import DecodeError

from . import _options
from ._client import AsyncClient, AsyncTransport, Client, SyncClient, SyncTransport, Transport
from ._errors import ArgumentError, ErrorBody
from ._options import Options, path_id
from ._plan import Awaiting, Blocking, Driver, Plan, Resource, operation

if TYPE_CHECKING:
    from typing import Unpack

    from palaver_api.convocore.models import Conversation, ConversationResponse
    from palaver_api.convocore.models.conversation_fields import ConversationFieldsParams

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


class _Convocore(Client[Driver, Transport]):
    conversations: Conversations[Driver]

    def __init__(
        self,
        api_key: str | None = None,
        *,
        region: Region = "eu",
        base_url: str | None = None,
        timeout: float = 30.0,
        transport: Transport | None = None,
    ) -> None:
        if region not in _HOSTS:
            raise ArgumentError("region", f"{region!r} is none of {', '.join(map(repr, _HOSTS))}")
        options = Options(
            base_url=_options.base_url(base_url, "CONVOCORE_BASE_URL", _HOSTS[region]),
            credential_header=CREDENTIAL_HEADER,
            credential=CREDENTIAL_PREFIX + _options.credential("api_key", api_key, "CONVOCORE_API_KEY"),
            timeout=_options.timeout(timeout),
        )
        self.conversations = Conversations(self._open(options, _read_error, transport))


class Convocore(_Convocore[Blocking, SyncTransport], SyncClient):
    """A client of Convocore whose calls block.

    ``api_key`` and ``base_url`` default to ``CONVOCORE_API_KEY`` and ``CONVOCORE_BASE_URL`` of the environment, read
    now, and ``base_url`` to the host of ``region`` (published contract). ``timeout`` is in seconds, for each of
    connecting, sending, reading and waiting for a connection. ``transport`` carries the requests in place of the
    network. Raises ``ArgumentError``.
    """


class AsyncConvocore(_Convocore[Awaiting, AsyncTransport], AsyncClient):
    """``Convocore``, for asyncio."""
