"""Removes what a live run made, as its journal says: exactly that, and tells what is left."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import httpx

from causerie_contract._budget import Budget, Exhausted
from causerie_contract._documents import operations
from causerie_contract._guard import TIMEOUT, Guard, Refused
from causerie_contract._journal import Journal
from causerie_contract._settings import Live
from causerie_contract._target import Target
from causerie_contract._writes import REMOVALS, WRITES, Own, Removal

#: Requests that are kept for it beside what a run may use, and those for each thing that is removed for itself.
_FEW, _EACH = 10, 2
#: How often each is tried.
_TRIES = 3
#: Pages of a list that are looked through for what has no name in the journal.
_PAGES = 50


def most(vendor: str, live: Live) -> int:
    """How many requests it may take."""
    makers = {removal.made_by for removal in REMOVALS[vendor] if removal.parameter is not None}
    return _FEW + (_EACH * live.budget + _PAGES if makers & set(live.write) else 0)


def seconds(requests: int, live: Live) -> float:
    """How long it may take: so long that the rate allows its requests."""
    return 30 + requests / live.rate


def resume(journal: Journal, document: dict[str, Any], target: Target, live: Live) -> list[str]:
    """Removes what the run of `journal` made; it need not have come to its end. Returns what there is to say."""
    with asyncio.Runner() as runner:
        return runner.run(remove(journal, document, target, live))


async def remove(
    journal: Journal,
    document: dict[str, Any],
    target: Target,
    live: Live,
    inner: httpx.AsyncBaseTransport | None = None,
) -> list[str]:
    """Removes what the run of `journal` made. Returns a sentence for each thing that was removed, or is left."""
    run = journal.run
    told: list[str] = []
    late = {each.made_by: count for each in REMOVALS[run.vendor] if (count := len(journal.unanswered(each.made_by)))}
    if REMOVALS[run.vendor] and journal.wrote and (late or not journal.removed):
        requests = _FEW + _PAGES * bool(late) + _EACH * journal.count
        budget = Budget(requests, live.rate, seconds(requests, live))
        budget.back_off(1 / live.rate)  # the run's last request may have been sent just now
        reading = {name for each in REMOVALS[run.vendor] for name in (each.shown_by, each.found_by) if name}
        guard = Guard(
            run.vendor,
            document,
            target,
            budget,
            allowed=frozenset(reading),
            own=Own(run.tag, run.user, (), journal.ids),
            journal=journal,
            removals=REMOVALS[run.vendor],
            inner=inner,
        )
        paths = {name: target.base_url.rstrip("/") + path for name, (_, path) in operations(document).items()}
        async with httpx.AsyncClient(transport=guard, trust_env=False, timeout=TIMEOUT) as client:
            cleaner = _Cleaner(client, paths, journal)
            trouble = [said for each in REMOVALS[run.vendor] if (said := await cleaner.remove(each))]
        told += cleaner.told
        if trouble:
            told += [
                f"What {run.tag} made is not removed: {each} --resume-cleanup --journal {journal.path} tries again."
                for each in trouble
            ]
        else:
            journal.gone()
            told += [
                f"{count} request(s) of {name} had no answer; should the server still carry one out, "
                f"--resume-cleanup --journal {journal.path} removes what it makes."
                for name, count in late.items()
            ]
    return [target.mask(line) for line in (*told, *_left(journal))]


class _Cleaner:
    """Removes what a journal names. `told` has a sentence for what was removed."""

    def __init__(self, client: httpx.AsyncClient, paths: Mapping[str, str], journal: Journal) -> None:
        self.told: list[str] = []
        self._client = client
        self._paths = paths
        self._journal = journal
        self._trouble = ""

    async def remove(self, removal: Removal) -> str:
        """Removes what was made by one operation. Returns what went wrong, if anything did."""
        self._trouble = "there was no chance to ask."
        try:
            if removal.parameter is None:
                return await self._all(removal)
            if self._journal.unanswered(removal.made_by):
                await self._look_for(removal)
            return await self._each(removal, removal.parameter)
        except (Exhausted, httpx.HTTPError, Refused, ValueError, LookupError, TypeError) as error:
            return f"{self._trouble} {error}"

    async def _all(self, removal: Removal) -> str:
        """Deletes what the run's own user has, until nothing is listed any more."""
        user = self._journal.run.user
        for _ in range(_TRIES):
            gone = await self._client.request(
                "DELETE", self._paths[removal.operation], json={"conversationUserId": user}
            )
            if not gone.is_success and gone.status_code != 404:  # a user whom no request got to make is none
                self._trouble = f"the answer to {removal.operation} was a {gone.status_code}."
                continue
            rest = await self._client.get(self._paths[removal.shown_by], params={"userId": user})
            if all(each["conversationUserId"] != user for each in rest.raise_for_status().json()["data"]):
                made = f"every conversation of the conversation user {user}, whom {self._journal.run.tag} made"
                self.told.append(f"Removed: {made}.")
                return ""
            self._trouble = "the server goes on listing it."
        return self._trouble

    async def _each(self, removal: Removal, parameter: str) -> str:
        """Deletes one after the other, until none of them is shown any more."""
        trouble = ""
        name, user = removal.made_by, self._journal.run.user
        things = [(path, made, f"{made}, made by {name}") for path, made in self._journal.places(name)]
        if parameter == "userId":  # whom a conversation has made, if it has
            things.append(({}, user, f"the conversation user {user}"))
        for path, made, called in things:
            at = {**path, parameter: made}
            for _ in range(_TRIES):
                gone = await self._client.delete(self._url(removal.operation, at))
                if not gone.is_success and gone.status_code != 404:
                    self._trouble = f"the answer to {removal.operation} was a {gone.status_code}."
                    continue
                rest = await self._client.get(self._url(removal.shown_by, at))
                if rest.status_code == 404:
                    self.told += [f"Removed: {called}."] if gone.is_success else []
                    break
                self._trouble = "the server goes on showing it."
            else:
                trouble = self._trouble
        return trouble

    async def _look_for(self, removal: Removal) -> None:
        """Notes in the journal what requests without an answer have made: it bears what the run alone has."""
        for path in self._journal.unanswered(removal.made_by):
            found = await (self._own_user() if removal.found_by == "find_user" else self._tagged(removal, path))
            new = [each for each in found if each not in self._journal.ids(removal.made_by)]
            if new:
                self._journal.made(self._journal.intend(removal.made_by, path), new)

    async def _own_user(self) -> list[str]:
        answer = await self._client.get(self._paths["find_user"], params={"fkId": self._journal.run.user})
        return [] if answer.status_code == 404 else [answer.raise_for_status().json()["user"]["id"]]

    async def _tagged(self, removal: Removal, path: Mapping[str, str]) -> list[str]:
        """The conversations that bear the run's tag."""
        url, found = self._url(str(removal.found_by), path), list[str]()
        query: dict[str, str] = {}
        for page in range(2, _PAGES + 2):
            answer = (await self._client.get(url, params=query)).raise_for_status().json()
            found += [each["ID"] for each in answer["data"] if each.get("userName") == self._journal.run.tag]
            if not answer["data"] or answer.get("hasMore") is False:
                break
            query = {"cursor": answer["nextCursor"]} if answer.get("nextCursor") else {"page": str(page)}
        return found

    def _url(self, operation: str, path: Mapping[str, str]) -> str:
        return self._paths[operation].format_map({name: quote(value, safe="") for name, value in path.items()})


def _left(journal: Journal) -> Iterator[str]:
    """What no operation of the document removes."""
    for name, write in WRITES[journal.run.vendor].items():
        if write.stays:
            for made in journal.ids(name):
                yield f"Left, for nothing removes it: {made}, made by {name}."
            unnamed = len(journal.unanswered(name))
            if unnamed:
                yield (
                    f"Perhaps left: {unnamed} request(s) of {name} were sent, and no answer named what they made; "
                    f"where it has a field for a tag, that is {journal.run.tag!r}."
                )
