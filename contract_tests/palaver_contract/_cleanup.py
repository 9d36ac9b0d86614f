"""Removes what a live run made, as its journal says: exactly that, and tells what is left."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx

from palaver_contract._budget import Budget, Exhausted
from palaver_contract._documents import operations
from palaver_contract._guard import TIMEOUT, Guard, Refused
from palaver_contract._journal import Journal
from palaver_contract._settings import Live
from palaver_contract._target import Target
from palaver_contract._writes import REMOVAL, WRITES, Own

#: Kept for it beside what a run may use.
REQUESTS = 6
SECONDS = 30.0


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
    name = REMOVAL.get(run.vendor)
    told: list[str] = []
    if name is not None and journal.wrote and not journal.removed:
        guard = Guard(
            run.vendor,
            document,
            target,
            Budget(REQUESTS, live.rate, SECONDS),
            allowed=frozenset({"list_conversations"}),
            own=Own(run.tag, run.user, ()),
            journal=journal,
            removal=name,
            inner=inner,
        )
        async with httpx.AsyncClient(transport=guard, trust_env=False, timeout=TIMEOUT) as client:
            trouble = await _remove(client, target, document, run.user, name)
        if trouble:
            told.append(
                f"What {run.tag} made is not removed: {trouble} --resume-cleanup --journal {journal.path} tries again."
            )
        else:
            journal.gone()
            told.append(f"Removed: every conversation of the conversation user {run.user}, whom {run.tag} made.")
    return [target.mask(line) for line in (*told, *_left(journal))]


async def _remove(
    client: httpx.AsyncClient, target: Target, document: dict[str, Any], user: str, operation: str
) -> str:
    """Deletes until nothing is listed any more. Returns what went wrong, if anything did."""
    paths = {name: target.base_url.rstrip("/") + path for name, (_, path) in operations(document).items()}
    trouble = "there was no chance to ask."
    try:
        while True:
            gone = await client.request("DELETE", paths[operation], json={"conversationUserId": user})
            if not gone.is_success:
                trouble = f"the answer to {operation} was a {gone.status_code}."
            else:
                rest = await client.get(paths["list_conversations"], params={"userId": user})
                if all(each["conversationUserId"] != user for each in rest.raise_for_status().json()["data"]):
                    return ""
                trouble = "the server goes on listing it."
    except (Exhausted, httpx.HTTPError, Refused, ValueError, LookupError, TypeError) as error:
        return f"{trouble} {error}"


def _left(journal: Journal) -> Iterator[str]:
    """What no operation of the document removes."""
    for name, write in WRITES[journal.run.vendor].items():
        if write.stays:
            for made in journal.ids(name):
                yield f"Left, for nothing removes it: {made}, made by {name} and tagged {journal.run.tag!r}."
            if journal.unanswered(name):
                yield (
                    f"Perhaps left: {journal.unanswered(name)} request(s) of {name} were sent, and no answer was seen; "
                    f"look for {journal.run.tag!r}."
                )
