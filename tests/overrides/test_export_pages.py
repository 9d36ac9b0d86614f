"""Exports page by page: each conversation once, and on from any place."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

import causerie
from causerie.export import ExportPage, pages
from causerie.testing import RaiaMock

from .test_export import BEGIN, conversations, raia_mock
from .test_export_convocore import Inbox, leads

__all__ = ["raia_mock"]


def ids(read: list[ExportPage], key: str = "id") -> list[str]:
    return [row[key] for page in read for row in page.conversations]


def as_json(place: Mapping[str, Any]) -> Any:
    """Return what another process would get of a place."""
    return orjson.loads(orjson.dumps(place))


def test_all(raia_mock: RaiaMock) -> None:
    """Every conversation comes once, with its messages; an async client yields the same."""
    raia_mock.seed(conversations=conversations(7, messages=2))
    read = list(pages(raia_mock.client(), page_size=3))

    async def awaited() -> list[ExportPage]:
        async with raia_mock.async_client() as client:
            return [page async for page in pages(client, page_size=3)]

    assert [f"c{n}" for n in range(7)] == ids(read)
    assert ["c6m0", "c6m1"] == [message["id"] for message in read[-1].conversations[-1]["messages"]]
    assert [False] * (len(read) - 1) + [True] == [page.is_last for page in read]
    assert [page.conversations for page in read] == [page.conversations for page in asyncio.run(awaited())]


@pytest.mark.parametrize("stop", range(1, 6))
def test_on_from_a_place(raia_mock: RaiaMock, stop: int) -> None:
    """Whatever page was the last one that was kept, the place of it leads to the rest."""
    raia_mock.seed(conversations=conversations(9))
    reading = pages(raia_mock.client(), page_size=3, messages=False)
    kept = [page for page, _ in zip(reading, range(stop), strict=False)]
    rest = list(pages(raia_mock.client(), page_size=3, messages=False, after=as_json(kept[-1].place)))

    assert {f"c{n}" for n in range(9)} == {*ids(kept), *ids(rest)}
    assert rest[-1].is_last


@pytest.mark.parametrize("has_cursors", [True, False])
@pytest.mark.parametrize("stop", range(1, 6))
def test_on_from_a_place_of_convocore(has_cursors: bool, stop: int) -> None:
    """A list that is read twice is not read anew in another process: what is old comes once, what has changed again."""
    inbox = Inbox([*reversed(leads(12))], has_cursors=has_cursors)
    options: dict[str, Any] = {"agent_id": "a1", "messages": False, "page_size": 3}
    kept = [page for page, _ in zip(pages(inbox.client, **options), range(stop), strict=False)]
    inbox.rows[1] = {**inbox.rows[1], "lastModified": datetime.now(UTC).timestamp() // 1, "userName": "Grace"}
    rest = list(pages(inbox.client, **options, after=as_json(kept[-1].place)))
    later = list(pages(inbox.client, **options, after=as_json(rest[-1].place)))

    assert sorted(row["ID"] for row in leads(12)) == sorted({*ids(kept, "ID"), *ids(rest, "ID")})
    assert [] == [id_ for id_ in ids(kept, "ID") if id_ in ids(rest, "ID") and id_ != inbox.rows[1]["ID"]]
    assert "Grace" in [row["userName"] for page in [*rest, *later] for row in page.conversations]


def test_what_has_changed_since(raia_mock: RaiaMock) -> None:
    """The place of the last page leads to what has changed since, and to nothing that was deleted or is as it was."""
    raia_mock.seed(conversations=conversations(6))
    *_, last = pages(raia_mock.client(), messages=False)
    raia_mock.seed(conversations=[{**conversations(6)[2], "title": "New", "updatedAt": "2025-01-01T00:00:00.000Z"}])
    *_, after = changed = list(pages(raia_mock.client(), messages=False, after=as_json(last.place)))

    assert {"c4", "c5", "c2"} == {*ids(changed)}  # the latest two have one time, and others could have it, too
    assert ["c2"] == ids(list(pages(raia_mock.client(), messages=False, after=after.place)))


def test_changed_meanwhile(raia_mock: RaiaMock) -> None:
    """What changes after it was read comes with the next reading, though later changes were read before it."""
    raia_mock.seed(conversations=conversations(6))
    read = []
    for page in pages(raia_mock.client(), page_size=2, messages=False):
        read.append(page)
        if len(read) == 1:
            changed = {**conversations(6)[0], "title": "Changed", "updatedAt": "2025-01-01T00:00:00.000Z"}
            new = {"id": "c6", "title": "New", "updatedAt": "2025-01-02T00:00:00.000Z"}
            raia_mock.seed(conversations=[changed, new])
    later = list(pages(raia_mock.client(), messages=False, after=as_json(read[-1].place)))

    assert sorted(f"c{n}" for n in range(7)) == sorted(ids(read))
    assert ["Changed", "New"] == [row["title"] for page in later for row in page.conversations]


def test_since(raia_mock: RaiaMock) -> None:
    """Only what has changed since a time is read."""
    raia_mock.seed(conversations=conversations(6))
    read = list(pages(raia_mock.client(), since=BEGIN + timedelta(seconds=2), messages=False))

    assert ["c4", "c5"] == ids(read)


def test_nothing() -> None:
    """An agent without conversations has one page without any, and its place leads to all that comes."""
    empty = Inbox([])
    options: dict[str, Any] = {"agent_id": "a1", "messages": False}
    *_, last = read = list(pages(empty.client, **options))
    empty.rows = leads(2)

    assert [] == ids(read, "ID")
    assert {"form": 1, "position": None, "since": None} == last.place
    assert ["c000", "c001"] == ids(list(pages(empty.client, **options, after=last.place)), "ID")


def test_without_times() -> None:
    """What has no time is read whenever, and once in a reading although it changes."""
    inbox = Inbox([{"ID": "a"}, {"ID": "b"}])
    options: dict[str, Any] = {"agent_id": "a1", "messages": False, "page_size": 1}
    read = []
    for page in pages(inbox.client, **options):
        read.append(page)
        inbox.rows[0] = {"ID": "a", "userName": f"Ada {len(read)}"}
    later = list(pages(inbox.client, **options, after=read[-1].place))

    assert ["a", "b"] == ids(read, "ID")
    assert ["a", "b"] == ids(later, "ID")


def test_gone_and_unreadable(raia_mock: RaiaMock) -> None:
    """A page says what is missing of it, and not what was missing of those before."""
    raia_mock.seed(conversations=conversations(6, messages=1))
    raia_mock.faults.add("status", path="/external/conversations/c0/messages", status=404, times=None)
    raia_mock.faults.add("status", path="/external/conversations/c1/messages", status=500, times=None)
    client = raia_mock.client(retry=causerie.Retry(attempts=2, wait_initial=0))
    first, *others = pages(client, page_size=4)

    assert (1, ["c1"]) == (first.gone, first.unreadable)
    assert [(0, [])] * len(others) == [(page.gone, page.unreadable) for page in others]
    assert ["c1", "c2", "c3", "c4", "c5"] == ids([first, *others])


PLACE = {"form": 1, "position": None, "since": None}


@pytest.mark.parametrize(
    "after",
    [
        {},
        {**PLACE, "form": 2},
        {**PLACE, "since": "yesterday"},
        {**PLACE, "position": {"cursor": "of another vendor"}},
        {**PLACE, "position": "7"},
        "7",
    ],
    ids=repr,
)
def test_other_places(raia_mock: RaiaMock, after: Any) -> None:
    """What is not a place, or one of another vendor, is refused before anything is sent."""
    with pytest.raises(causerie.ArgumentError, match=r"^after: .* is not the place of a page") as caught:
        pages(raia_mock.client(), after=after)

    assert "after" == caught.value.argument


def test_filters(raia_mock: RaiaMock) -> None:
    """Pages have what the vendor's list chooses, and go on with the same filters alone."""
    raia_mock.seed(users=[{"id": "ada"}], conversations=conversations(5))
    raia_mock.seed(conversations=[{**each, "conversationUserId": "ada"} for each in conversations(3)])
    client = raia_mock.client()
    own: dict[str, Any] = {"filters": {"user_id": "ada"}, "messages": False}
    first, *_ = read = list(pages(client, page_size=2, **own))
    middle, end = as_json(first.place), as_json(read[-1].place)
    dated = [*pages(client, filters={"end_date": BEGIN + timedelta(days=9)}, messages=False)][-1].place

    assert {"c0", "c1", "c2"} == {*ids(read)}
    assert {"c2"} <= {*ids(list(pages(client, page_size=2, after=middle, **own)))} <= {"c0", "c1", "c2"}
    assert {*ids(list(pages(client, after=end, **own)))} <= {"c0", "c1", "c2"}
    for place, filters, sentence in (
        (middle, {}, "filters: what was read before was read with {'user_id': 'ada'}"),
        (end, {"user_id": "bob"}, "filters: what was read before was read with {'user_id': 'ada'}"),
        (PLACE, {"user_id": "ada"}, "filters: what was read before was read with none"),
        (dated, {"end_date": BEGIN + timedelta(days=9)}, "after: going on after the last page would miss rows"),
        (None, {"colour": "red"}, "filters: 'colour' is not a filter: raia"),
    ):
        with pytest.raises(causerie.ArgumentError, match=f"^{sentence}"):
            pages(client, after=place, filters=filters)


def test_arguments(raia_mock: RaiaMock) -> None:
    """What makes no sense is refused by the call, before the first page."""
    client: Any = raia_mock.client()
    sent = raia_mock.requests.total
    options: list[tuple[str, dict[str, Any]]] = [
        ('since: "last" needs an export to a file', {"since": "last"}),
        ("since: after already says where to begin", {"since": BEGIN, "after": PLACE}),
        ("since: .* has no time zone", {"since": BEGIN.replace(tzinfo=None)}),
        ("page_size: 0 is not a number", {"page_size": 0}),
        ("agent_id: leave it out", {"agent_id": "a"}),
    ]
    for sentence, given in options:
        with pytest.raises(causerie.ArgumentError, match=f"^{sentence}"):
            pages(client, **given)
    stranger: Any = causerie.Zild("a token", base_url="http://zild.test")
    with pytest.raises(causerie.ArgumentError, match="give a client of Convocore or raia, not Zild"):
        pages(stranger)

    assert sent == raia_mock.requests.total
