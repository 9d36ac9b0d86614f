"""Exports of conversations with their turns."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict

from causerie_api.convocore import models
from causerie_api.convocore.api.conversations import export_conversations
from causerie_api.jsonvalue import shortened
from causerie_api.model import DecodeError
from causerie_api.unset import UNSET, Unset

from .._errors import ArgumentError
from .._options import path_id
from .._pages import check_empty
from .._plan import Plan
from .answers import done
from .arguments import choice, texts, unix_time
from .listing import next_cursor

if TYPE_CHECKING:
    from causerie_api.convocore.models import ConversationExport, ConversationsExport, ExportedConversation

    from .._resource import Resource

ExportFormat = Literal["json", "csv"]
SortOrder = Literal["desc", "asc"]

#: The largest page, and how many ids one answer may be asked for (published contract).
PAGE_MAX: Final = 100
_IDS_MAX: Final = 500


class ExportFilters(TypedDict, total=False):
    """The arguments of ``export`` other than the format."""

    limit: int | Unset
    sort: SortOrder | Unset
    from_ts: datetime | int | Unset
    to_ts: datetime | int | Unset
    cursor: str | Unset
    conversation_ids: Iterable[str] | Unset


def exporting(
    resource: Resource[Any],
    agent_id: str,
    format: ExportFormat,  # noqa: A002 - the vendor's word
    *,
    limit: int | Unset,
    sort: SortOrder | Unset,
    from_ts: datetime | int | Unset,
    to_ts: datetime | int | Unset,
    cursor: str | Unset,
    conversation_ids: Iterable[str] | Unset,
) -> Plan[list[ExportedConversation] | str]:
    """Plan an export of all pages, or of the conversations with some ids."""
    choice("format", format, "json", "csv")
    if not isinstance(sort, Unset):
        choice("sort", sort, "desc", "asc")
    if not isinstance(limit, Unset) and (limit.__class__ is not int or limit < 1):
        raise ArgumentError("limit", f"{limit!r} is not a number of conversations: give 1 or more")
    request = partial(
        export_conversations.request,
        path_id("agent_id", agent_id),
        format_=format,
        sort=sort,
        from_ts=unix_time("from_ts", from_ts, math.ceil),
        to_ts=unix_time("to_ts", to_ts, math.floor),
    )
    if format == "csv":
        return _table_of(resource, request, limit, cursor, conversation_ids)
    if isinstance(conversation_ids, Unset):
        if not isinstance(cursor, str | Unset):
            raise ArgumentError("cursor", f"{shortened(cursor)} is not a text: give the next_cursor of an answer")
        request(limit=limit, cursor=cursor)  # what cannot be sent is refused before anything is
        return _pages(resource, request, limit, cursor)
    if cursor is not UNSET:
        raise ArgumentError("cursor", "conversation_ids have no pages: give one of cursor and conversation_ids")
    return _selected(resource, request, limit, _ids(conversation_ids))


def _pages(
    resource: Resource[Any], request: Callable[..., Any], limit: int | Unset, cursor: str | Unset
) -> Plan[list[ExportedConversation]]:
    rows: list[ExportedConversation] = []
    asked = {cursor}
    empty = 0
    while True:
        wanted = None if isinstance(limit, Unset) else limit - len(rows)
        page = PAGE_MAX if wanted is None else min(wanted, PAGE_MAX)
        one = request(limit=page, cursor=cursor)
        response, (part, following) = yield from resource._answered(one, partial(_rows, wanted=wanted), None)
        if part and part == rows[-len(part) :]:  # the cursor means nothing to this server
            return rows
        rows += part[:wanted]
        if following is None or following in asked:
            return rows
        empty = 0 if part else empty + 1
        check_empty(response, empty)
        asked.add(following)
        cursor = following


def _selected(
    resource: Resource[Any], request: Callable[..., Any], limit: int | Unset, ids: list[str]
) -> Plan[list[ExportedConversation]]:
    rows: list[ExportedConversation] = []
    for some in _batches(ids):
        part, _ = yield from resource._read(request(convo_ids=some), partial(_rows, wanted=len(some)))
        rows += part
    return rows if isinstance(limit, Unset) else rows[:limit]


def _batches(ids: list[str]) -> Iterator[list[str]]:
    # The ids stand in the URL, which many servers refuse beyond 8 kB.
    return (ids[start : start + PAGE_MAX] for start in range(0, len(ids), PAGE_MAX))


def _table_of(
    resource: Resource[Any],
    request: Callable[..., Any],
    limit: int | Unset,
    cursor: str | Unset,
    conversation_ids: Iterable[str] | Unset,
) -> Plan[str]:
    ids = conversation_ids if isinstance(conversation_ids, Unset) else _ids(conversation_ids)
    if not isinstance(ids, Unset) and len(ids) > _IDS_MAX:
        problem = f"{len(ids)} ids make more than one table: give {_IDS_MAX} at most, or export JSON"
        raise ArgumentError("conversation_ids", problem)
    if not isinstance(limit, Unset) and limit > PAGE_MAX:
        raise ArgumentError("limit", f"{limit} make more than one table: give {PAGE_MAX} at most, or export JSON")
    one = request(limit=limit, cursor=cursor, convo_ids=ids)
    return resource._read(one, _whole_table if isinstance(limit, Unset) else table)


def _ids(values: Iterable[str]) -> list[str]:
    found = texts("conversation_ids", values)
    if not found:
        problem = "no id would mean every conversation: leave it out, or give some"
        raise ArgumentError("conversation_ids", problem)
    for value in found:
        if "," in value:
            raise ArgumentError("conversation_ids", f"{value!r} has a comma, which separates ids: use export_one")
    return found


def _rows(answer: ConversationsExport, wanted: int | None) -> tuple[list[ExportedConversation], str | None]:
    """Return one page of an export, and the cursor for the rest."""
    data: Any = answer.data
    if not (done(answer) and isinstance(data, list)):
        raise DecodeError("ConversationsExport", ".data", "no list, although JSON was asked for")
    following = next_cursor(answer)
    rows = [_row(each) for each in data]
    if wanted is not None and len(rows) >= wanted:
        return rows, None
    if following is None and answer.has_more is True:
        raise DecodeError("ConversationsExport", ".next_cursor", "no cursor, although there is more")
    return rows, following


def _row(value: Any) -> ExportedConversation:
    # Data that does not fit the document in some place comes as the JSON it is.
    if not isinstance(value, models.ExportedConversation | dict):
        raise DecodeError("ExportedConversation", "", f"a conversation was expected, not {value!r:.80}")
    return models.ExportedConversation.from_dict(value) if isinstance(value, dict) else value


def table(answer: ConversationExport | ConversationsExport) -> str:
    """Return the CSV of an export. Raises ``DecodeError``."""
    data: Any = answer.data
    if not (done(answer) and isinstance(data, str)):
        raise DecodeError(type(answer).__name__, ".data", "no text, although CSV was asked for")
    return data


def _whole_table(answer: ConversationsExport) -> str:
    if next_cursor(answer) or answer.has_more is True:
        raise DecodeError("ConversationsExport", ".data", "a part of the table; export JSON, or give a limit")
    return table(answer)


def exported(answer: ConversationExport) -> ExportedConversation | None:
    """Return the one conversation of an export; None if there is none. Raises ``DecodeError``."""
    data: Any = answer.data
    if not done(answer) or isinstance(data, str):
        raise DecodeError("ConversationExport", ".data", "a text, although JSON was asked for")
    return None if data is UNSET else _row(data)
