"""raia's messages, from and to the agent or the user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from causerie_api.raia import models
from causerie_api.raia.api.messages import (
    get_message_response,
    list_messages,
    send_manual_message,
    send_message,
    send_message_async,
)
from causerie_api.request import Request
from causerie_api.unset import UNSET, Unset

from .._arguments import items
from .._method import operation
from .._options import path_id
from .._plan import Plan
from .._resource import Driver
from .replies import Asked, Asking, Deadline, usable_id

if TYPE_CHECKING:
    import builtins
    from collections.abc import Iterable

    from causerie_api.raia.models import (
        ConversationMessage,
        MessageAttachment,
        MessageResponse,
        OrderDirectionValue,
    )

    from .._outcome import Outcome


class Messages(Asking[Driver]):
    """Messages in a conversation."""

    @operation(list_messages)
    def list(
        self,
        conversation_id: str,
        *,
        should_include_feedbacks: bool | Unset = UNSET,
        order_direction: OrderDirectionValue | Unset = UNSET,
    ) -> Plan[builtins.list[ConversationMessage]]:
        """Return all messages, the oldest first unless ``order_direction`` says otherwise.

        Source: page raia-conversations.
        """
        request = list_messages.request(
            path_id("conversation_id", conversation_id),
            should_include_feedbacks=should_include_feedbacks,
            order_direction=order_direction,
        )
        return self._read(request, lambda answer: answer.messages)

    @operation(send_message)
    def send(
        self,
        conversation_id: str,
        message: str,
        *,
        context: str | Unset = UNSET,
        files: builtins.list[MessageAttachment] | Unset = UNSET,
    ) -> Plan[ConversationMessage]:
        """Ask the agent, wait for its answer, and return the answer.

        Source: page raia-conversations.
        """
        body = models.NewMessage(message=message, context=context, files=files)
        return self._send(send_message.request(path_id("conversation_id", conversation_id), body=body))

    @operation(send_message_async)
    def send_async(
        self,
        conversation_id: str,
        message: str,
        *,
        context: str | Unset = UNSET,
        files: builtins.list[MessageAttachment] | Unset = UNSET,
    ) -> Plan[ConversationMessage]:
        """Ask the agent and return the question at once; ``response`` has the answer later.

        Source: page raia-conversations.
        """
        body = models.NewMessage(message=message, context=context, files=files)
        return self._send(send_message_async.request(path_id("conversation_id", conversation_id), body=body))

    @operation(send_message_async, get_message_response)
    def send_and_wait(
        self,
        conversation_id: str,
        message: str,
        *,
        timeout: float = 60.0,
        context: str | Unset = UNSET,
        files: builtins.list[MessageAttachment] | Unset = UNSET,
    ) -> Plan[ConversationMessage]:
        """Ask the agent through the asynchronous endpoint, wait for its answer, and return it.

        ``timeout`` is the limit for everything together, in seconds. After it, no request is begun and no wait for data
        goes on, but an answer whose data keeps arriving is read to its end. Raises ``ReplyTimeoutError``, after which
        ``wait`` continues without asking again, and ``ReplyFailedError``.

        Source: page raia-conversations.
        """
        deadline = Deadline(timeout)
        body = models.NewMessage(message=message, context=context, files=files)
        request = send_message_async.request(path_id("conversation_id", conversation_id), body=body)
        return self._asked(conversation_id, request, deadline)

    def _asked(
        self, conversation_id: str, request: Request[ConversationMessage, Any], deadline: Deadline
    ) -> Plan[ConversationMessage]:
        question_id = yield from self._read(request, lambda question: usable_id(question.id), deadline.moment)
        return (yield from self._reply(conversation_id, question_id, deadline))

    @operation(get_message_response)
    def wait(self, conversation_id: str, message_id: str, *, timeout: float = 60.0) -> Plan[ConversationMessage]:
        """Wait for the answer to a question from ``send_async``, and return it.

        ``message_id`` is the question's, ``timeout`` is in seconds. It polls at growing intervals. Raises
        ``ReplyTimeoutError`` and ``ReplyFailedError``.
        """
        return self._reply(conversation_id, message_id, Deadline(timeout))

    def _reply(self, conversation_id: str, message_id: str, deadline: Deadline) -> Plan[ConversationMessage]:
        request = get_message_response.request(
            path_id("conversation_id", conversation_id), path_id("message_id", message_id)
        )
        return self._awaited(
            request,
            lambda answer: (answer.status, answer.message, answer.error),
            Asked(conversation_id, message_id),
            deadline,
        )

    @operation(list_messages)
    def list_many(
        self, conversation_ids: Iterable[str], *, concurrency: int = 8
    ) -> Plan[builtins.list[Outcome[builtins.list[ConversationMessage]]]]:
        """Return the messages of many conversations, with up to ``concurrency`` requests at a time.

        The result has an ``Outcome`` for each conversation, in order.
        """
        requests = [
            list_messages.request(path_id("conversation_ids", each))
            for each in items("conversation_ids", conversation_ids)
        ]
        return self._many((self._read(each, lambda answer: answer.messages) for each in requests), concurrency)

    @operation(get_message_response)
    def response(self, conversation_id: str, message_id: str) -> Plan[MessageResponse]:
        """Return the state of the answer to a question.

        It is ``pending``, ``completed`` with its ``message``, or ``failed`` with an ``error``. ``message_id`` is the
        question's. Source: page raia-conversations.
        """
        request = get_message_response.request(
            path_id("conversation_id", conversation_id), path_id("message_id", message_id)
        )
        return self._send(request)

    @operation(send_manual_message)
    def send_manual(
        self,
        conversation_id: str,
        message: str,
        *,
        conversation_message_id: str | Unset = UNSET,
        author_id: str | Unset = UNSET,
        files: builtins.list[MessageAttachment] | Unset = UNSET,
    ) -> Plan[ConversationMessage]:
        """Send a message to the user as a human.

        The conversation must be in mode ``manual`` and must not be a voice conversation: otherwise, it is a
        ``BadRequestError``. Source: page raia-conversations.
        """
        body = models.NewManualMessage(
            message=message, conversation_message_id=conversation_message_id, author_id=author_id, files=files
        )
        return self._send(send_manual_message.request(path_id("conversation_id", conversation_id), body=body))
