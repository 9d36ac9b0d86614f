"""raia: the conversations of an AI agent, the messages in them, and the hand-over between AI and human."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from palaver_api.raia import CREDENTIAL_HEADER, CREDENTIAL_PREFIX, SERVERS, models
from palaver_api.raia.api.conversations import (
    create_conversation,
    delete_conversations,
    get_conversation,
    list_conversation_states,
    list_conversations,
    set_conversation_mode,
    start_conversation,
    update_conversation,
)
from palaver_api.raia.api.messages import (
    get_message_response,
    list_messages,
    send_manual_message,
    send_message,
    send_message_async,
)
from palaver_api.unset import UNSET, Unset

from . import _options
from ._client import AsyncClient, AsyncTransport, Client, SyncClient, SyncTransport, Transport
from ._errors import ErrorBody
from ._options import Options, path_id
from ._plan import Awaiting, Blocking, Driver, Plan, Resource, operation

if TYPE_CHECKING:
    import builtins
    from datetime import datetime
    from typing import Unpack

    from palaver_api.raia.models import (
        Conversation,
        ConversationMessage,
        ConversationMode,
        ConversationPage,
        ConversationState,
        ConversationStatus,
        MessageAttachment,
        MessageResponse,
        OrderBy,
        OrderDirection,
        StartEmailConversation,
        StartSmsConversation,
        StartVoiceConversation,
    )
    from palaver_api.raia.models.start_email_conversation import StartEmailConversationParams
    from palaver_api.raia.models.start_sms_conversation import StartSmsConversationParams
    from palaver_api.raia.models.start_voice_conversation import StartVoiceConversationParams


class Conversations(Resource[Driver]):
    """Conversations of the agent that the key belongs to."""

    @operation
    def list(
        self,
        *,
        page: int | Unset = UNSET,
        page_size: int | Unset = UNSET,
        order_by: OrderBy | str | Unset = UNSET,
        order_direction: OrderDirection | str | Unset = UNSET,
        search_keyword: str | Unset = UNSET,
        user_id: str | Unset = UNSET,
        start_date: datetime | str | Unset = UNSET,
        end_date: datetime | str | Unset = UNSET,
        with_feedbacks_only: bool | Unset = UNSET,
    ) -> Plan[ConversationPage]:
        """One page of conversations, ``.data``, with the totals.

        ``page`` counts from 1. ``start_date`` and ``end_date`` bound ``updated_at``; a ``datetime`` needs a time zone.
        ``search_keyword`` looks in title, summary, agent name and the user's names, email address and phone number.
        Source: page raia-conversations, names from the published contract.
        """
        return self._send(
            list_conversations.request(
                page=page,
                page_size=page_size,
                order_by=order_by,
                order_direction=order_direction,
                search_keyword=search_keyword,
                user_id=user_id,
                start_date=start_date,
                end_date=end_date,
                with_feedbacks_only=with_feedbacks_only,
            )
        )

    @operation
    def create(
        self,
        conversation_user_id: str,
        *,
        title: str | Unset = UNSET,
        context: str | Unset = UNSET,
        custom_data: dict[str, Any] | Unset = UNSET,
        conversation_state_id: str | Unset = UNSET,
    ) -> Plan[Conversation]:
        """Open a conversation with a user. Source: page raia-conversations, names from the published contract."""
        body = models.NewConversation(
            conversation_user_id=conversation_user_id,
            title=title,
            context=context,
            custom_data=custom_data,
            conversation_state_id=conversation_state_id,
        )
        return self._send(create_conversation.request(body=body))

    @operation
    def get(self, conversation_id: str) -> Plan[Conversation]:
        """One conversation with its feedbacks. Source: page raia-conversations."""
        return self._send(get_conversation.request(path_id("conversation_id", conversation_id)))

    @operation
    def update(
        self,
        conversation_id: str,
        *,
        title: str | Unset = UNSET,
        context: str | Unset = UNSET,
        status: ConversationStatus | str | Unset = UNSET,
        conversation_state_id: str | Unset = UNSET,
    ) -> Plan[Conversation]:
        """Change the fields that are given. Source: page raia-conversations, names from the published contract."""
        body = models.ConversationUpdate.of(
            title=title, context=context, status=status, conversation_state_id=conversation_state_id
        )
        return self._send(update_conversation.request(path_id("conversation_id", conversation_id), body=body))

    @operation
    def delete_all(self, conversation_user_id: str) -> Plan[None]:
        """Delete every conversation that one user has with this agent. Source: page raia-conversations."""
        body = models.ConversationUserReference(conversation_user_id=conversation_user_id)
        return self._send(delete_conversations.request(body=body))

    @operation
    def states(self) -> Plan[builtins.list[ConversationState]]:
        """The states that a conversation can be in.

        The published contract says one object, its text says states: an array is what we expect.
        """
        return self._send(list_conversation_states.request())

    @operation
    def set_mode(self, conversation_id: str, mode: ConversationMode | str) -> Plan[Conversation]:
        """Let the AI answer (``ai``), or a human (``manual``). Source: page raia-conversations."""
        body = models.ConversationModeUpdate.of(mode=mode)
        return self._send(set_conversation_mode.request(path_id("conversation_id", conversation_id), body=body))

    @operation
    def start_email(self, **fields: Unpack[StartEmailConversationParams]) -> Plan[str]:
        """Write the first email to a new user, and return the new conversation's id. Source: page raia-
        conversations.
        """
        return self._start(models.StartEmailConversation.of(channel="email", **fields))

    @operation
    def start_sms(self, **fields: Unpack[StartSmsConversationParams]) -> Plan[str]:
        """Send the first SMS to a new user, and return the new conversation's id. Source: page raia-conversations."""
        return self._start(models.StartSmsConversation.of(channel="sms", **fields))

    @operation
    def start_voice(self, **fields: Unpack[StartVoiceConversationParams]) -> Plan[str]:
        """Call a new user, and return the new conversation's id. Source: page raia-conversations."""
        return self._start(models.StartVoiceConversation.of(channel="voice", **fields))

    def _start(self, body: StartEmailConversation | StartSmsConversation | StartVoiceConversation) -> Plan[str]:
        return self._read(start_conversation.request(body=body), lambda started: started.conversation_id)


class Messages(Resource[Driver]):
    """Messages in a conversation."""

    @operation
    def list(
        self,
        conversation_id: str,
        *,
        should_include_feedbacks: bool | Unset = UNSET,
        order_direction: OrderDirection | str | Unset = UNSET,
    ) -> Plan[builtins.list[ConversationMessage]]:
        """All messages, the oldest first unless ``order_direction`` says otherwise. Source: page raia-conversations."""
        request = list_messages.request(
            path_id("conversation_id", conversation_id),
            should_include_feedbacks=should_include_feedbacks,
            order_direction=order_direction,
        )
        return self._read(request, lambda answer: answer.messages)

    @operation
    def send(
        self,
        conversation_id: str,
        message: str,
        *,
        context: str | Unset = UNSET,
        files: builtins.list[MessageAttachment] | Unset = UNSET,
    ) -> Plan[ConversationMessage]:
        """Ask the agent, wait for its answer, and return that. Source: page raia-conversations."""
        body = models.NewMessage(message=message, context=context, files=files)
        return self._send(send_message.request(path_id("conversation_id", conversation_id), body=body))

    @operation
    def send_async(
        self,
        conversation_id: str,
        message: str,
        *,
        context: str | Unset = UNSET,
        files: builtins.list[MessageAttachment] | Unset = UNSET,
    ) -> Plan[ConversationMessage]:
        """Ask the agent and return the question at once; ``response`` has the answer later. Source: page raia-
        conversations.
        """
        body = models.NewMessage(message=message, context=context, files=files)
        return self._send(send_message_async.request(path_id("conversation_id", conversation_id), body=body))

    @operation
    def response(self, conversation_id: str, message_id: str) -> Plan[MessageResponse]:
        """How far the answer to a question is: ``pending``, ``completed`` with its ``message``, or ``failed`` with an
        ``error``.

        ``message_id`` is the question's. Source: page raia-conversations.
        """
        request = get_message_response.request(
            path_id("conversation_id", conversation_id), path_id("message_id", message_id)
        )
        return self._send(request)

    @operation
    def send_manual(
        self,
        conversation_id: str,
        message: str,
        *,
        conversation_message_id: str | Unset = UNSET,
        author_id: str | Unset = UNSET,
        files: builtins.list[MessageAttachment] | Unset = UNSET,
    ) -> Plan[ConversationMessage]:
        """Write to the user by hand.

        The conversation must be in mode ``manual`` and no voice conversation: ``BadRequestError`` otherwise. Source:
        page raia-conversations.
        """
        body = models.NewManualMessage(
            message=message, conversation_message_id=conversation_message_id, author_id=author_id, files=files
        )
        return self._send(send_manual_message.request(path_id("conversation_id", conversation_id), body=body))


def _read_error(body: Any) -> ErrorBody:
    """``{status, name, message, details}`` (published contract)."""
    return ErrorBody.read(body, "name", "message", "details")


class _Raia(Client[Driver, Transport]):
    conversations: Conversations[Driver]
    messages: Messages[Driver]

    def __init__(
        self,
        agent_secret_key: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float = 30.0,
        transport: Transport | None = None,
    ) -> None:
        options = Options(
            base_url=_options.base_url(base_url, "RAIA_BASE_URL", SERVERS[0]),
            credential_header=CREDENTIAL_HEADER,
            credential=CREDENTIAL_PREFIX
            + _options.credential("agent_secret_key", agent_secret_key, "RAIA_AGENT_SECRET_KEY"),
            timeout=_options.timeout(timeout),
        )
        driver = self._open(options, _read_error, transport)
        self.conversations = Conversations(driver)
        self.messages = Messages(driver)


class Raia(_Raia[Blocking, SyncTransport], SyncClient):
    """A client of raia whose calls block.

    ``agent_secret_key`` and ``base_url`` default to ``RAIA_AGENT_SECRET_KEY`` and ``RAIA_BASE_URL`` of the environment,
    read now, and ``base_url`` to raia's host (published contract). ``timeout`` is in seconds, for each of connecting,
    sending, reading and waiting for a connection. ``transport`` carries the requests in place of the network. Raises
    ``ArgumentError``.
    """


class AsyncRaia(_Raia[Awaiting, AsyncTransport], AsyncClient):
    """``Raia``, for asyncio."""
