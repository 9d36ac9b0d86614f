"""Paged lists.

Whether another page follows is read from the vendor's own field for that or from the totals, never from the number of
items, because an empty page may come in the middle of a list. In any case, pages that only repeat earlier ones end the
list, and a hundred empty pages in a row are an error.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Generic

import attrs

from causerie_api.annotations import evaluable

from ._errors import APIResponseValidationError
from ._response import Response

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    from ._drivers import Awaiting, Blocking
    from ._plan import Plan

    T = TypeVar("T")
    A = TypeVar("A", default=Any)
else:
    from typing import TypeVar

    T = TypeVar("T")
    A = TypeVar("A")


_EMPTY_MAX: Final = 100


@attrs.frozen
class Listed(Generic[T, A]):
    """One page as its plan returns it."""

    data: list[T]
    answer: A
    following: Callable[[], Plan[Listed[T, A]]] | None
    name: Callable[[Any], object] = lambda _: None
    """Returns an item's id, to recognize repeated items. Items whose id is not a string are compared as a whole."""
    is_sure: bool = True
    """Whether the vendor says where the next page is, and not only that there is one."""
    response: Response | None = None
    """The response that the page was read from."""


@attrs.frozen
class _Seen:
    """What is remembered of the earlier pages, to notice a list that goes round in a circle.

    Two pages are remembered, however long the list is: the last one that had items, and an older one, which is replaced
    at page 1, 2, 4, 8 and so on (Brent's algorithm).
    """

    number: int = 1
    last: frozenset[object] = frozenset()
    older: frozenset[object] = frozenset()
    was_idle: bool = False
    repeats: int = 0
    empty: int = 0


def without_repeats(plan: Plan[Listed[T, A]], seen: _Seen | None = None) -> Plan[Listed[T, A]]:
    """Return the page, or an empty one if it repeats an earlier page.

    There is no next page once the list goes round in a circle. Raises ``APIResponseValidationError`` when too many
    empty pages in a row say that more follows.

    One repeated page does not end the list: new items may have pushed the same items to the next page. Two do.
    """
    listed = yield from plan
    seen = seen or _Seen()
    names = frozenset(_name(listed, item) for item in listed.data)
    is_repeated = bool(names) and names <= seen.last
    is_older = bool(names) and not is_repeated and names <= seen.older
    is_idle = is_repeated or not (names or listed.is_sure)
    is_new = bool(names) and not (is_repeated or is_older)
    repeats, empty = seen.repeats + is_older, 0 if names else seen.empty + 1
    following = None
    if listed.following is not None and not (is_idle and seen.was_idle) and repeats < 2:
        check_empty(listed.response, empty)
        last = seen.last if is_idle or not names else names
        is_milestone = is_new and seen.number & (seen.number - 1) == 0
        older, repeats = (names, 0) if is_milestone else (seen.older, repeats)
        following = partial(_following, listed.following, _Seen(seen.number + 1, last, older, is_idle, repeats, empty))
    return attrs.evolve(listed, data=[] if is_repeated or is_older else listed.data, following=following)


def _following(fetch: Callable[[], Plan[Listed[T, A]]], seen: _Seen) -> Plan[Listed[T, A]]:
    return without_repeats(fetch(), seen)


def _name(listed: Listed[Any, Any], item: Any) -> object:
    name = listed.name(item)
    return name if isinstance(name, str) else item.to_json()


def check_empty(response: Response | None, empty: int) -> None:
    """Raise ``APIResponseValidationError`` if ``empty``, the number of empty pages in a row, is too high.

    Going on might never end, and stopping silently would make a part of the list look like the whole.
    """
    if response is not None and empty >= _EMPTY_MAX:
        problem = f"says that more follows, and so did the {empty - 1} pages before it, without a single item"
        raise APIResponseValidationError(response, problem)


class _Items(Generic[T, A]):
    __slots__ = ()

    def __class_getitem__(cls, kinds: Any) -> Any:
        # The second parameter has a default. TypeVar supports that only from Python 3.13 on.
        return super().__class_getitem__(kinds if isinstance(kinds, tuple) else (kinds, Any))  # type: ignore[misc]


@evaluable
@attrs.frozen(repr=False)
class _AnyPage(_Items[T, A]):
    data: list[T]
    """The items of this page."""
    answer: A
    """The whole answer, with the vendor's totals."""
    _following: Callable[[], Plan[Listed[T, A]]] | None

    @property
    def has_next(self) -> bool:
        """Whether another page follows."""
        return self._following is not None

    def __repr__(self) -> str:
        return f"{type(self).__name__}(data={self.data!r}, has_next={self.has_next})"


@evaluable
@attrs.frozen(repr=False)
class Page(_AnyPage[T, A]):
    """One page of a list. Iterating over it yields its items and those of all following pages, fetched as needed."""

    _driver: Blocking

    @classmethod
    def of(cls, listed: Listed[T, A], driver: Blocking) -> Page[T, A]:
        return cls(listed.data, listed.answer, listed.following, driver)

    def next(self) -> Page[T, A] | None:
        """Return the next page; None when this is the last."""
        return None if self._following is None else Page.of(self._driver.run(self._following()), self._driver)

    def pages(self) -> Iterator[Page[T, A]]:
        """Yield this page and every one that follows."""
        page: Page[T, A] | None = self
        while page is not None:
            yield page
            page = page.next()

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.data


class _AsyncItems(ABC, _Items[T, A]):
    __slots__ = ()

    @abstractmethod
    def pages(self) -> AsyncIterator[AsyncPage[T, A]]: ...

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.data:
                yield item


@evaluable
@attrs.frozen(repr=False)
class AsyncPage(_AnyPage[T, A], _AsyncItems[T, A]):
    """``Page``, for asyncio."""

    _driver: Awaiting

    @classmethod
    def of(cls, listed: Listed[T, A], driver: Awaiting) -> AsyncPage[T, A]:
        return cls(listed.data, listed.answer, listed.following, driver)

    async def next(self) -> AsyncPage[T, A] | None:
        """Return the next page; None when this is the last."""
        return (
            None if self._following is None else AsyncPage.of(await self._driver.run(self._following()), self._driver)
        )

    async def pages(self) -> AsyncIterator[AsyncPage[T, A]]:
        """Yield this page and every one that follows."""
        page: AsyncPage[T, A] | None = self
        while page is not None:
            yield page
            page = await page.next()


@evaluable
class AsyncListing(_AsyncItems[T, A]):
    """A list that is not fetched yet. ``await`` it for the first page, or use ``async for`` to get all items."""

    def __init__(self, plan: Callable[[], Plan[Listed[T, A]]], driver: Awaiting) -> None:
        self._plan = plan
        self._driver = driver

    async def _first(self) -> AsyncPage[T, A]:
        return AsyncPage.of(await self._driver.run(self._plan()), self._driver)

    def __await__(self) -> Generator[Any, Any, AsyncPage[T, A]]:
        return self._first().__await__()

    async def pages(self) -> AsyncIterator[AsyncPage[T, A]]:
        """Yield every page, from the first on."""
        async for page in (await self._first()).pages():
            yield page
