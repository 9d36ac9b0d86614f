"""The conversations of an agent of Convocore, with their messages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from causerie_api import schema
from causerie_api.convocore.models import Conversation
from causerie_api.jsontext import write
from causerie_api.model import Model, field
from causerie_api.unset import UNSET, Unset

from .._errors import BadRequestError, NotFoundError, PermissionDeniedError, ServerError
from .._method import plan_of
from .._plan import Plan
from ..export._sources import UNREADABLE, Failures, Item, Page, Position, Rows, id_of, instant, items_of, value_of
from ..export._stage import Row

if TYPE_CHECKING:
    from .._pages import Listed
    from ..export._sources import Wanted

# What the clocks of a vendor and of this machine may differ by, wrong time zones included. The next run takes again
# what has changed within it, which costs no request for records.
_CLOCKS = timedelta(days=1)


class ExportedLine(Model):
    """A message of an exported conversation."""

    conversation_id: str | Unset = field("conversationId", schema.STRING, default=UNSET)
    """Id of its conversation."""
    turn: int | Unset = field("turn", schema.INTEGER, default=UNSET)
    """Number of its turn, counted from 0."""
    from_: str | Unset = field("from", schema.STRING, default=UNSET)
    """Who sent it: user or bot."""
    type_: str | Unset = field("type", schema.STRING, default=UNSET)
    """Its type, such as text."""
    ts: str | Unset = field("ts", schema.STRING, default=UNSET)
    """Its time in the vendor's form: an English text without a time zone."""
    payload: dict[str, Any] | Unset = field("payload", schema.OBJECT, default=UNSET)
    """Its content; a text is its ``message``."""


class ConvocoreSource:
    """Convocore's conversations, the latest first by the time that each began.

    Records come from the list, which is free and shows every change. Messages come from the export operation, which is
    billed, so only new and changed conversations are requested from it.

    The list has no filter by time: every page is read, and conversations that have not changed are left out. At its
    end, it is read again from the beginning until two pages in a row have nothing new: in a list whose latest change
    comes first, everything that changed meanwhile is on those pages. A single page is not enough, because its items may
    just have been pushed there by new ones.
    """

    vendor = "convocore"
    id_key = "ID"

    def __init__(self, client: Any, agent_id: str, wanted: Wanted) -> None:
        self._client = client
        self._agent_id = agent_id
        self._size = 50 if wanted.page_size is None else wanted.page_size  # more is for paid workspaces alone
        self._wanted = wanted
        self._ahead: tuple[Position, Callable[[], Plan[Listed[Any]]]] | None = None

    @property
    def model(self) -> type[Model]:
        return Conversation

    @property
    def messages(self) -> type[Model] | None:
        return ExportedLine if self._wanted.messages else None

    def first(self, since: datetime | None) -> Position:  # noqa: ARG002 - all of it is read
        return self._at(1, None, is_again=False)

    def _at(self, page: int, cursor: str | None, *, is_again: bool) -> Position:
        return {"page": page, "cursor": cursor, "size": self._size, "is_again": is_again, "was_idle": False}

    def page(self, position: Position) -> Plan[Page]:
        start = self._at(1, None, is_again=position["is_again"])
        if position["cursor"] is None and position["size"] != self._size:  # its own run had other pages
            position = start
        try:
            listed = yield from self._listed(position)
        except BadRequestError:
            if self._ahead is not None or position["cursor"] is None:
                raise
            position = start  # the cursor is of another run, and has expired; what was read then is known
            listed = yield from self._listed(position)
        following = None
        if listed.following is not None:
            cursor = value_of(listed.answer, "nextCursor") or None
            following = self._at(position["page"] + 1, cursor, is_again=position["is_again"])
            self._ahead = following, listed.following
        items, unreadable = items_of(listed.data, self._item, skips=self._wanted.skip_unreadable)
        return Page(items, following, None, unreadable)

    def _listed(self, position: Position) -> Plan[Listed[Any]]:
        if self._ahead is not None and self._ahead[0] == {**position, "was_idle": False}:
            # The list itself notices when a server that knows no page behind the last one shows that again.
            return self._ahead[1]()
        where = {"page": position["page"]} if position["cursor"] is None else {"cursor": position["cursor"]}
        return plan_of(self._client.conversations.list, self._agent_id, limit=self._size, **where)

    def _item(self, shown: Model) -> Item:
        # documented: the server sets lastModified when any field changes. Whether a message is such a change, no page
        # says; the others are what the conversation's maker has sent. All of them are optional.
        times = [instant(value_of(shown, key)) for key in ("lastModified", "lastMessageTS", "ts")]
        known = [time for time in times if time is not None]
        version = hashlib.blake2b(shown.to_json(), digest_size=16).hexdigest()
        id_ = id_of(self.vendor, shown, self.id_key)
        return Item(id_, version, max(known, default=None), next(iter(known), None), shown)

    def after(self, position: Position, page: Page, *, has_news: bool) -> tuple[Position, bool]:
        start = self._at(1, None, is_again=True)
        if page.following is None:
            return start, position["is_again"]
        if position["is_again"] and not has_news and position["was_idle"]:
            return start, True
        return {**page.following, "was_idle": not has_news}, False

    def again_since(self, position: Position, began: datetime) -> datetime | None:
        return began - _CLOCKS if position["is_again"] else None

    def known_until(self, newest: datetime, began: datetime) -> datetime:
        return min(newest, began - _CLOCKS)

    def rows(self, items: Sequence[Item]) -> Plan[Rows]:
        if not self._wanted.messages:
            return Rows([Row(item.id, item.version, item.shown.to_json()) for item in items])
        failures, found = Failures(skips=self._wanted.skip_unreadable), dict[str, Model]()
        try:
            yield from self._exported([item.id for item in items], found, failures)
        except PermissionDeniedError as error:
            error.add_note("the export of messages needs the plan and its add-on: messages=False exports without them")
            raise
        rows = [Row(item.id, item.version, write(_with_messages(item, found.get(item.id)))) for item in items]
        return Rows(rows, failures.conclude())

    def _exported(self, ids: Sequence[str], found: dict[str, Model], failures: Failures) -> Plan[None]:
        """Read the exports of these conversations. If the vendor fails for one of them, only that one is left out."""
        conversations = self._client.conversations
        try:
            if len(ids) == 1:
                rows = [(yield from plan_of(conversations.export_one, self._agent_id, ids[0]))]
            else:
                rows = yield from plan_of(conversations.export, self._agent_id, conversation_ids=ids)
        except (NotFoundError, ServerError, *UNREADABLE) as error:
            if len(ids) > 1:
                yield from self._exported(ids[: len(ids) // 2], found, failures)
                yield from self._exported(ids[len(ids) // 2 :], found, failures)
            elif not isinstance(error, NotFoundError):
                failures.add(ids[0], error)
            return  # one that is not found has no message of a person, or was deleted since it was listed
        failures.succeeded()
        found |= {id_: row for row in rows for id_ in [_id_of_row(row)] if id_ in ids}


def _id_of_row(row: Model) -> str:
    """Return the id from either form of a row; an empty string if it is missing."""
    metadata = value_of(row, "metadata")
    convo = metadata.get("convo") if isinstance(metadata, dict) else None
    found = convo.get("id") if isinstance(convo, dict) else value_of(row, "ID")
    return found if isinstance(found, str) else ""


def _with_messages(item: Item, row: Model | None) -> dict[str, Any]:
    """Return a conversation with its messages as one list, and with the other fields of its export."""
    conversation = item.shown.to_dict()
    if row is None:
        return {**conversation, "messages": []}
    exported = row.to_dict()
    turns = exported.pop("turns", None)
    metadata = exported.pop("metadata", None)
    if isinstance(metadata, dict):
        metadata.pop("convo", None)
        exported = {**exported, "metadata": metadata}
    return {**exported, **conversation, "messages": list(_messages(turns))}


def _messages(turns: Any) -> Iterator[dict[str, Any]]:
    for number, turn in enumerate(turns if isinstance(turns, list) else ()):
        fields = turn if isinstance(turn, dict) else {"messages": [turn]}
        messages = fields.pop("messages", None)
        sender = {"turn": number, **({"from": fields.pop("from")} if "from" in fields else {})}
        rest = {"turnFields": fields} if fields else {}
        for message in messages if isinstance(messages, list) else [messages]:
            yield {**(message if isinstance(message, dict) else {"payload": message}), **sender, **rest}
