"""Convocore's lists by either way of paging, its exports, and what is refused before anything is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import causerie
from causerie.testing import ConvocoreMock

from .conftest import ASYNC, SYNC, Caller, Vendor, json

DONE = {"success": True, "message": "done"}
IDS = st.lists(st.lists(st.uuids().map(str), max_size=3), min_size=1, max_size=6)


def page(ids: list[str], **more: Any) -> dict[str, Any]:
    return {**DONE, "data": [{"ID": each} for each in ids], **more}


def by_cursor(pages: list[list[str]]) -> Callable[[httpx.Request], httpx.Response]:
    """Make a Convocore that has these pages, and asks for a cursor beyond the first."""

    def answer(request: httpx.Request) -> httpx.Response:
        asked = request.url.params
        if int(asked.get("page", 1)) > 1 and "cursor" not in asked:
            return httpx.Response(400, json={"message": "cursor", "code": "BAD_REQUEST"})
        number = int(asked.get("cursor", 0))
        more = number + 1 < len(pages)
        following = {"hasMore": more, "nextCursor": str(number + 1) if more else None}
        return httpx.Response(200, json=page(pages[number], **following))

    return answer


def by_page(pages: list[list[str]], **more: Any) -> Callable[[httpx.Request], httpx.Response]:
    """Make a Convocore that has these pages, and knows no cursor."""

    def answer(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params["page"])
        assert "cursor" not in request.url.params
        return httpx.Response(200, json=page(pages[number - 1] if number <= len(pages) else [], **more))

    return answer


def collect(client: Any, **arguments: Any) -> Any:
    """Collect the ids of every page, with either client."""
    listing = client.conversations.list("a1", **arguments)
    if isinstance(client, causerie.Convocore):
        return [conversation.id for conversation in listing]

    async def collected() -> list[str]:
        return [conversation.id async for conversation in listing]

    return collected()


@settings(max_examples=40)
@given(ids=IDS)
@pytest.mark.parametrize("clients", [SYNC, ASYNC], ids=["sync", "async"])
def test_cursors(clients: dict[str, Any], ids: list[list[str]]) -> None:
    """Every conversation of every page comes once and in order, also past an empty page, with no request too many."""
    found, requests = Caller(clients)("convocore", collect, by_cursor(ids))

    assert [each for page in ids for each in page] == found
    assert ["page=1", *(f"cursor={number}" for number in range(1, len(ids)))] == [
        request.url.query.decode() for request in requests
    ]


@settings(max_examples=40)
@given(
    ids=IDS.map(lambda pages: [page for page in pages if page]),
    more=st.sampled_from([{}, {"hasMore": True}, {"hasMore": True, "nextCursor": ""}]),
)
@pytest.mark.parametrize("clients", [SYNC, ASYNC], ids=["sync", "async"])
def test_pages(clients: dict[str, Any], ids: list[list[str]], more: dict[str, Any]) -> None:
    """Every conversation comes once and in order, until a page is empty; an empty cursor does not count as one."""
    found, requests = Caller(clients)("convocore", collect, by_page(ids, **more))

    assert [each for page in ids for each in page] == found
    assert [f"page={number + 1}" for number in range(len(ids) + (2 if more else 1))] == [
        request.url.query.decode() for request in requests
    ]


def test_an_empty_page_in_the_middle(caller: Caller) -> None:
    """An empty page is not the end when the server says that there is more."""
    pages = [["a"], [], ["b"]]

    def answer(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params["page"])
        return httpx.Response(200, json=page(pages[number - 1], hasMore=number < 3))

    found, _ = caller("convocore", collect, answer)

    assert ["a", "b"] == found


def test_a_list_that_grows(caller: Caller) -> None:
    """A page that new conversations have pushed behind itself is not there twice, and is not the end."""
    pages = [["a", "b"], ["a", "b"], ["c", "d"], ["e"]]
    found, requests = caller("convocore", collect, by_page(pages))

    assert ["a", "b", "c", "d", "e"] == found
    assert 5 == len(requests)


def test_a_page_repeated_in_parts(caller: Caller) -> None:
    """A repeated page is recognised by the last page that brought something."""
    found, requests = caller("convocore", collect, by_page([["a", "b"], ["b"], ["a"], ["c"]]))

    assert ["a", "b"] == found
    assert 3 == len(requests)


def test_more_without_a_cursor(caller: Caller) -> None:
    """What follows a page by cursor cannot be had without one: that is an error, and not passed off as the end."""
    begin = page(["a"], hasMore=True, nextCursor="x")
    answers = {None: begin, "x": page(["b"], hasMore=True, nextCursor=None)}

    with pytest.raises(causerie.APIResponseValidationError, match="no cursor, although there is more"):
        caller(
            "convocore", collect, lambda request: httpx.Response(200, json=answers[request.url.params.get("cursor")])
        )


@pytest.mark.parametrize(
    "more",
    [
        {"hasMore": False},
        {"hasMore": False, "nextCursor": "x"},
        {"nextCursor": None},
        {"hasMore": None, "nextCursor": ""},
    ],
)
def test_the_last_page(more: dict[str, Any], caller: Caller) -> None:
    """A server that speaks cursors and names none is not asked for a page by its number, which it would refuse."""
    listed, requests = caller("convocore", lambda client: client.conversations.list("a1"), json(page(["c1"], **more)))

    assert not listed.has_next
    assert 1 == len(requests)


def test_a_repeated_cursor(caller: Caller) -> None:
    """Cursors that go round in a circle end the list, even when the pages are empty."""
    circle = {"": ("a", "1"), "1": ("b", "2"), "2": ("", "3"), "3": ("c", "1")}

    def answer(request: httpx.Request) -> httpx.Response:
        shown, following = circle[request.url.params.get("cursor", "")]
        return httpx.Response(200, json=page(list(shown), nextCursor=following))

    found, requests = caller("convocore", collect, answer)
    begun, _ = caller("convocore", lambda client: collect(client, cursor="1"), answer)

    assert ["a", "b", "c"] == found
    assert ["b", "c"] == begun
    assert 4 == len(requests)


@pytest.mark.parametrize("more", [{}, {"hasMore": True}, {"hasMore": True, "nextCursor": "x"}])
def test_a_repeated_page(more: dict[str, Any], caller: Caller) -> None:
    """Listing stops at a server that always answers with the same page, and shows the page's items once."""
    found, requests = caller("convocore", collect, json(page(["c1", "c2"], **more)))

    assert ["c1", "c2"] == found
    assert (2 if "nextCursor" in more else 3) == len(requests)


def test_cursors_of_fresh_names_over_one_page(caller: Caller) -> None:
    """So it does where every answer names another cursor; a cursor that is a number travels as text."""
    numbers = iter(range(5, 99))

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=page(["c1"], nextCursor=next(numbers)))

    found, requests = caller("convocore", collect, answer)

    assert ["c1"] == found
    assert ["page=1", "cursor=5", "cursor=6"] == [request.url.query.decode() for request in requests]


def test_a_page_without_ids(caller: Caller) -> None:
    """Rows without a usable id do no harm."""
    found, _ = caller("convocore", collect, json({**DONE, "data": [{"ID": []}, {"ID": {}}], "hasMore": False}))

    assert [[], {}] == found


def test_a_page_can_be_gone_on_from_again() -> None:
    """A page can be gone on from twice, and the same pages follow."""
    with causerie.Convocore("k", transport=Vendor(by_cursor([["a"], ["b"], ["c"]]))) as convocore:
        first = convocore.conversations.list("a1")
        twice = [[each.id for each in first] for _ in range(2)]

    assert [["a", "b", "c"]] * 2 == twice


def test_the_middle_of_a_list(caller: Caller) -> None:
    """A list can begin with a later page or at a cursor, and has its limit on every page."""
    pages = [["a"], ["b"], ["c"]]
    by_number, _ = caller("convocore", lambda client: collect(client, page=2), by_page(pages))
    found, requests = caller("convocore", lambda client: collect(client, cursor="1", limit=1), by_cursor(pages))

    assert ["b", "c"] == by_number == found
    assert ["limit=1&cursor=1", "limit=1&cursor=2"] == [request.url.query.decode() for request in requests]


@pytest.mark.parametrize("paging", ["cursor", "page"])
def test_a_list_of_the_mock(paging: str) -> None:
    """Both ways of the mock to page give everything that is there."""
    with ConvocoreMock(check=True, paging=paging) as mock:
        convocore = mock.client()
        made = [convocore.conversations.create("agent123", ts=number).id for number in range(45)]
        listed = [conversation.id for conversation in convocore.conversations.list("agent123")]
        for each in made:
            convocore.conversations.replace_messages("agent123", each, [("human", "Hello")])
        exported = [row.metadata.convo.id for row in convocore.conversations.export("agent123")]

    assert ["agent123_convo456", "k3v9q7x2m5t8w1z", *reversed(made)] == listed
    assert ["k3v9q7x2m5t8w1z", *reversed(made)] == exported


@pytest.mark.parametrize("body", [{**DONE, "success": False}, DONE, {**DONE, "data": None}, {**DONE, "data": "c1"}])
def test_a_list_that_is_none(body: dict[str, Any], caller: Caller) -> None:
    """An answer that says failure, or holds no list, is not passed off as an empty page."""
    for call in (collect, lambda client: client.conversations.export("a1")):
        with pytest.raises(causerie.APIResponseValidationError):
            caller("convocore", call, json(body))


@pytest.mark.parametrize("limit", [None, 4, 5])
@settings(max_examples=20)
@given(ids=IDS)
def test_an_export_in_parts(ids: list[list[str]], limit: int | None) -> None:
    """All parts are asked for until there is no more, or as many as are wanted."""
    whole = [each for part in ids for each in part]
    arguments: dict[str, Any] = {} if limit is None else {"limit": limit}
    rows, requests = Caller(SYNC)(
        "convocore", lambda client: client.conversations.export("a1", **arguments), by_cursor(ids)
    )

    assert whole[:limit] == [row["ID"] for row in rows]
    assert [None] * len(requests) == [request.url.params.get("page") for request in requests]
    if limit is not None:
        assert int(requests[-1].url.params["limit"]) > 0


@pytest.mark.parametrize("cursor", ["same", None])
def test_an_export_that_goes_round(cursor: str | None, caller: Caller) -> None:
    """An export stops at a server that repeats its cursor or its answer, and has everything once."""
    names = iter("abc")

    def answer(request: httpx.Request) -> httpx.Response:
        name = next(names)
        return httpx.Response(200, json=page(["c1" if cursor is None else name], nextCursor=cursor or name))

    rows, requests = caller("convocore", lambda client: client.conversations.export("a1"), answer)

    assert (["c1"] if cursor is None else ["a", "b"]) == [row["ID"] for row in rows]
    assert 2 == len(requests)


@pytest.mark.parametrize(
    ("body", "arguments", "problem"),
    [
        (page(["c1"], hasMore=True), {}, "no cursor, although there is more"),
        ({**DONE, "data": "ID"}, {}, "no list, although JSON was asked for"),
        ({**DONE, "data": ["c1"]}, {}, "a conversation was expected, not 'c1'"),
        ({**DONE, "data": []}, {"format": "csv"}, "no text, although CSV was asked for"),
        (
            {**DONE, "data": "ID", "hasMore": True},
            {"format": "csv"},
            "a part of the table; export JSON, or give a limit",
        ),
        ({**DONE, "data": "ID", "nextCursor": "x"}, {"format": "csv"}, "a part of the table"),
    ],
)
def test_an_export_that_is_none(body: dict[str, Any], arguments: dict[str, Any], problem: str, caller: Caller) -> None:
    """An answer that is of the other format, or a part whose rest cannot be had, is not passed off as an export."""
    with pytest.raises(causerie.APIResponseValidationError, match=problem):
        caller("convocore", lambda client: client.conversations.export("a1", **arguments), json(body))


def test_a_part_of_a_table(caller: Caller) -> None:
    """With a limit, a part is what is wanted, whatever follows."""
    body = {**DONE, "data": "ID\r\n", "hasMore": True, "nextCursor": "x"}
    text, requests = caller(
        "convocore", lambda client: client.conversations.export("a1", format="csv", limit=1), json(body)
    )
    (row,), _ = caller(
        "convocore", lambda client: client.conversations.export("a1", limit=1), json(page(["c1"], hasMore=True))
    )

    assert "ID\r\n" == text
    assert "c1" == row["ID"]
    assert 1 == len(requests)


def test_a_server_without_a_limit(caller: Caller) -> None:
    """Rows beyond the limit are left out, and a repetition of those is still recognised as one."""
    whole, _ = caller("convocore", lambda client: client.conversations.export("a1", limit=2), json(page(list("abc"))))
    again, _ = caller(
        "convocore",
        lambda client: client.conversations.export("a1", limit=3),
        json(page(["a", "b"], hasMore=True, nextCursor="x")),
    )

    assert [["a", "b"]] * 2 == [[row["ID"] for row in rows] for rows in (whole, again)]


def test_a_time_that_is_not_given(caller: Caller) -> None:
    """A time that is not given is now, as without the argument."""
    answer = json({**DONE, "data": {"ID": "c1"}})
    _, (request,) = caller("convocore", lambda client: client.conversations.create("a1", ts=causerie.UNSET), answer)

    assert isinstance(orjson.loads(request.content)["conversation"]["ts"], int)


FAILED = {"success": False, "message": "nothing"}


@pytest.mark.parametrize(
    "call",
    [
        lambda c: c.conversations.delete("a1", "c1"),
        lambda c: c.conversations.export_one("a1", "c1"),
        lambda c: c.conversations.export_one("a1", "c1", format="csv"),
        lambda c: c.conversations.assign("a1", "c1", "u1"),
        lambda c: c.conversations.details("a1", "c1"),
        lambda c: c.conversations.replace_messages("a1", "c1", []),
    ],
)
def test_a_success_that_is_none(call: Any, caller: Caller) -> None:
    """An envelope that says failure raises with the vendor's message."""
    with pytest.raises(causerie.APIResponseValidationError, match="no success, but the message 'nothing'"):
        caller("convocore", call, json(FAILED))


def test_an_empty_export_of_one(caller: Caller) -> None:
    """A success without the export raises."""
    with pytest.raises(causerie.APIResponseValidationError, match="is not there"):
        caller("convocore", lambda client: client.conversations.export_one("a1", "c1"), json(DONE))


def unreachable(request: httpx.Request) -> httpx.Response:
    raise AssertionError("sent")


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        (lambda c: c.conversations.list("a1", page=2, cursor="x"), "page: a cursor names a page already"),
        (lambda c: c.conversations.list(".."), "agent_id: "),
        (lambda c: c.conversations.get("a1", "export"), "conversation_id: 'export' is not an id"),
        (lambda c: c.conversations.get_many("a1", ["c1", "export"]), "conversation_ids: 'export' is not an id"),
        (lambda c: c.conversations.update("a1", "export"), "conversation_id: 'export' is not an id"),
        (lambda c: c.conversations.delete("a1", "export"), "conversation_id: 'export' is not an id"),
        (
            lambda c: c.conversations.export("a1", format="xml"),
            "format: 'xml' is not allowed: give one of 'json', 'csv'",
        ),
        (lambda c: c.conversations.export_one("a1", "c1", format="xml"), "format: 'xml' is not allowed: give one of"),
        (lambda c: c.conversations.export("a1", conversation_ids="c1"), r"conversation_ids: .* such as \['c1'\]"),
        (lambda c: c.conversations.export("a1", conversation_ids=[]), "conversation_ids: no id would mean every"),
        (lambda c: c.conversations.export("a1", limit=0), "limit: 0 is not a number of conversations: give 1 or more"),
        (lambda c: c.conversations.export("a1", limit=-1, format="csv"), "limit: -1 is not"),
        (lambda c: c.conversations.export("a1", limit=None), "limit: None is not"),
        (lambda c: c.conversations.export("a1", from_ts=datetime(2026, 1, 1)), "from_ts: .* has no time zone"),
        (lambda c: c.conversations.export("a1", to_ts=1.5), "to_ts: 1.5 is neither"),
        (
            lambda c: c.conversations.details("a1", "c1", region="mars"),
            "region: 'mars' is not allowed: give one of 'eu', 'na'",
        ),
    ],
)
def test_refused(call: Any, problem: str, caller: Caller) -> None:
    """Arguments that make no sense are refused before anything is sent, with their name and what to do."""
    with pytest.raises(causerie.ArgumentError, match=problem):
        caller("convocore", call, unreachable)


def test_an_ambiguous_id_below_another_path(caller: Caller) -> None:
    """``export`` is an id where the path is no other operation's."""
    _, (request,) = caller(
        "convocore", lambda c: c.conversations.assign("a1", "export", "u1"), json({**DONE, "assignedUser": {}})
    )

    assert "/v3/agents/a1/convos/export/assign" == request.url.path


def test_the_region_of_details(caller: Caller) -> None:
    """The region of details is the client's, also in a view of it, unless it is given."""

    def call(client: Any) -> Any:
        return client.with_options(timeout=5).conversations.details("a1", "c1")

    _, (request,) = caller("convocore", call, json({}), region="na")
    _, (given_request,) = caller(
        "convocore", lambda c: c.conversations.details("a1", "c1", region="eu"), json({}), region="na"
    )

    assert ("na", "eu") == (request.url.params["region"], given_request.url.params["region"])
