"""Lists that come in pages.

A page says whether another follows: by the vendor's word for it or by the totals, not by how many items it has, for an
empty page may stand in the middle. Only a list without such a word goes on until pages bring nothing new.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from causerie_api.model import Model

if TYPE_CHECKING:
    from ._drivers import Awaiting, Blocking
    from ._plan import Plan

T = TypeVar("T")


@attrs.frozen
class Listed(Generic[T]):
    """One page as its plan returns it."""

    data: list[T]
    answer: Model
    following: Callable[[], Plan[Listed[T]]] | None


@attrs.frozen(repr=False)
class _AnyPage(Generic[T]):
    data: list[T]
    """The items of this page."""
    answer: Model
    """The whole answer, with the vendor's totals."""
    _following: Callable[[], Plan[Listed[T]]] | None

    @property
    def has_next(self) -> bool:
        """Whether another page follows."""
        return self._following is not None

    def __repr__(self) -> str:
        return f"{type(self).__name__}(data={self.data!r}, has_next={self.has_next})"


@attrs.frozen(repr=False)
class Page(_AnyPage[T]):
    """One page of a list. Iterating goes on through every page that follows, fetching each when it is needed."""

    _driver: Blocking

    @classmethod
    def of(cls, listed: Listed[T], driver: Blocking) -> Page[T]:
        return cls(listed.data, listed.answer, listed.following, driver)

    def next(self) -> Page[T] | None:
        """The next page; None when this is the last."""
        return None if self._following is None else Page.of(self._driver.run(self._following()), self._driver)

    def pages(self) -> Iterator[Page[T]]:
        """This page and every one that follows."""
        page: Page[T] | None = self
        while page is not None:
            yield page
            page = page.next()

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.data


class _AsyncItems(ABC, Generic[T]):
    __slots__ = ()

    @abstractmethod
    def pages(self) -> AsyncIterator[AsyncPage[T]]: ...

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.data:
                yield item


@attrs.frozen(repr=False)
class AsyncPage(_AnyPage[T], _AsyncItems[T]):
    """``Page``, for asyncio."""

    _driver: Awaiting

    @classmethod
    def of(cls, listed: Listed[T], driver: Awaiting) -> AsyncPage[T]:
        return cls(listed.data, listed.answer, listed.following, driver)

    async def next(self) -> AsyncPage[T] | None:
        """The next page; None when this is the last."""
        return (
            None if self._following is None else AsyncPage.of(await self._driver.run(self._following()), self._driver)
        )

    async def pages(self) -> AsyncIterator[AsyncPage[T]]:
        """This page and every one that follows."""
        page: AsyncPage[T] | None = self
        while page is not None:
            yield page
            page = await page.next()


class AsyncListing(_AsyncItems[T]):
    """A list that is not asked for yet: ``await`` it for its first page, or ``async for`` every item of every page."""

    def __init__(self, plan: Callable[[], Plan[Listed[T]]], driver: Awaiting) -> None:
        self._plan = plan
        self._driver = driver

    async def _first(self) -> AsyncPage[T]:
        return AsyncPage.of(await self._driver.run(self._plan()), self._driver)

    def __await__(self) -> Generator[Any, Any, AsyncPage[T]]:
        return self._first().__await__()

    async def pages(self) -> AsyncIterator[AsyncPage[T]]:
        """Every page, from the first on."""
        async for page in (await self._first()).pages():
            yield page
