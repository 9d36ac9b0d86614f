"""What is read of each vendor: the pages of its conversations, and what a row holds of each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import orjson

from causerie_api.model import Model
from causerie_api.schema import from_unix_time
from causerie_api.unset import UNSET

from .._errors import BadRequestError, NotFoundError
from .._plan import Plan, plan_of
from ._errors import ExportError
from ._stage import Row

if TYPE_CHECKING:
    from .._outcome import Outcome
    from .._pages import Listed

Position = Mapping[str, Any]

# What the clocks of a vendor and of this machine may differ by, wrong time zones included. The next run takes again
# what has changed within it, which costs no request.
_CLOCKS = timedelta(days=1)


class Item(NamedTuple):
    """A conversation of a list."""

    id: str
    version: str
    """Another one once the conversation has changed."""
    changed: datetime | None
    """When it changed last, as far as it says so."""
    noted: datetime | None
    """When the vendor noted its last change. The other time may be a client's, who can be wrong."""
    shown: Model


class Page(NamedTuple):
    """One page of a list."""

    items: list[Item]
    following: Position | None
    remaining: int | None
    """How many conversations the pages after it hold; None where the vendor does not say."""


class Source(Protocol):
    """The conversations of one agent."""

    vendor: str
    id_key: str

    @property
    def model(self) -> type[Model]:
        """What a row is, but for its messages."""
        ...

    @property
    def messages(self) -> type[Model] | None:
        """What a row's messages are, if it has some."""
        ...

    def first(self, since: datetime | None) -> Position:
        """Where reading begins, when only what has changed since then is wanted."""
        ...

    def page(self, position: Position) -> Plan[Page]:
        """The page there."""
        ...

    def after(self, position: Position, page: Page, *, has_news: bool) -> tuple[Position, bool]:
        """Where to go on, in this run or in another, and whether this one is at its end. ``has_news`` says whether
        anything on the page was not read before.
        """
        ...

    def known_until(self, newest: datetime, began: datetime) -> datetime:
        """Up to when every change was read, in a run that began then and read a change of ``newest`` as the latest."""
        ...

    def rows(self, items: Sequence[Item]) -> Plan[list[Row]]:
        """What is kept of them; what is there no more is left out."""
        ...


class RaiaSource:
    """raia's conversations, the latest change last.

    Each page is the first one of a list that begins at the last change of the page before. So whatever is deleted or
    changes meanwhile, no conversation slips to a page that was read already, as it would in one list of numbered pages;
    and what changes comes again at the end. Pages are numbered only where one moment has more conversations than a page
    holds, and where a server does not keep the order that it was asked for. Those pages are read again until they bring
    nothing new: what changes meanwhile leaves them, and moves others to a page that was read already.
    """

    vendor = "raia"
    id_key = "id"

    def __init__(self, client: Any, page_size: int | None, concurrency: int, *, messages: bool) -> None:
        self._client = client
        self._size = 100 if page_size is None else page_size
        self._concurrency = concurrency
        self._has_messages = messages

    @property
    def model(self) -> type[Model]:
        from causerie_api.raia.models import Conversation  # noqa: PLC0415 - of one vendor's, not the other's

        return Conversation

    @property
    def messages(self) -> type[Model] | None:
        from causerie_api.raia.models import ConversationMessage  # noqa: PLC0415

        return ConversationMessage if self._has_messages else None

    def first(self, since: datetime | None) -> Position:
        return self._at(None if since is None else since.isoformat(), 1)

    def _at(self, start: str | None, page: int, *, is_again: bool = False, had_news: bool = False) -> Position:
        """A page of a list. ``is_again`` says whether the list was read before, ``had_news`` whether the pages before
        this one have brought anything since.
        """
        return {"from": start, "page": page, "size": self._size, "is_again": is_again, "had_news": had_news}

    def page(self, position: Position) -> Plan[Page]:
        start, number = position["from"], self._number(position)
        listed: Listed[Any] = yield from plan_of(
            self._client.conversations.list,
            page=number,
            page_size=self._size,
            order_by="updatedAt",
            order_direction="ASC",
            start_date=start or UNSET,
        )
        items = [self._item(shown) for shown in listed.data]
        total = _value(listed.answer, "totalItems")
        is_told = isinstance(total, int) and not position["is_again"]  # what is read again counts as read
        remaining = max(0, total - number * self._size) if is_told else None
        if listed.following is None:
            return Page(items, None, 0)
        dates = [item.changed for item in items if item.changed is not None]
        is_ordered = len(dates) == len(items) and dates == sorted(dates) and dates[:1] < dates[-1:]
        if is_ordered and (start is None or dates[-1] > datetime.fromisoformat(start)):
            return Page(items, self._at(dates[-1].isoformat(), 1), remaining)
        return Page(items, self._at(start, number + 1), remaining)

    def _item(self, shown: Model) -> Item:
        version = _value(shown, "updatedAt")
        changed = _instant(version)
        return Item(_id(self.vendor, shown, self.id_key), str(version), changed, changed, shown)

    def _number(self, position: Position) -> int:
        return position["page"] if position["size"] == self._size else 1  # its own run had other pages

    def after(self, position: Position, page: Page, *, has_news: bool) -> tuple[Position, bool]:
        number, is_again, following = self._number(position), position["is_again"], page.following
        had_news = has_news or position["had_news"]
        if following is not None and following["page"] > 1:
            return {**following, "is_again": is_again, "had_news": had_news}, False
        if number > 1 and (had_news or not is_again):
            return self._at(position["from"], 1, is_again=True), False
        # What comes after the end will come there.
        return (position, True) if following is None else (following, False)

    def known_until(self, newest: datetime, began: datetime) -> datetime:  # noqa: ARG002 - what changes comes last
        return newest

    def rows(self, items: Sequence[Item]) -> Plan[list[Row]]:
        if not self._has_messages:
            return [Row(item.id, item.version, item.shown.to_json()) for item in items]
        plans = (plan_of(self._client.messages.list, item.id, should_include_feedbacks=True) for item in items)
        outcomes: list[Outcome[list[Model]]] = yield from self._client.messages._many(plans, self._concurrency)
        rows = []
        for item, outcome in zip(items, outcomes, strict=True):
            if isinstance(outcome.error, NotFoundError):  # deleted since it was listed
                continue
            messages = [orjson.Fragment(message.to_json()) for message in outcome.unwrap()]
            rows.append(Row(item.id, item.version, orjson.dumps({**item.shown.to_dict(), "messages": messages})))
        return rows


class ConvocoreSource:
    """Convocore's conversations, in an order that is not documented.

    The list has no filter by time: every page is read, and what has not changed since is left out. Once it is at its
    end, it is read again from the beginning until two pages in a row bring nothing new: in a list whose latest change
    comes first, that is where everything is that came or changed meanwhile. One page alone may be what has just been
    pushed to where the next page is read.
    """

    vendor = "convocore"
    id_key = "ID"
    messages = None

    def __init__(self, client: Any, agent_id: str, page_size: int | None) -> None:
        self._client = client
        self._agent_id = agent_id
        self._size = 20 if page_size is None else page_size
        self._ahead: tuple[Position, Callable[[], Plan[Listed[Any]]]] | None = None

    @property
    def model(self) -> type[Model]:
        from causerie_api.convocore.models import Conversation  # noqa: PLC0415 - of one vendor's, not the other's

        return Conversation

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
            cursor = _value(listed.answer, "nextCursor") or None
            following = self._at(position["page"] + 1, cursor, is_again=position["is_again"])
            self._ahead = following, listed.following
        return Page([self._item(shown) for shown in listed.data], following, None)

    def _listed(self, position: Position) -> Plan[Listed[Any]]:
        if self._ahead is not None and self._ahead[0] == {**position, "was_idle": False}:
            # The list itself notices when a server that knows no page behind the last one shows that again.
            return self._ahead[1]()
        where = {"page": position["page"]} if position["cursor"] is None else {"cursor": position["cursor"]}
        return plan_of(self._client.conversations.list, self._agent_id, limit=self._size, **where)

    def _item(self, shown: Model) -> Item:
        # documented: the server sets lastModified when any field changes. Whether a message is such a change, no page
        # says; the others are what the conversation's maker has sent. All of them are optional.
        times = [_instant(_value(shown, key)) for key in ("lastModified", "lastMessageTS", "ts")]
        known = [time for time in times if time is not None]
        version = hashlib.blake2b(shown.to_json(), digest_size=16).hexdigest()
        id_ = _id(self.vendor, shown, self.id_key)
        return Item(id_, version, max(known, default=None), next(iter(known), None), shown)

    def after(self, position: Position, page: Page, *, has_news: bool) -> tuple[Position, bool]:
        start = self._at(1, None, is_again=True)
        if page.following is None:
            return start, position["is_again"]
        if position["is_again"] and not has_news and position["was_idle"]:
            return start, True
        return {**page.following, "was_idle": not has_news}, False

    def known_until(self, newest: datetime, began: datetime) -> datetime:
        return min(newest, began - _CLOCKS)

    def rows(self, items: Sequence[Item]) -> Plan[list[Row]]:
        yield from ()
        return [Row(item.id, item.version, item.shown.to_json()) for item in items]


def _value(model: Model, key: str) -> Any:
    return model[key] if key in model else None  # noqa: SIM401 - a model has no get


def _id(vendor: str, shown: Model, key: str) -> str:
    value = _value(shown, key)
    if not isinstance(value, str):
        raise ExportError(f"{vendor} lists a conversation whose {key} is {value!r}: it cannot be told from others")
    return value


def _instant(value: Any) -> datetime | None:
    """Return a time in RFC 3339 or a Unix time in either unit as a ``datetime``; None for anything else."""
    try:
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        return from_unix_time(value)  # type: ignore[no-any-return]
    except (TypeError, ValueError, OverflowError, OSError):
        return None
