"""The conversations of raia's agent."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from causerie_api.raia import models
from causerie_api.raia.api.conversations import (
    create_conversation,
    delete_conversations,
    get_conversation,
    list_conversation_states,
    list_conversations,
    set_conversation_mode,
    start_conversation,
    update_conversation,
)
from causerie_api.unset import UNSET, Unset

from .._arguments import items
from .._method import operation, paged
from .._options import path_id
from .._pages import Listed
from .._plan import Plan
from .._resource import Driver, Resource
from .listing import numbered

if TYPE_CHECKING:
    import builtins
    from collections.abc import Iterable
    from datetime import datetime
    from typing import Unpack

    from causerie_api.raia.models import (
        Conversation,
        ConversationModeValue,
        ConversationPage,
        ConversationState,
        ConversationStatusValue,
        OrderByValue,
        OrderDirectionValue,
        StartEmailConversation,
        StartSmsConversation,
        StartVoiceConversation,
    )
    from causerie_api.raia.models.start_email_conversation import StartEmailConversationParams
    from causerie_api.raia.models.start_sms_conversation import StartSmsConversationParams
    from causerie_api.raia.models.start_voice_conversation import StartVoiceConversationParams

    from .._outcome import Outcome


class Conversations(Resource[Driver]):
    """Conversations of the agent that the key belongs to."""

    @paged(list_conversations)
    def list(
        self,
        *,
        page: int = 1,
        page_size: int | Unset = UNSET,
        order_by: OrderByValue | Unset = UNSET,
        order_direction: OrderDirectionValue | Unset = UNSET,
        search_keyword: str | Unset = UNSET,
        user_id: str | Unset = UNSET,
        start_date: datetime | str | Unset = UNSET,
        end_date: datetime | str | Unset = UNSET,
        with_feedbacks_only: bool | Unset = UNSET,
    ) -> Plan[Listed[Conversation, ConversationPage]]:
        """Return all conversations, page by page.

        Iterating yields the items of all pages; ``.data`` is one page, ``.answer`` has the totals.

        ``page`` is the page to begin with, counted from 1. ``start_date`` and ``end_date`` bound ``updated_at``; a
        ``datetime`` needs a time zone. ``search_keyword`` is searched in title, summary, agent name and the user's
        names, email address and phone number. Source: page raia-conversations, names from the published contract.
        """
        request = partial(
            list_conversations.request,
            page_size=page_size,
            order_by=order_by,
            order_direction=order_direction,
            search_keyword=search_keyword,
            user_id=user_id,
            start_date=start_date,
            end_date=end_date,
            with_feedbacks_only=with_feedbacks_only,
        )
        return numbered(self, request, page)

    @operation(create_conversation)
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

    @operation(get_conversation)
    def get(self, conversation_id: str) -> Plan[Conversation]:
        """Return one conversation with its feedbacks.

        Source: page raia-conversations.
        """
        return self._send(get_conversation.request(path_id("conversation_id", conversation_id, "states")))

    @operation(get_conversation)
    def get_many(
        self, conversation_ids: Iterable[str], *, concurrency: int = 8
    ) -> Plan[builtins.list[Outcome[Conversation]]]:
        """Return an ``Outcome`` for each id, in order, with up to ``concurrency`` requests at a time.

        A failed request does not affect the others. If the vendor asks one request to wait, all of them wait.
        """
        requests = [
            get_conversation.request(path_id("conversation_ids", each, "states"))
            for each in items("conversation_ids", conversation_ids)
        ]
        return self._many(map(self._send, requests), concurrency)

    @operation(update_conversation)
    def update(
        self,
        conversation_id: str,
        *,
        title: str | Unset = UNSET,
        context: str | Unset = UNSET,
        status: ConversationStatusValue | Unset = UNSET,
        conversation_state_id: str | Unset = UNSET,
    ) -> Plan[Conversation]:
        """Change only the given fields.

        Source: page raia-conversations, names from the published contract.
        """
        body = models.ConversationUpdate.of(
            title=title, context=context, status=status, conversation_state_id=conversation_state_id
        )
        return self._send(update_conversation.request(path_id("conversation_id", conversation_id, "states"), body=body))

    @operation(delete_conversations)
    def delete_all(self, conversation_user_id: str) -> Plan[None]:
        """Delete every conversation that one user has with this agent. Source: page raia-conversations."""
        body = models.ConversationUserReference(conversation_user_id=conversation_user_id)
        return self._send(delete_conversations.request(body=body))

    @operation(list_conversation_states)
    def states(self) -> Plan[builtins.list[ConversationState]]:
        """Return the states that a conversation can be in.

        The published contract contradicts itself: its schema is one object, its text speaks of states. We expect an
        array.
        """
        return self._send(list_conversation_states.request())

    @operation(set_conversation_mode)
    def set_mode(self, conversation_id: str, mode: ConversationModeValue) -> Plan[Conversation]:
        """Let the AI answer (``ai``), or a human (``manual``). Source: page raia-conversations."""
        body = models.ConversationModeUpdate.of(mode=mode)
        return self._send(set_conversation_mode.request(path_id("conversation_id", conversation_id), body=body))

    @operation(start_conversation)
    def start_email(self, **fields: Unpack[StartEmailConversationParams]) -> Plan[str]:
        """Write the first email to a new user, and return the new conversation's id.

        Source: page raia-conversations.
        """
        return self._start(models.StartEmailConversation.of(channel="email", **fields))

    @operation(start_conversation)
    def start_sms(self, **fields: Unpack[StartSmsConversationParams]) -> Plan[str]:
        """Send the first SMS to a new user, and return the new conversation's id. Source: page raia-conversations."""
        return self._start(models.StartSmsConversation.of(channel="sms", **fields))

    @operation(start_conversation)
    def start_voice(self, **fields: Unpack[StartVoiceConversationParams]) -> Plan[str]:
        """Call a new user, and return the new conversation's id. Source: page raia-conversations."""
        return self._start(models.StartVoiceConversation.of(channel="voice", **fields))

    def _start(self, body: StartEmailConversation | StartSmsConversation | StartVoiceConversation) -> Plan[str]:
        return self._read(start_conversation.request(body=body), lambda started: started.conversation_id)
