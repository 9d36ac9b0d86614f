"""What an export reads of a vendor: the pages of its conversations, and what a row holds of each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, Protocol

import attrs

from causerie_api.model import Model
from causerie_api.schema import from_unix_time

from .._errors import APIResponseTooLargeError, APIResponseValidationError, APIStatusError, CauserieError
from .._plan import Plan
from ._errors import ExportError
from ._filters import NO_FILTERS
from ._stage import Row

Position = Mapping[str, Any]

UNREADABLE = (APIResponseValidationError, APIResponseTooLargeError)
"""What an answer raises that came, and cannot be read."""

#: So many failures without any success, and the vendor has failed as a whole: no more are asked for.
_HOPELESS = 16
#: So many that are all there are, and the same is true; fewer may be those that cannot be shown.
_ALL = 3


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
    unreadable: Sequence[str] = ()
    """What names those that were left out, for they cannot be told from others."""


class Rows(NamedTuple):
    """What is kept of some conversations."""

    rows: list[Row]
    unreadable: Sequence[str] = ()
    """Ids of those whose messages cannot be read, however often they are asked for: they are kept without."""


@attrs.frozen(kw_only=True)
class Wanted:
    """What is to be read of every agent, and how."""

    page_size: int | None
    """None for the vendor's own."""
    concurrency: int
    messages: bool
    skips: bool
    """Whether to go on past a conversation that cannot be read."""
    filters: Mapping[str, Any] = NO_FILTERS


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
        """Return the page at a position."""
        ...

    def after(self, position: Position, page: Page, *, has_news: bool) -> tuple[Position, bool]:
        """Return where to go on, in this run or in another, and whether this one is at its end.

        ``has_news`` says whether anything on the page was not read before.
        """
        ...

    def again_since(self, position: Position, began: datetime) -> datetime | None:
        """Since when something at a position may have changed that a run which began then has not read.

        None where it may be anything: the run comes there for the first time.
        """
        ...

    def known_until(self, newest: datetime, began: datetime) -> datetime:
        """Up to when every change was read, in a run that began then and read a change of ``newest`` as the latest."""
        ...

    def rows(self, items: Sequence[Item]) -> Plan[Rows]:
        """Return what is kept of them; what has been deleted is left out."""
        ...


def value_of(model: Model, key: str) -> Any:
    """Return the JSON value of a key; None where it is not there."""
    return model[key] if key in model else None  # noqa: SIM401 - a model has no get


def id_of(vendor: str, shown: Model, key: str) -> str:
    """Return the id of a conversation. Raises ``ExportError`` when it has none."""
    value = value_of(shown, key)
    if not isinstance(value, str):
        raise ExportError(f"{vendor} lists a conversation whose {key} is {value!r}: it cannot be told from others")
    return value


def instant(value: Any) -> datetime | None:
    """Return a time in RFC 3339 or a Unix time in either unit as a ``datetime``; None for anything else."""
    try:
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        return from_unix_time(value)  # type: ignore[no-any-return]
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def items_of(shown: Iterable[Model], item: Callable[[Model], Item], *, skips: bool) -> tuple[list[Item], list[str]]:
    """Return the items of a page, and names for those without an id.

    Raises ``ExportError`` for them unless it ``skips``.
    """
    items, unreadable = [], []
    for each in shown:
        try:
            items.append(item(each))
        except ExportError:
            if not skips:
                raise
            # The same one has the same name, however often the page is read.
            unreadable.append(f"no id, {hashlib.blake2b(each.to_json(), digest_size=8).hexdigest()}")
    return items, unreadable


class Failures:
    """Conversations whose messages cannot be read.

    The vendor failed to show them, or with ``skips``, they are not what its document says. A vendor that fails for all
    of them raises.
    """

    def __init__(self, *, skips: bool) -> None:
        self.ids: list[str] = []
        self._skips = skips
        self._has_succeeded = False
        self._last: CauserieError | None = None

    def succeeded(self) -> None:
        """Note that the vendor has shown something."""
        self._has_succeeded = True

    def add(self, id_: str, failure: CauserieError) -> None:
        """Note that the vendor fails for one conversation, each time. Raises a failure that is no conversation's."""
        self.ids.append(id_)
        self._last = failure
        # 500 is what a vendor says that fails itself, the others what stands before one that is away.
        is_its_own = failure.status_code == 500 if isinstance(failure, APIStatusError) else self._skips
        if not is_its_own or (len(self.ids) >= _HOPELESS and not self._has_succeeded):
            raise failure

    def conclude(self) -> Sequence[str]:
        """Return their ids, once all were asked for. Raises the last failure where three or more were all that was."""
        if self._last is not None and len(self.ids) >= _ALL and not self._has_succeeded:
            raise self._last
        return self.ids
