"""Removes exactly what a live run created, according to its journal, and reports what is left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import Any

import attrs
import httpx

from causerie_spec.documents import operations
from causerie_spec.pointer import Pointer, look

from ._budget import Budget, Exhausted
from ._guard import TIMEOUT, Guard, Refused
from ._journal import Journal
from ._limits import Limits, page_size
from ._removals import Listing, Removal
from ._segment import segment
from ._settings import Live
from ._target import Target
from ._text import decode
from ._vendor import vendor_of
from ._writes import Own, ids

#: How often each thing is removed, and its list looked through.
_TRIES = 3
#: Turns that pass before a list is looked through again: it may have been made some time ago.
_PAUSE = 10
#: Pages of a list that are looked through at most.
_PAGES = 50
#: Seconds beside those that the rate takes.
_SPARE = 30.0


def most(removals: Iterable[Removal], things: int) -> int:
    """Return how many requests `removals` may take, when each of them removes so many `things`."""
    return sum(
        _TRIES * (things if each.parameter and not each.brought else 1) + (2 * _PAGES if each.listing.page else _TRIES)
        for each in removals
    )


def seconds(requests: int, limits: Limits, before: int) -> float:
    """Return how many seconds `limits` need for these requests, when `before` others are sent just before them."""
    return _SPARE + _TRIES * _PAUSE / limits.rate + limits.seconds(requests, before)


@attrs.frozen
class Cleaned:
    """The result of a clean-up: a sentence for each created item, and whether any is, or may be, left."""

    told: list[str]
    left: bool

    @property
    def verdict(self) -> str:
        """Whether the work is done, in a sentence."""
        return "Something is left." if self.left else "Nothing more is to be removed."


def resume(journal: Journal, document: dict[str, Any], target: Target, live: Live) -> Cleaned:
    """Remove what the run of `journal` created, even if that run was interrupted."""
    budget = Budget(0, Limits.of(document, live), 0)
    budget.pause(1)  # the run's last request may have been sent just now
    with asyncio.Runner() as runner:
        return runner.run(remove(journal, document, target, live, budget))


async def remove(
    journal: Journal,
    document: dict[str, Any],
    target: Target,
    live: Live,
    budget: Budget,
    *,
    inner: httpx.AsyncBaseTransport | None = None,
) -> Cleaned:
    """Remove what the run of `journal` created, at the pace of the run's `budget`."""
    run = journal.run
    removals = [each for each in vendor_of(run.vendor).removals if journal.paths(each.made_by)]
    late = {each.made_by: count for each in removals if (count := len(journal.unanswered(each.made_by)))}
    told, left = list[str](), list[str]()
    if removals and (late or not journal.removed):
        requests = most(removals, journal.count + sum(late.values()))
        budget = budget.renew(requests, seconds(requests, budget.limits, live.budget))
        own = Own(run.tag, run.user, (), journal.places)
        guard = Guard(
            run.vendor,
            document,
            target,
            budget,
            allowed=frozenset(each.listing.operation for each in removals),
            own=own,
            journal=journal,
            removals=removals,
            inner=inner,
        )
        async with httpx.AsyncClient(transport=guard, trust_env=False, timeout=TIMEOUT) as client:
            cleaner = _Cleaner(client, document, target.base_url, journal, own=own, budget=budget)
            for each in removals:
                for path in journal.paths(each.made_by):
                    await cleaner.remove(each, path)
        told, left = cleaner.told, cleaner.left
        again = f"--resume-cleanup --journal {journal.path}"
        if left:
            word = "Left, as --leave allows" if live.leave else "Not shown to be removed"
            told += [f"{word}: {each}" for each in left]
            told.append(
                f"{len(left)} of what {run.tag} made: {journal.path} names them; {again} tries again. What the vendor "
                "does not remove so has to be removed by hand."
            )
        else:
            journal.gone()
            told += [
                f"{count} request(s) of {name} had no answer; should the server still carry one out, {again} removes "
                "what it makes."
                for name, count in late.items()
            ]
    return Cleaned([target.mask(line) for line in (*told, *_staying(journal))], bool(left))


class _Cleaner:
    """Removes what a journal names. `told` says what is gone; `left` says what is not gone, or not shown to be."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        document: dict[str, Any],
        base_url: str,
        journal: Journal,
        *,
        own: Own,
        budget: Budget,
    ) -> None:
        self.told: list[str] = []
        self.left: list[str] = []
        self._client = client
        self._document = document
        self._paths = {name: base_url.rstrip("/") + path for name, (_, path) in operations(document).items()}
        self._journal = journal
        self._own = own
        self._budget = budget
        #: What the server, or what stood between, had to say, by the id of a thing.
        self._said: dict[str, str] = {}

    async def remove(self, removal: Removal, path: Mapping[str, str]) -> None:
        """Remove what requests with `path` created, and check the list until it has none of it."""
        self._said.clear()
        listed: set[str] | None = None
        why = "there was no chance to ask"
        try:
            for number in range(_TRIES):
                if number:
                    self._budget.pause(_PAUSE)
                for thing in self._things(removal, path):
                    await self._delete(removal, path, thing)
                try:
                    listed = await self._look(removal, path)
                except _Unseen as error:
                    listed, why = None, str(error)
                    continue
                if not listed:
                    break
        except Exhausted as error:
            listed, why = None, str(error)
        self._judge(removal, path, listed, why)

    def _things(self, removal: Removal, path: Mapping[str, str]) -> list[str]:
        """Return the ids to remove one by one, or the run's own user, whose things are removed as a whole."""
        if removal.brought or removal.parameter is None:
            return [self._own.user]
        return self._known(removal, path)

    def _known(self, removal: Removal, path: Mapping[str, str]) -> list[str]:
        """Return the ids of what requests with `path` created."""
        return list(dict.fromkeys(made for at, made in self._own.places(removal.made_by) if at == path))

    async def _delete(self, removal: Removal, path: Mapping[str, str], thing: str) -> None:
        whole = removal.parameter is None
        at = path if removal.parameter is None else {**path, removal.parameter: thing}
        try:
            url = self._url(removal.operation, at)
            answer = await self._client.request("DELETE", url, json={removal.field: thing} if whole else None)
        except (httpx.HTTPError, Refused, ValueError, LookupError) as error:
            self._said[thing] = str(error) or type(error).__name__
            return
        self._said[thing] = f"the answer to {removal.operation} was a {answer.status_code}"
        if answer.is_success and not self._journal.has_deleted(removal.operation, thing):
            self._journal.deleted(removal.operation, thing)

    async def _look(self, removal: Removal, path: Mapping[str, str]) -> set[str]:
        """Return the ids in the list that the run made; the journal notes those that came without an answer.

        Raises `_Unseen` when what is not in the list may yet be there.
        """
        found = set[str]()
        known = {self._own.user} if removal.brought else set(self._known(removal, path))
        where = {**path, removal.parameter: self._own.user} if removal.brought and removal.parameter else path
        try:
            async for item in self._items(removal.listing, where):
                found |= self._ours(removal.listing, item, known)
        except (httpx.HTTPError, Refused, ValueError, LookupError, TypeError) as error:
            raise _Unseen(f"{removal.listing.operation}: {error or type(error).__name__}") from None
        new = sorted(found - known)
        if new:
            self._journal.made(self._journal.intend(removal.made_by, path), new)
        return found

    def _ours(self, listing: Listing, item: Any, known: set[str]) -> set[str]:
        """Return an item's id when it is known or the item has the run's own mark. Raises `_Unseen` without an id."""
        place, mark = listing.mark
        named = set(ids(item, listing.id))
        if _at(item, place) != mark(self._own):
            return named & known
        if not named:
            raise _Unseen(f"{listing.operation} has something of the run's without an id")
        return named

    async def _items(self, listing: Listing, path: Mapping[str, str]) -> AsyncIterator[Any]:
        """Yield the items of a list, page by page. Raises `Exhausted` if it has no end, `_Unseen` if it is no list."""
        url = self._url(listing.operation, path)
        query = {name: value(self._own) for name, value in listing.query.items()}
        size = page_size(self._document, listing.operation)
        if listing.size and size:
            query[listing.size] = str(size)
        going = dict[str, str]()
        for page in range(2, _PAGES + 2):
            answer = await self._client.get(url, params={**query, **going})
            if listing.page is None and answer.status_code == 404:
                return
            if not answer.is_success:
                raise _Unseen(f"the answer to {listing.operation} was a {answer.status_code}")
            content = decode(answer.content)
            if _at(content, listing.stale) is True:
                raise _Unseen(f"{listing.operation} answers what it had answered before")
            items = look(content, listing.items)
            for item in items if isinstance(items, list) else [items]:
                yield item
            more = _at(content, listing.more)
            if listing.page is None or more is False or (more is not True and not items):
                return
            name, place = listing.cursor or ("", ())
            cursor = _at(content, place)
            going = {name: cursor} if isinstance(cursor, str) and cursor else {listing.page: str(page)}
        raise Exhausted(f"{listing.operation} has more than the {_PAGES} pages that are looked through")

    def _judge(self, removal: Removal, path: Mapping[str, str], listed: set[str] | None, why: str) -> None:
        """Say of each thing whether it is gone, and where to look for it when that is not shown."""
        maker, listing = removal.made_by, removal.listing
        place, mark = listing.mark
        at = "".join(f", {name} {value}" for name, value in path.items())
        where = f"{listing.operation}{at}, {place[-1]} {mark(self._own)!r}"
        for thing in self._things(removal, path):
            called = _called(removal, thing)
            said = f"; {self._said[thing]}" if thing in self._said else ""
            deleted = self._journal.has_deleted(removal.operation, thing)
            if listed is None:
                self.left.append(f"{called}: {why}{said}. Look for it by {where}.")
            elif thing in listed or (listed and removal.parameter is None):
                self.left.append(f"{called}: it is listed{said}. Look for it by {where}.")
            elif deleted or not listing.leaves_out:
                self.told.append(f"Removed: {called}.")
            elif not removal.brought:
                self.left.append(f"{called}: it is not listed, but neither is {listing.leaves_out}{said}.")
        if listed is None and not self._things(removal, path):
            self.left.append(f"what requests of {maker} made that no answer named: {why}. Look for it by {where}.")

    def _url(self, operation: str, path: Mapping[str, str]) -> str:
        """Raise `ValueError` when a value of `path` would lead to something else."""
        return self._paths[operation].format_map({name: segment(value) for name, value in path.items()})


class _Unseen(Exception):
    """A list does not show whether something is there; the message says why."""


def _called(removal: Removal, thing: str) -> str:
    if removal.brought:
        return f"the conversation user {thing}"
    if removal.parameter is None:
        return f"every conversation of the conversation user {thing}"
    return f"{thing}, made by {removal.made_by}"


def _at(value: Any, place: Pointer) -> Any:
    """Return the value at `place`, or None if there is no value or no place."""
    try:
        return look(value, place) if place else None
    except (LookupError, TypeError, ValueError):
        return None


def _staying(journal: Journal) -> Iterator[str]:
    """Yield sentences about what no operation of the document removes."""
    for name, write in vendor_of(journal.run.vendor).writes.items():
        if write.stays:
            for made in journal.ids(name):
                yield f"Left, for nothing removes it: {made}, made by {name}."
            unnamed = len(journal.unanswered(name))
            if unnamed:
                yield (
                    f"Perhaps left: {unnamed} request(s) of {name} were sent, and no answer named what they made; "
                    f"where it has a field for a tag, that is {journal.run.tag!r}."
                )
