"""The conversations of an agent of raia, with their messages."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from causerie_api.jsontext import write
from causerie_api.model import Model
from causerie_api.raia.models import Conversation, ConversationMessage
from causerie_api.unset import UNSET

from .._errors import NotFoundError, ServerError
from .._method import plan_of
from .._pages import check_empty
from .._plan import Plan
from ..export._sources import UNREADABLE, Failures, Item, Page, Position, Rows, id_of, instant, items_of, value_of
from ..export._stage import Row

if TYPE_CHECKING:
    from .._outcome import Outcome
    from .._pages import Listed
    from ..export._sources import Wanted


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

    def __init__(self, client: Any, wanted: Wanted) -> None:
        self._client = client
        self._size = 100 if wanted.page_size is None else wanted.page_size
        self._wanted = wanted

    @property
    def model(self) -> type[Model]:
        return Conversation

    @property
    def messages(self) -> type[Model] | None:
        return ConversationMessage if self._wanted.messages else None

    def first(self, since: datetime | None) -> Position:
        return self._at(None if since is None else since.isoformat(), 1)

    def _at(
        self,
        start: str | None,
        page: int,
        *,
        is_again: bool = False,
        had_news: bool = False,
        shown: tuple[str, str] = ("", ""),
        empty: int = 0,
    ) -> Position:
        """Return the position of a page of a list.

        ``is_again`` says whether the list was read before, and ``had_news`` whether the pages before this one had
        anything new. ``shown`` are digests of the page before and of an older one, and ``empty`` is the number of empty
        pages directly before this one.
        """
        place = {"from": start, "page": page, "size": self._size, "shown": list(shown), "empty": empty}
        return {**place, "is_again": is_again, "had_news": had_news}

    def page(self, position: Position) -> Plan[Page]:
        start, number = position["from"], self._number(position)
        listed: Listed[Any] = yield from plan_of(
            self._client.conversations.list,
            page=number,
            page_size=self._size,
            order_by="updatedAt",
            order_direction="ASC",
            start_date=start or UNSET,
            **self._wanted.filters,
        )
        items, unreadable = items_of(listed.data, self._item, skips=self._wanted.skip_unreadable)
        total = value_of(listed.answer, "totalItems")
        is_told = isinstance(total, int) and not position["is_again"]  # what is read again counts as read
        remaining = max(0, total - number * self._size) if is_told else None
        digest = hashlib.blake2b(repr([item.id for item in items]).encode(), digest_size=16).hexdigest()
        # A run that an earlier version has left knows neither.
        before, older = position.get("shown", ("", "")) if number > 1 else ("", "")
        # A server that ignores the number of the page, or goes round in a circle, shows what it has shown, for ever.
        if listed.following is None or (items and digest in (before, older)):
            return Page(items, None, 0, unreadable)
        empty = 0 if items else position.get("empty", 0) + 1
        check_empty(listed.response, empty)
        dates = [item.changed for item in items if item.changed is not None]
        is_ordered = len(dates) == len(items) and dates == sorted(dates) and dates[:1] < dates[-1:]
        if is_ordered and (start is None or dates[-1] > datetime.fromisoformat(start)):
            return Page(items, self._at(dates[-1].isoformat(), 1), remaining, unreadable)
        is_milestone = number & (number - 1) == 0  # further and further back: Brent's algorithm
        shown = digest if items else before, digest if is_milestone and items else older
        return Page(items, self._at(start, number + 1, shown=shown, empty=empty), remaining, unreadable)

    def _item(self, shown: Model) -> Item:
        version = value_of(shown, "updatedAt")
        changed = instant(version)
        return Item(id_of(self.vendor, shown, self.id_key), str(version), changed, changed, shown)

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

    def again_since(self, position: Position, began: datetime) -> datetime | None:  # noqa: ARG002
        return None  # what is read again are pages that others may have moved to

    def known_until(self, newest: datetime, began: datetime) -> datetime:  # noqa: ARG002 - what changes comes last
        return newest

    def rows(self, items: Sequence[Item]) -> Plan[Rows]:
        if not self._wanted.messages:
            return Rows([Row(item.id, item.version, item.shown.to_json()) for item in items])
        plans = (plan_of(self._client.messages.list, item.id, should_include_feedbacks=True) for item in items)
        outcomes: list[Outcome[list[Model]]] = yield from self._client.messages._many(plans, self._wanted.concurrency)
        failures = Failures(skips=self._wanted.skip_unreadable)
        is_lasting = self._client._driver.options.retry.attempts > 1  # once may be any failure
        if any(outcome.error is None for outcome in outcomes):
            failures.succeeded()
        rows = []
        for item, outcome in zip(items, outcomes, strict=True):
            if isinstance(outcome.error, NotFoundError):  # deleted since it was listed
                continue
            if isinstance(outcome.error, UNREADABLE) or (is_lasting and isinstance(outcome.error, ServerError)):
                failures.add(item.id, outcome.error)
                messages = []
            else:
                messages = outcome.unwrap()
            rows.append(Row(item.id, item.version, write({**item.shown.to_dict(), "messages": messages})))
        return Rows(rows, failures.conclude())
