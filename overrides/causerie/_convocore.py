"""Convocore: the conversations of an agent, and the leads in them."""

from __future__ import annotations

import math
import time
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypedDict, overload

from causerie_api.convocore import CREDENTIAL_HEADER, CREDENTIAL_PREFIX, SERVERS, models
from causerie_api.convocore.api.conversations import (
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
from causerie_api.convocore.api.messages import replace_messages
from causerie_api.model import DecodeError
from causerie_api.unset import UNSET, Unset

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
from ._pages import Listed
from ._plan import Plan, operation, overloaded, paged
from ._resource import Driver, Resource
from ._secret import Secret

if TYPE_CHECKING:
    import builtins
    from collections.abc import Callable, Coroutine, Iterable
    from typing import Unpack

    from causerie_api.convocore.models import (
        AssignedUser,
        AssignmentResponse,
        Conversation,
        ConversationDetails,
        ConversationExport,
        ConversationList,
        ConversationResponse,
        ConversationsExport,
    )
    from causerie_api.convocore.models.conversation_fields import ConversationFieldsParams

    from ._drivers import Awaiting, Blocking
    from ._outcome import Outcome

    class ExportFilters(TypedDict, total=False):
        """What ``export`` takes beside the format."""

        limit: int | Unset
        sort: str | Unset
        from_ts: datetime | int | Unset
        to_ts: datetime | int | Unset
        cursor: str | Unset
        conversation_ids: Iterable[str] | Unset


Region = Literal["eu", "na"]
ExportFormat = Literal["json", "csv"]
_HOSTS: dict[str, str] = dict(zip(("eu", "na"), SERVERS, strict=True))


class Conversations(Resource[Driver]):
    """Conversations of an agent. The agent must be yours (convocore-create-conversation)."""

    _region: Region

    def __init__(self, driver: Driver, region: Region) -> None:
        self._driver = driver
        self._region = region

    @paged
    def list(
        self, agent_id: str, *, page: int = 1, limit: int | Unset = UNSET, cursor: str | Unset = UNSET
    ) -> Plan[Listed[Conversation]]:
        """All conversations, page by page: iterating goes through every page, ``.data`` is one page.

        ``limit`` is how many a page has, 20 unless given. The list begins with ``page``, counted from 1, or where
        ``cursor`` says, the ``next_cursor`` of an ``.answer``, and goes on by what the vendor speaks: cursors, or
        numbers of pages. A page that only repeats the one before is shown without its items, and two of them in a row
        end the list: one alone may be what new conversations have pushed there. Source: published contract; cursors and
        the limit of 20 from Convocore's own client.
        """
        agent_id = path_id("agent_id", agent_id)
        if page != 1 and cursor is not UNSET:
            raise ArgumentError("page", "a cursor names a page already: give one of page and cursor")
        # By cursor, which page named it: a page may be gone on from again, but no other may name the same.
        named = {cursor: page - 1}

        def fetch(number: int, cursor: str | Unset, before: set[str], *, was_idle: bool) -> Plan[Listed[Conversation]]:
            def listed(answer: ConversationList) -> Listed[Conversation]:
                data = _page_data(answer)
                ids = {str(each.id) for each in data}
                mark = _next_cursor(answer)
                if mark is not None:
                    goes_on = named.setdefault(mark, number) == number
                elif cursor is UNSET:
                    goes_on = _may_go_on(answer)
                elif answer.has_more is True:
                    raise DecodeError("ConversationList", ".next_cursor", "no cursor, although there is more")
                else:
                    goes_on = False
                # A server that knows no such page answers with one that it knows. But so does one whose list has grown
                # by a page since the page before. An empty page is one of many only where a cursor says so.
                is_idle = ids <= before if ids else mark is None
                if not goes_on or (is_idle and was_idle):
                    following = None
                else:
                    following = partial(fetch, number + 1, mark or UNSET, before if is_idle else ids, was_idle=is_idle)
                return Listed([] if is_idle else data, answer, following)

            by_number = number if cursor is UNSET else UNSET
            return self._read(list_conversations.request(agent_id, page=by_number, limit=limit, cursor=cursor), listed)

        return fetch(page, cursor, set(), was_idle=False)

    @operation
    def create(self, agent_id: str, **fields: Unpack[ConversationFieldsParams]) -> Plan[Conversation]:
        """Open a conversation.

        ``ts`` is its time in Unix seconds, and now unless given; the vendor makes up the id. Source: page
        convocore-create-conversation.
        """
        if fields.get("ts", UNSET) is UNSET:
            fields["ts"] = int(time.time())
        body = models.CreateConversationBody(conversation=models.NewConversation.of(**fields))
        return self._read(create_conversation.request(path_id("agent_id", agent_id), body=body), _data)

    @operation
    def get(self, agent_id: str, conversation_id: str) -> Plan[Conversation]:
        """One conversation with its lead. Source: page convocore-get-conversation."""
        request = get_conversation.request(
            path_id("agent_id", agent_id), path_id("conversation_id", conversation_id, "export")
        )
        return self._read(request, _data)

    @operation
    def get_many(
        self, agent_id: str, conversation_ids: Iterable[str], *, concurrency: int = 8
    ) -> Plan[builtins.list[Outcome[Conversation]]]:
        """The conversations of many ids, up to ``concurrency`` requests at a time: an ``Outcome`` for each, in order.

        One that fails costs the others nothing. When the vendor asks one to wait, all of them wait.
        """
        agent_id = path_id("agent_id", agent_id)
        requests = [
            get_conversation.request(agent_id, path_id("conversation_ids", each, "export")) for each in conversation_ids
        ]
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
            path_id("conversation_id", conversation_id, "export"),
            body=models.UpdateConversationBody(conversation=models.ConversationFields.of(**fields)),
        )
        return self._read(request, _data)

    @operation
    def delete(self, agent_id: str, conversation_id: str) -> Plan[None]:
        """Delete one conversation.

        ``NotFoundError`` can mean that an earlier attempt has deleted it, whose answer was lost. Source: published
        contract.
        """
        request = delete_conversation.request(
            path_id("agent_id", agent_id), path_id("conversation_id", conversation_id, "export")
        )
        return self._do(request, _done)

    @overload
    def export(
        self: Conversations[Blocking],
        agent_id: str,
        *,
        format: Literal["json"] = ...,
        **filters: Unpack[ExportFilters],
    ) -> builtins.list[dict[str, Any]]: ...
    @overload
    def export(
        self: Conversations[Blocking], agent_id: str, *, format: Literal["csv"], **filters: Unpack[ExportFilters]
    ) -> str: ...
    @overload
    def export(
        self: Conversations[Awaiting],
        agent_id: str,
        *,
        format: Literal["json"] = ...,
        **filters: Unpack[ExportFilters],
    ) -> Coroutine[Any, Any, builtins.list[dict[str, Any]]]: ...
    @overload
    def export(
        self: Conversations[Awaiting], agent_id: str, *, format: Literal["csv"], **filters: Unpack[ExportFilters]
    ) -> Coroutine[Any, Any, str]: ...
    @overloaded
    def export(
        self,
        agent_id: str,
        *,
        format: ExportFormat = "json",  # noqa: A002 - the vendor's word
        limit: int | Unset = UNSET,
        sort: str | Unset = UNSET,
        from_ts: datetime | int | Unset = UNSET,
        to_ts: datetime | int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        conversation_ids: Iterable[str] | Unset = UNSET,
    ) -> Plan[builtins.list[dict[str, Any]] | str]:
        """All conversations at once, for a file: JSON objects, or with ``format="csv"`` one text with a header row.

        ``limit`` is how many at most; a CSV is as long as the vendor makes it. ``from_ts`` and ``to_ts`` bound their
        time, in Unix seconds or as a ``datetime`` with a time zone, ``cursor`` is where to begin, ``conversation_ids``
        are the only ones. What ``sort`` may be is not known. Where the vendor answers with a part, the other parts are
        asked for; parts of a CSV are not put together, but refused unless there is a ``limit``. Source: published
        contract; all but ``format`` from Convocore's own client, and that CSV is one text is our guess.
        """
        _choice("format", format, "json", "csv")
        if not isinstance(limit, Unset) and (limit.__class__ is not int or limit < 1):
            raise ArgumentError("limit", f"{limit!r} is not a number of conversations: give 1 or more")
        ids = _ids("conversation_ids", conversation_ids)
        from_ts = _unix_seconds("from_ts", from_ts, math.ceil)
        to_ts = _unix_seconds("to_ts", to_ts, math.floor)
        rows: builtins.list[dict[str, Any]] = []
        asked = {cursor}
        while True:
            wanted = None if isinstance(limit, Unset) else limit - len(rows)
            request = export_conversations.request(
                path_id("agent_id", agent_id),
                format_=format,
                limit=UNSET if wanted is None else wanted,
                sort=sort,
                from_ts=from_ts,
                to_ts=to_ts,
                cursor=cursor,
                convo_ids=ids,
            )
            if format == "csv":
                return (yield from self._read(request, _whole_table if wanted is None else _table))
            part, following = yield from self._read(request, partial(_rows, wanted=wanted))
            if part and part == rows[-len(part) :]:  # the cursor means nothing to this server
                return rows
            rows += part[:wanted]
            if following is None or following in asked:
                return rows
            asked.add(following)
            cursor = following

    @overload
    def export_one(
        self: Conversations[Blocking], agent_id: str, conversation_id: str, *, format: Literal["json"] = ...
    ) -> Any: ...
    @overload
    def export_one(
        self: Conversations[Blocking], agent_id: str, conversation_id: str, *, format: Literal["csv"]
    ) -> str: ...
    @overload
    def export_one(
        self: Conversations[Awaiting], agent_id: str, conversation_id: str, *, format: Literal["json"] = ...
    ) -> Coroutine[Any, Any, Any]: ...
    @overload
    def export_one(
        self: Conversations[Awaiting], agent_id: str, conversation_id: str, *, format: Literal["csv"]
    ) -> Coroutine[Any, Any, str]: ...
    @overloaded
    def export_one(
        self,
        agent_id: str,
        conversation_id: str,
        *,
        format: ExportFormat = "json",  # noqa: A002
    ) -> Plan[Any]:
        """One conversation for a file: decoded JSON, or with ``format="csv"`` a text with a header row.

        The JSON's shape is not published, and that CSV is one text is our guess. Source: published contract.
        """
        _choice("format", format, "json", "csv")
        request = export_conversation.request(
            path_id("agent_id", agent_id), path_id("conversation_id", conversation_id), format_=format
        )
        return self._read(request, _table if format == "csv" else _exported)

    @operation
    def assign(
        self, agent_id: str, conversation_id: str, user_id: str, *, delegated_by: str | Unset = UNSET
    ) -> Plan[AssignedUser]:
        """Hand a conversation to a person of your team, and return that. Both ids are Convocore's. Source: published
        contract.
        """
        request = assign_conversation.request(
            path_id("agent_id", agent_id),
            path_id("conversation_id", conversation_id),
            body=models.Assignment(assign_to_user_id=user_id, delegated_by=delegated_by),
        )
        return self._read(request, _assigned)

    @operation
    def details(
        self, agent_id: str, conversation_id: str, *, region: Region | None = None
    ) -> Plan[ConversationDetails]:
        """All that is kept about a conversation, recordings included; ``.data`` is JSON of a shape not published.

        ``region`` is where it is kept: the client's unless given. Source: published contract.
        """
        region = self._region if region is None else region
        _choice("region", region, *_HOSTS)
        request = get_conversation_details.request(
            path_id("agent_id", agent_id), path_id("conversation_id", conversation_id), region=region
        )
        return self._read(request, _details)

    @operation
    def replace_messages(
        self,
        agent_id: str,
        conversation_id: str,
        turns: Iterable[dict[str, Any]],
        *,
        lg_messages: Iterable[dict[str, Any]] | Unset = UNSET,
        update_conversation_metadata: bool | Unset = UNSET,
    ) -> Plan[None]:
        """Put other messages in the place of all messages of a conversation.

        ``turns`` and ``lg_messages`` are JSON objects of a shape that is not published, and so is the whole operation:
        Convocore's own client calls it. ``update_conversation_metadata`` makes fields such as ``messages_num`` follow.
        """
        request = replace_messages.request(
            path_id("agent_id", agent_id),
            path_id("conversation_id", conversation_id),
            body=models.MessagesReplacement(
                turns=list(turns),
                lg_messages=lg_messages if isinstance(lg_messages, Unset) else list(lg_messages),
                update_conversation_metadata=update_conversation_metadata,
            ),
        )
        return self._do(request, _done)


def _data(envelope: ConversationResponse) -> Conversation:
    if not envelope.success or not envelope.data:
        raise DecodeError("ConversationResponse", ".data", f"no conversation, but the message {envelope.message!r}")
    return envelope.data


def _done(envelope: Any) -> bool:
    """Raises ``DecodeError`` for a success that says that it is none."""
    if not envelope.success:
        raise DecodeError(type(envelope).__name__, ".success", f"no success, but the message {envelope.message!r}")
    return True


def _page_data(answer: ConversationList) -> Any:
    data: Any = answer.data
    if not (_done(answer) and isinstance(data, list)):
        raise DecodeError("ConversationList", ".data", "no list of conversations")
    return data


def _next_cursor(answer: ConversationList | ConversationsExport) -> str | None:
    """What asks for what follows, where the answer names it."""
    return str(answer.next_cursor) if answer.next_cursor and answer.has_more is not False else None


def _may_go_on(answer: ConversationList) -> bool:
    """Whether a page without a cursor may have another after it: a server that speaks cursors says when it has none."""
    is_silent = answer.next_cursor is UNSET and answer.has_more is not False
    return answer.has_more is True or (is_silent and bool(answer.data))


def _rows(answer: ConversationsExport, wanted: int | None) -> tuple[list[dict[str, Any]], str | None]:
    """One part of an export, and the cursor for the rest of what is wanted."""
    data = answer.data
    if not (_done(answer) and isinstance(data, list)):
        raise DecodeError("ConversationsExport", ".data", "no list, although JSON was asked for")
    if wanted is not None and len(data) >= wanted:
        return data, None
    following = _next_cursor(answer)
    if following is None and answer.has_more is True:
        raise DecodeError("ConversationsExport", ".next_cursor", "no cursor, although there is more")
    return data, following


def _table(answer: ConversationExport | ConversationsExport) -> str:
    data = answer.data
    if not (_done(answer) and isinstance(data, str)):
        raise DecodeError(type(answer).__name__, ".data", "no text, although CSV was asked for")
    return data


def _whole_table(answer: ConversationsExport) -> str:
    if _next_cursor(answer) or answer.has_more is True:
        raise DecodeError("ConversationsExport", ".data", "a part of the table; export JSON, or give a limit")
    return _table(answer)


def _exported(answer: ConversationExport) -> Any:
    return _done(answer) and answer.data


def _assigned(answer: AssignmentResponse) -> AssignedUser:
    _done(answer)
    return answer.assigned_user


def _details(answer: ConversationDetails) -> ConversationDetails:
    if answer.success is not UNSET:
        _done(answer)
    return answer


def _choice(argument: str, value: str, *choices: str) -> None:
    if value not in choices:
        raise ArgumentError(argument, f"{value!r} is none of {', '.join(map(repr, choices))}")


def _unix_seconds(argument: str, value: datetime | int | Unset, rounded: Callable[[float], int]) -> int | Unset:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ArgumentError(argument, f"{value!r} has no time zone; give one, for example datetime.now(UTC)")
        return rounded(value.timestamp())
    if not isinstance(value, int | Unset):
        raise ArgumentError(argument, f"{value!r} is neither a whole number of Unix seconds nor a datetime")
    return value


def _ids(argument: str, values: Iterable[str] | Unset) -> list[str] | Unset:
    if isinstance(values, str):
        raise ArgumentError(argument, f"a list of ids is expected, such as [{values!r}]")
    found = values if isinstance(values, Unset) else list(values)
    if found == []:
        raise ArgumentError(argument, "no id would mean every conversation: leave it out, or give some")
    return found


def _read_error(body: Any) -> ErrorBody:
    """``{message, code, issues?}`` (published contract)."""
    return ErrorBody.read(body, "code", "message", "issues")


class _Convocore(Client[Driver, Transport, HTTPClient]):
    conversations: Conversations[Driver]
    _region: Region

    def __init__(
        self,
        api_key: str | None = None,
        *,
        region: Region = "eu",
        **settings: Unpack[Settings[Transport, HTTPClient]],
    ) -> None:
        _choice("region", region, *_HOSTS)
        self._region = region
        api_key = _options.credential("api_key", api_key, "CONVOCORE_API_KEY")
        self._open(
            _options.base_url(settings.get("base_url"), "CONVOCORE_BASE_URL", _HOSTS[region]),
            {CREDENTIAL_HEADER: Secret(CREDENTIAL_PREFIX + api_key)},
            _read_error,
            settings,
        )

    def _attach(self, driver: Driver) -> None:
        self.conversations = Conversations(driver, self._region)


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
    """``Convocore``, for asyncio. ``transport="aiohttp"`` sends through aiohttp, which takes less CPU and needs the
    extra ``aiohttp``.
    """
