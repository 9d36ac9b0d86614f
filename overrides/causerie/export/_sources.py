"""The source of an export: a vendor's pages of conversations, and the row for each conversation."""

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
"""The errors for an answer that arrived but cannot be read."""

#: So many failures without any success, and the vendor has failed as a whole: no more are asked for.
_HOPELESS = 16
#: So many that are all there are, and the same is true; fewer may be those that cannot be shown.
_ALL = 3


class Item(NamedTuple):
    """A conversation of a list."""

    id: str
    version: str
    """The version, which is different after the conversation has changed."""
    changed: datetime | None
    """When it changed last, if it says so."""
    noted: datetime | None
    """When the vendor recorded its last change. The other time may come from a client whose clock is wrong."""
    shown: Model


class Page(NamedTuple):
    """One page of a list."""

    items: list[Item]
    following: Position | None
    remaining: int | None
    """How many conversations the following pages hold; None if the vendor does not say."""
    unreadable: Sequence[str] = ()
    """Names for the conversations without an id, which were left out."""


class Rows(NamedTuple):
    """The rows of some conversations."""

    rows: list[Row]
    unreadable: Sequence[str] = ()
    """Ids of conversations whose messages could not be read, even after retries: they are stored without messages."""


@attrs.frozen(kw_only=True)
class Wanted:
    """Options for reading that apply to every agent."""

    page_size: int | None = None
    """None for the vendor's default."""
    concurrency: int = 8
    messages: bool = True
    skip_unreadable: bool = False
    filters: Mapping[str, Any] = NO_FILTERS


class Source(Protocol):
    """The conversations of one agent."""

    vendor: str
    id_key: str

    @property
    def model(self) -> type[Model]:
        """The model of a row, without its messages."""
        ...

    @property
    def messages(self) -> type[Model] | None:
        """The model of a row's messages, if it can have some."""
        ...

    def first(self, since: datetime | None) -> Position:
        """Return the position to begin at, to read only what changed since then."""
        ...

    def page(self, position: Position) -> Plan[Page]:
        """Return the page at a position."""
        ...

    def after(self, position: Position, page: Page, *, has_news: bool) -> tuple[Position, bool]:
        """Return the next position, in this run or a later one, and whether this run is at its end.

        ``has_news`` says whether the page had anything that was not read before.
        """
        ...

    def again_since(self, position: Position, began: datetime) -> datetime | None:
        """Return the time since which a position may have changes that a run which began then has not read.

        None if the run has not been at that position yet.
        """
        ...

    def known_until(self, newest: datetime, began: datetime) -> datetime:
        """Return up to when a run that began then, and whose latest change is ``newest``, has read every change."""
        ...

    def rows(self, items: Sequence[Item]) -> Plan[Rows]:
        """Return the rows of some items, without conversations that were deleted meanwhile."""
        ...


def value_of(model: Model, key: str) -> Any:
    """Return the JSON value of a key; None if it is missing."""
    return model[key] if key in model else None  # noqa: SIM401 - a model has no get


def id_of(vendor: str, shown: Model, key: str) -> str:
    """Return the id of a conversation. Raises ``ExportError`` when it has none."""
    value = value_of(shown, key)
    if not isinstance(value, str):
        raise ExportError(
            f"{vendor} lists a conversation whose {key} is {value!r}: it cannot be distinguished from others"
        )
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

    Raises ``ExportError`` for an item without an id unless ``skips`` is set.
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
    """The conversations whose messages cannot be read.

    Either the vendor failed to return them or, with ``skips``, they do not match the document. If the vendor fails for
    all conversations, its error is raised.
    """

    def __init__(self, *, skips: bool) -> None:
        self.ids: list[str] = []
        self._skips = skips
        self._has_succeeded = False
        self._last: CauserieError | None = None

    def succeeded(self) -> None:
        """Record that the vendor has returned something."""
        self._has_succeeded = True

    def add(self, id_: str, failure: CauserieError) -> None:
        """Record that the vendor failed every time for one conversation. Raises failures that concern more than one."""
        self.ids.append(id_)
        self._last = failure
        # 500 is what a vendor says that fails itself, the others what stands before one that is away.
        is_its_own = failure.status_code == 500 if isinstance(failure, APIStatusError) else self._skips
        if not is_its_own or (len(self.ids) >= _HOPELESS and not self._has_succeeded):
            raise failure

    def conclude(self) -> Sequence[str]:
        """Return their ids after the last request.

        Raises the last failure if there were three or more, and no success.
        """
        if self._last is not None and len(self.ids) >= _ALL and not self._has_succeeded:
            raise self._last
        return self.ids
