"""The conversations of an agent of Convocore."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, overload

from causerie_api.convocore import models
from causerie_api.convocore.api.conversations import (
    accept_handoff,
    assign_conversation,
    create_conversation,
    delete_conversation,
    export_conversation,
    export_conversations,
    get_conversation,
    get_conversation_details,
    list_conversations,
    update_conversation,
)
from causerie_api.convocore.api.messages import replace_messages, send_messages
from causerie_api.unset import UNSET, Unset

from .._arguments import items
from .._errors import ArgumentError
from .._method import operation, overloaded, paged
from .._options import path_id
from .._pages import Listed
from .._plan import Plan
from .._resource import Driver
from .._retry import Retry
from .answers import conversation_of, details_of, done, replaced_by
from .arguments import choice, models_of, texts, texts_if_set
from .exports import ExportFilters, ExportFormat, SortOrder, exported, exporting, table
from .listing import listing
from .messages import sending, turns_of
from .region import Region, Regional

if TYPE_CHECKING:
    import builtins
    from collections.abc import Callable, Coroutine, Iterable, Mapping
    from typing import Unpack

    from causerie_api.convocore.models import (
        AssignedUser,
        AssigneeHint,
        Assignment,
        AssignmentResponse,
        Conversation,
        ConversationDetails,
        ConversationList,
        Delivery,
        ExportedConversation,
        OutgoingMessage,
        ReplacedMessages,
        Turn,
    )
    from causerie_api.convocore.models.conversation import ConversationParams

    from .._drivers import Awaiting, Blocking
    from .._outcome import Outcome

T = TypeVar("T")

#: How many people one request may name (published contract).
_AT_ONCE: Final = 25


class Conversations(Regional[Driver]):
    """Conversations of an agent. You must own the agent (convocore-create-conversation)."""

    @paged(list_conversations)
    def list(
        self, agent_id: str, *, page: int = 1, limit: int | Unset = UNSET, cursor: str | Unset = UNSET
    ) -> Plan[Listed[Conversation, ConversationList]]:
        """Return all conversations, the latest first, page by page.

        Iterating yields the items of all pages; ``.data`` is one page. ``limit`` is the number of items in a page, 20
        by default and 100 at most. The list begins with ``page``, counted from 1, or at ``cursor``, the ``next_cursor``
        of an ``.answer``, and goes on with cursors, or with page numbers if the server is older. If an answer's
        ``rate_limit`` says that no request is left in this minute, the next page waits until it is over. A page that
        only repeats the one before is shown without its items, and two of them in a row end the list: a single one may
        repeat because new conversations moved the old ones.

        Source: published contract, page convocore-conversations.
        """
        agent_id = path_id("agent_id", agent_id)
        if page != 1 and cursor is not UNSET:
            raise ArgumentError("page", "a cursor names a page already: give one of page and cursor")
        return listing(self, agent_id, page, limit, cursor)

    @operation(create_conversation)
    def create(self, agent_id: str, **fields: Unpack[ConversationParams]) -> Plan[Conversation]:
        """Create a conversation.

        ``ts`` is its time in Unix seconds, now by default; the vendor generates the id. The operation is meant for
        imports: in 2026, live servers listed the new conversation, but answered 404 when it was requested by its id.
        Source: page convocore-create-conversation, convocore-live.
        """
        if fields.get("ts", UNSET) is UNSET:
            fields["ts"] = int(time.time())
        body = models.CreateConversationBody(conversation=models.NewConversation.of(**fields))
        return self._read(create_conversation.request(path_id("agent_id", agent_id), body=body), conversation_of)

    @operation(get_conversation)
    def get(self, agent_id: str, conversation_id: str) -> Plan[Conversation]:
        """Return one conversation with its lead. Source: page convocore-get-conversation."""
        request = get_conversation.request(
            path_id("agent_id", agent_id), path_id("conversation_id", conversation_id, "export")
        )
        return self._read(request, conversation_of)

    @operation(get_conversation)
    def get_many(
        self, agent_id: str, conversation_ids: Iterable[str], *, concurrency: int = 8
    ) -> Plan[builtins.list[Outcome[Conversation]]]:
        """Return an ``Outcome`` for each id, in order, with up to ``concurrency`` requests at a time.

        A failed request does not affect the others. If the vendor asks one request to wait, all of them wait.
        """
        agent_id = path_id("agent_id", agent_id)
        requests = [
            get_conversation.request(agent_id, path_id("conversation_ids", each, "export"))
            for each in items("conversation_ids", conversation_ids)
        ]
        return self._many((self._read(each, conversation_of) for each in requests), concurrency)

    @operation(update_conversation)
    def update(self, agent_id: str, conversation_id: str, **fields: Unpack[ConversationParams]) -> Plan[Conversation]:
        """Change only the given fields.

        ``tags`` are added to the existing ones: none can be removed. The vendor sets ``last_modified`` when any field
        changes. Source: page convocore-update-conversation.
        """
        request = update_conversation.request(
            path_id("agent_id", agent_id),
            path_id("conversation_id", conversation_id, "export"),
            body=models.UpdateConversationBody(conversation=models.Conversation.of(**fields)),
        )
        return self._read(request, conversation_of)

    @operation(delete_conversation)
    def delete(self, agent_id: str, conversation_id: str) -> Plan[None]:
        """Delete one conversation permanently, with its turns and sessions.

        A ``NotFoundError`` can mean that an earlier attempt, whose answer was lost, deleted it. Source: page
        convocore-conversations.
        """
        request = delete_conversation.request(
            path_id("agent_id", agent_id), path_id("conversation_id", conversation_id, "export")
        )
        return self._do(request, done)

    @overload
    def export(
        self: Conversations[Blocking], agent_id: str, *, format: Literal["json"] = ..., **filters: Unpack[ExportFilters]
    ) -> builtins.list[ExportedConversation]: ...
    @overload
    def export(
        self: Conversations[Blocking], agent_id: str, *, format: Literal["csv"], **filters: Unpack[ExportFilters]
    ) -> str: ...
    @overload
    def export(
        self: Conversations[Awaiting], agent_id: str, *, format: Literal["json"] = ..., **filters: Unpack[ExportFilters]
    ) -> Coroutine[Any, Any, builtins.list[ExportedConversation]]: ...
    @overload
    def export(
        self: Conversations[Awaiting], agent_id: str, *, format: Literal["csv"], **filters: Unpack[ExportFilters]
    ) -> Coroutine[Any, Any, str]: ...
    @overloaded(export_conversations)
    def export(
        self,
        agent_id: str,
        *,
        format: ExportFormat = "json",  # noqa: A002 - the vendor's word
        limit: int | Unset = UNSET,
        sort: SortOrder | Unset = UNSET,
        from_ts: datetime | int | Unset = UNSET,
        to_ts: datetime | int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        conversation_ids: Iterable[str] | Unset = UNSET,
    ) -> Plan[builtins.list[ExportedConversation] | str]:
        """Return all conversations with their turns, or with ``format="csv"``, one text with a header row.

        Every exported session with a message from a person is billed; conversations without such a message are left
        out. ``limit`` is the most conversations, all by default. ``sort`` is "desc" for the latest ``ts`` first, which
        is the vendor's default, or "asc". ``from_ts`` and ``to_ts`` bound ``ts``, both inclusive, in Unix seconds or as
        a ``datetime`` with a time zone. ``cursor`` is where to begin. ``conversation_ids`` selects conversations, which
        are requested 100 at a time.

        Rows have ``metadata`` and ``turns``; other fields of a row are kept, since some servers send a conversation's
        fields instead. A CSV of several pages is refused unless there is a ``limit``, because pages of CSV are not
        joined. ``PermissionDeniedError`` means that the plan or the add-on for exports is missing. Source: page
        convocore-conversations; that CSV is one text is our guess.
        """
        return exporting(
            self,
            agent_id,
            format,
            limit=limit,
            sort=sort,
            from_ts=from_ts,
            to_ts=to_ts,
            cursor=cursor,
            conversation_ids=conversation_ids,
        )

    @overload
    def export_one(
        self: Conversations[Blocking], agent_id: str, conversation_id: str, *, format: Literal["json"] = ...
    ) -> ExportedConversation: ...
    @overload
    def export_one(
        self: Conversations[Blocking], agent_id: str, conversation_id: str, *, format: Literal["csv"]
    ) -> str: ...
    @overload
    def export_one(
        self: Conversations[Awaiting], agent_id: str, conversation_id: str, *, format: Literal["json"] = ...
    ) -> Coroutine[Any, Any, ExportedConversation]: ...
    @overload
    def export_one(
        self: Conversations[Awaiting], agent_id: str, conversation_id: str, *, format: Literal["csv"]
    ) -> Coroutine[Any, Any, str]: ...
    @overloaded(export_conversation)
    def export_one(
        self,
        agent_id: str,
        conversation_id: str,
        *,
        format: ExportFormat = "json",  # noqa: A002
    ) -> Plan[ExportedConversation | str]:
        """Return one conversation with its turns, or with ``format="csv"``, a text with a header row.

        It is billed like ``export``. That CSV is one text is our guess. Source: page convocore-conversations.
        """
        choice("format", format, "json", "csv")
        request = export_conversation.request(
            path_id("agent_id", agent_id), path_id("conversation_id", conversation_id), format_=format
        )
        return self._read(request, table if format == "csv" else exported)

    @operation(assign_conversation)
    def assign(
        self,
        agent_id: str,
        conversation_id: str,
        user_id: str,
        *,
        note: str | Unset = UNSET,
        delegated_by: str | Unset = UNSET,
    ) -> Plan[AssignedUser]:
        """Assign a conversation to a person of your team, and return the assignment.

        The person always gets an email, which cannot be taken back. ``note`` is for the person, ``delegated_by`` is the
        id of the person who assigns it; all ids are Convocore's. Source: published contract.
        """
        body = models.Assignment(assign_to_user_id=user_id, note=note, delegated_by=delegated_by)
        return self._assign(agent_id, conversation_id, body, lambda answer: answer.assigned_user)

    @operation(assign_conversation)
    def assign_many(
        self,
        agent_id: str,
        conversation_id: str,
        user_ids: Iterable[str],
        *,
        note: str | Unset = UNSET,
        delegated_by: str | Unset = UNSET,
        hints: Iterable[AssigneeHint | Mapping[str, Any]] | Unset = UNSET,
    ) -> Plan[builtins.list[AssignedUser]]:
        """Assign a conversation to up to 25 people of your team, and return the assignments.

        Each of them always gets an email. ``hints`` are what you know of them (``id``, ``name``, ``email``); the other
        arguments are those of ``assign``. Source: published contract.
        """
        ids = texts("user_ids", user_ids)
        if not 1 <= len(ids) <= _AT_ONCE:
            raise ArgumentError("user_ids", f"{len(ids)} people cannot be named: give 1 to {_AT_ONCE}")
        body = models.Assignment(
            assign_to_user_ids=ids,
            note=note,
            delegated_by=delegated_by,
            assignees_hint=hints if isinstance(hints, Unset) else models_of("hints", models.AssigneeHint, hints),
        )
        return self._assign(agent_id, conversation_id, body, lambda answer: answer.assigned_users)

    def _assign(
        self, agent_id: str, conversation_id: str, body: Assignment, part: Callable[[AssignmentResponse], T]
    ) -> Plan[T]:
        request = assign_conversation.request(
            path_id("agent_id", agent_id), path_id("conversation_id", conversation_id), body=body
        )
        return self._read(request, lambda answer: part(answer) if done(answer) else None)

    @operation(accept_handoff)
    def accept_handoff(
        self,
        agent_id: str,
        conversation_id: str,
        user_id: str,
        *,
        organization_id: str | Unset = UNSET,
        team_ids: Iterable[str] | Unset = UNSET,
        team_keys: Iterable[str] | Unset = UNSET,
    ) -> Plan[None]:
        """Let a person take over a conversation from the AI: its state becomes ``human-chatting``.

        ``user_id`` is the person's id; the other ids are those of the person's organization and teams. It needs the
        plan Pro or the add-on for live hand-overs. Source: published contract.
        """
        request = accept_handoff.request(
            path_id("agent_id", agent_id),
            path_id("conversation_id", conversation_id),
            body=models.HandoffAcceptance(
                accepted_by_user_id=user_id,
                organization_id=organization_id,
                team_ids=texts_if_set("team_ids", team_ids),
                team_keys=texts_if_set("team_keys", team_keys),
            ),
        )
        return self._do(request, done)

    @operation(get_conversation_details)
    def details(
        self, agent_id: str, conversation_id: str, *, region: Region | None = None
    ) -> Plan[ConversationDetails]:
        """Return a summary of a conversation (``.metadata``), and its recordings (``.recordings``).

        ``region`` is where it is kept, by default the client's region. The envelope of older servers is removed.
        Source: published contract.
        """
        request = get_conversation_details.request(
            path_id("agent_id", agent_id), path_id("conversation_id", conversation_id), region=self._where(region)
        )
        return self._read(request, details_of)

    @operation(replace_messages)
    def replace_messages(
        self,
        agent_id: str,
        conversation_id: str,
        turns: Iterable[Turn | Mapping[str, Any] | tuple[str, str]],
        *,
        lg_messages: Iterable[Any] | Unset = UNSET,
        update_conversation_metadata: bool = True,
    ) -> Plan[ReplacedMessages | None]:
        """Replace all stored turns of a conversation. Nothing is delivered to anyone.

        A turn is a pair of sender and text, such as ``("human", "Hello")``, a ``Turn``, or a JSON object of one. The
        senders are ``human``, ``bot`` and ``system``. The conversation's fields about its messages, and
        ``last_modified``, are updated unless ``update_conversation_metadata`` is False. ``lg_messages`` are messages
        for the framework of the language model, in any form. Returns the stored messages, if the server returns them.
        Source: page convocore-conversations.
        """
        request = replace_messages.request(
            path_id("agent_id", agent_id),
            path_id("conversation_id", conversation_id),
            body=models.MessagesReplacement(
                turns=turns_of(turns),
                lg_messages=lg_messages if isinstance(lg_messages, Unset) else items("lg_messages", lg_messages),
                update_conversation_metadata=update_conversation_metadata,
            ),
        )
        return self._told(request, replaced_by)

    @operation(send_messages)
    def send(
        self,
        agent_id: str,
        conversation_id: str,
        message: str | Unset = UNSET,
        *,
        messages: Iterable[OutgoingMessage | Mapping[str, Any]] | Unset = UNSET,
        dry_run: bool = False,
        skip_if_human_handoff: bool | Unset = UNSET,
        whatsapp_phone_number_id: str | Unset = UNSET,
        source_label: str | Unset = UNSET,
    ) -> Plan[Delivery]:
        """Send a text, or ``messages`` of any type, to the person in a conversation, on its channel.

        It reaches a person on WhatsApp, Messenger, Instagram, Telegram, SMS or Discord, so it is never repeated,
        whatever ``retry`` says. ``dry_run=True`` delivers nothing and reports in ``.channel_deliverable`` whether the
        channel could deliver; ``.delivered`` says whether it did. ``skip_if_human_handoff`` sends nothing while a
        person is chatting. ``source_label`` is stored with the message, "api" by default. On Meta's channels, free text
        is only delivered within 24 hours of the person's last message. Source: page convocore-conversations.
        """
        body = sending(
            message,
            messages,
            dry_run=True if dry_run else UNSET,
            skip_if_human_handoff=skip_if_human_handoff,
            whatsapp_phone_number_id=whatsapp_phone_number_id,
            source_label=source_label,
        )
        request = send_messages.request(
            path_id("agent_id", agent_id), path_id("conversation_id", conversation_id), body=body
        )
        once = Conversations(self._driver_with(retry=Retry(attempts=1)), self._region)
        return once._read(request, lambda answer: answer.data if done(answer) else None)
