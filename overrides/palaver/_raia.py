"""raia: the conversations of an AI agent, the messages in them, and the hand-over between AI and human."""

from __future__ import annotations

import random
from functools import partial
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

from . import _clock, _options
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
from ._errors import (
    APIConnectionError,
    APIStatusError,
    ArgumentError,
    ErrorBody,
    ReplyFailedError,
    ReplyTimeoutError,
)
from ._options import HTTPClient, Settings, Transport, path_id
from ._pages import Listed
from ._plan import Plan, Wait, operation, paged
from ._resource import Driver, Resource
from ._secret import Secret

if TYPE_CHECKING:
    import builtins
    from collections.abc import Iterable
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

    from ._outcome import Outcome


class Conversations(Resource[Driver]):
    """Conversations of the agent that the key belongs to."""

    @paged
    def list(
        self,
        *,
        page: int = 1,
        page_size: int | Unset = UNSET,
        order_by: OrderBy | str | Unset = UNSET,
        order_direction: OrderDirection | str | Unset = UNSET,
        search_keyword: str | Unset = UNSET,
        user_id: str | Unset = UNSET,
        start_date: datetime | str | Unset = UNSET,
        end_date: datetime | str | Unset = UNSET,
        with_feedbacks_only: bool | Unset = UNSET,
    ) -> Plan[Listed[Conversation]]:
        """Conversations: iterating goes through every page, ``.data`` is one page, ``.answer`` has the totals.

        ``page`` is the page to begin with, counted from 1. ``start_date`` and ``end_date`` bound ``updated_at``; a
        ``datetime`` needs a time zone. ``search_keyword`` looks in title, summary, agent name and the user's names,
        email address and phone number. Source: page raia-conversations, names from the published contract.
        """

        def fetch(number: int) -> Plan[Listed[Conversation]]:
            def listed(answer: ConversationPage) -> Listed[Conversation] | Unset:
                # A server that answers with another page than asked would answer with it for ever.
                follows = answer.has_next_page is True and answer.current_page in (number, UNSET)
                following = partial(fetch, number + 1) if follows else None
                data: Any = answer.data
                return UNSET if data is None or data is UNSET else Listed(data, answer, following)

            request = list_conversations.request(
                page=number,
                page_size=page_size,
                order_by=order_by,
                order_direction=order_direction,
                search_keyword=search_keyword,
                user_id=user_id,
                start_date=start_date,
                end_date=end_date,
                with_feedbacks_only=with_feedbacks_only,
            )
            return self._read(request, listed)

        return fetch(page)

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
    def get_many(
        self, conversation_ids: Iterable[str], *, concurrency: int = 8
    ) -> Plan[builtins.list[Outcome[Conversation]]]:
        """The conversations of many ids, up to ``concurrency`` requests at a time: an ``Outcome`` for each, in order.

        One that fails costs the others nothing. When the vendor asks one to wait, all of them wait.
        """
        requests = [get_conversation.request(path_id("conversation_ids", each)) for each in conversation_ids]
        return self._many(map(self._send, requests), concurrency)

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
    def send_and_wait(
        self,
        conversation_id: str,
        message: str,
        *,
        timeout: float = 60.0,
        context: str | Unset = UNSET,
        files: builtins.list[MessageAttachment] | Unset = UNSET,
    ) -> Plan[ConversationMessage]:
        """Ask the agent through the asynchronous endpoint, and return its answer once it is there.

        ``timeout`` is in seconds, for everything together: nothing is begun after it, and no wait for data outlasts it,
        though an answer that drips in all the while is read to its end. Raises ``ReplyTimeoutError``, after which
        ``wait`` goes on without asking again, and ``ReplyFailedError``. Source: page raia-conversations.
        """
        deadline = _deadline(timeout)
        body = models.NewMessage(message=message, context=context, files=files)
        request = send_message_async.request(path_id("conversation_id", conversation_id), body=body)
        question_id = yield from self._read(request, _usable_id, deadline)
        return (yield from self._reply(conversation_id, question_id, timeout, deadline))

    @operation
    def wait(self, conversation_id: str, message_id: str, *, timeout: float = 60.0) -> Plan[ConversationMessage]:
        """The answer to a question that ``send_async`` has asked, once it is there.

        ``message_id`` is the question's, ``timeout`` in seconds. Asks again and again, at growing intervals. Raises
        ``ReplyTimeoutError`` and ``ReplyFailedError``.
        """
        return self._reply(conversation_id, message_id, timeout, _deadline(timeout))

    def _reply(
        self, conversation_id: str, message_id: str, timeout: float, deadline: float
    ) -> Plan[ConversationMessage]:
        request = get_message_response.request(
            path_id("conversation_id", conversation_id), path_id("message_id", message_id)
        )
        interval = 0.25
        while True:
            try:
                status, reply, error = yield from self._read(
                    request, lambda response: (response.status, response.message, response.error), deadline
                )
            except (APIConnectionError, APIStatusError) as failure:
                late = ReplyTimeoutError(conversation_id, message_id, timeout)
                if _clock.now() + interval >= deadline:
                    raise late from failure
                failure.add_note(f"The question stands: {late}.")
                raise
            if status == "completed" and reply:
                return reply
            if status == "failed":
                raise ReplyFailedError(conversation_id, message_id, error or None)
            # The jitter keeps callers that began together from asking together for ever.
            seconds = interval * random.uniform(0.75, 1.25)  # noqa: S311
            interval = min(5.0, interval * 1.5)
            if _clock.now() + seconds >= deadline:
                raise ReplyTimeoutError(conversation_id, message_id, timeout)
            yield Wait(seconds)

    @operation
    def list_many(
        self, conversation_ids: Iterable[str], *, concurrency: int = 8
    ) -> Plan[builtins.list[Outcome[builtins.list[ConversationMessage]]]]:
        """The messages of many conversations, up to ``concurrency`` requests at a time: an ``Outcome`` for each,
        in order.
        """
        requests = [list_messages.request(path_id("conversation_ids", each)) for each in conversation_ids]
        return self._many((self._read(each, lambda answer: answer.messages) for each in requests), concurrency)

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


def _usable_id(question: ConversationMessage) -> str | Unset:
    try:
        return path_id("id", question.id)
    except ArgumentError:  # the vendor's fault, not the caller's
        return UNSET


def _deadline(timeout: float) -> float:
    if not 0 < timeout < float("inf"):
        raise ArgumentError("timeout", f"{timeout!r} is not a positive number of seconds")
    return _clock.now() + timeout


def _read_error(body: Any) -> ErrorBody:
    """``{status, name, message, details}`` (published contract)."""
    return ErrorBody.read(body, "name", "message", "details")


class _Raia(Client[Driver, Transport, HTTPClient]):
    conversations: Conversations[Driver]
    messages: Messages[Driver]

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
    """``Raia``, for asyncio. ``transport="aiohttp"`` sends through aiohttp, which takes less CPU (``pip install
    "palaver[aiohttp]"``).
    """
