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

#: Requests that are kept for it beside what a run may use.
REQUESTS = 6


def seconds(live: Live) -> float:
    """How long it may take: so long that the rate allows its requests."""
    return 30 + REQUESTS / live.rate


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
    late = journal.unanswered("create_conversation")
    if name is not None and journal.wrote and (late or not journal.removed):
        budget = Budget(REQUESTS, live.rate, seconds(live))
        budget.back_off(1 / live.rate)  # the run's last request may have been sent just now
        guard = Guard(
            run.vendor,
            document,
            target,
            budget,
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
            if late:
                told.append(
                    f"{late} request(s) of create_conversation had no answer; should the server still carry one out, "
                    f"--resume-cleanup --journal {journal.path} removes what it makes."
                )
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
            if not gone.is_success and gone.status_code != 404:  # a user whom no request got to make is none
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
                yield f"Left, for nothing removes it: {made}, made by {name}."
            unnamed = journal.unanswered(name)
            if unnamed:
                yield (
                    f"Perhaps left: {unnamed} request(s) of {name} were sent, and no answer named what they made; "
                    f"where it has a field for a tag, that is {journal.run.tag!r}."
                )
