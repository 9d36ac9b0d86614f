"""Convocore's lists: pages by cursor and by number, and how many may be asked for."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from causerie_mock import Mock
from tests.mock.conftest import connect

CONVERSATIONS = "/agents/agent123/convos"
THERE = ["agent123_convo456", "k3v9q7x2m5t8w1z"]


def seeded(count: int, paging: str = "cursor") -> tuple[Mock, list[str]]:
    """Make a mock whose agent has this many more conversations, two of each time; return their ids as listed."""
    mock = Mock("convocore", check=True, paging=paging)
    mock.seed(conversations=[{"agentId": "agent123", "ID": f"c{each:03}", "ts": each // 2} for each in range(count)])
    return mock, [*THERE, *(f"c{each:03}" for each in reversed(range(count)))]


def ids(answer: httpx.Response) -> list[str]:
    return [conversation["ID"] for conversation in answer.json()["data"]]


@settings(max_examples=25)
@given(count=st.integers(0, 25), limit=st.none() | st.integers(1, 20) | st.just(100))
def test_a_list_goes_on_by_cursor(count: int, limit: int | None) -> None:
    """Every conversation is on one page, the latest first; a page has no more than the limit, which it names."""
    mock, expected = seeded(count)
    size = limit or 20
    asked: dict[str, Any] = {} if limit is None else {"limit": limit}
    answers: list[httpx.Response] = []
    with connect(mock) as client:
        while not answers or answers[-1].json()["hasMore"]:
            following = {"cursor": answers[-1].json()["nextCursor"]} if answers else {}
            answers.append(client.get(CONVERSATIONS, params=asked | following))

    assert [expected[start : start + size] for start in range(0, len(expected), size)] == [*map(ids, answers)]
    assert (None, {size}) == (answers[-1].json()["nextCursor"], {answer.json()["limit"] for answer in answers})


@settings(max_examples=25)
@given(count=st.integers(0, 25), limit=st.none() | st.integers(1, 20))
def test_a_list_goes_on_by_page(count: int, limit: int | None) -> None:
    """The same conversations by number: without a cursor, which is left aside; a page after the last is empty."""
    mock, expected = seeded(count, "page")
    size = limit or 20
    asked = {"cursor": "nonsense"} if limit is None else {"limit": limit}
    pages = range(1, len(expected) // size + 3)
    with connect(mock) as client:
        answers = [client.get(CONVERSATIONS, params={"page": page, **asked}) for page in pages]

    assert expected == [each for answer in answers for each in ids(answer)]
    assert [] == ids(answers[-1])
    assert [page * size < len(expected) for page in pages] == [answer.json()["hasMore"] for answer in answers]
    assert {None} == {answer.json()["nextCursor"] for answer in answers}


def test_a_cursor_outlives_its_conversation() -> None:
    """Whatever is deleted, made or changed between two pages, the rest of the list is neither lost nor repeated."""
    mock, (_, __, last, *rest) = seeded(5)
    with connect(mock) as client:
        first = client.get(CONVERSATIONS, params={"limit": 3})
        client.delete(f"{CONVERSATIONS}/{last}")
        client.post(CONVERSATIONS, json={"conversation": {"ts": 9}})
        second = client.get(CONVERSATIONS, params={"cursor": first.json()["nextCursor"]})

    assert rest == ids(second)


def test_a_conversation_without_messages_is_listed(convocore: httpx.Client) -> None:
    """At once."""
    made = convocore.post(CONVERSATIONS, json={"conversation": {"ts": 1}}).json()["data"]

    assert made == convocore.get(CONVERSATIONS).json()["data"][-1]


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ({"page": 2}, "page"),
        ({"page": 0}, "page"),
        ({"limit": 101}, "limit"),
        ({"limit": 0}, "limit"),
        ({"limit": "1e1"}, "limit"),
        *(({"cursor": cursor}, "cursor") for cursor in ("", "x", "é", "bnVsbA==", "WzFd", "WzEsMl0=", "W3t9LCJhIl0=")),
    ],
)
def test_a_page_that_there_is_not_is_refused(convocore: httpx.Client, asked: dict[str, Any], place: str) -> None:
    """With the place: a page beyond the first without a cursor, too long a page, a cursor that no answer had."""
    answer = convocore.get(CONVERSATIONS, params=asked)

    assert (400, "BAD_REQUEST") == (answer.status_code, answer.json()["code"])
    assert [place] == answer.json()["issues"][0]["path"]


def test_a_list_tells_the_documented_limits(convocore: httpx.Client) -> None:
    """Of which nothing is used up unless a test sets a limit."""
    told = [convocore.get(CONVERSATIONS).json()["rateLimit"] for _ in range(2)]
    expected = {"requestsPerMinute": 60, "remainingMinute": 60, "requestsPerHour": 1000, "remainingHour": 1000}

    assert [expected, expected] == told


@pytest.mark.parametrize(("option", "seconds"), [("lists_per_minute", 60), ("lists_per_hour", 3600)])
@given(allowed=st.integers(0, 5), begun=st.integers(0, 3599))
def test_a_limit_is_kept(option: str, seconds: int, allowed: int, begun: int) -> None:
    """As many lists as are allowed; the next is a 429 that says how long to wait until the count begins anew."""
    mock = Mock("convocore", check=True, **{option: allowed})
    mock.clock.advance(begun)
    mock.clock.freeze()
    left = "remainingMinute" if seconds == 60 else "remainingHour"
    with connect(mock) as client, connect(mock, 1) as other:
        told = [client.get(CONVERSATIONS).json()["rateLimit"][left] for _ in range(allowed)]
        refused = [client.get(CONVERSATIONS) for _ in range(2)]
        wait = int(refused[0].headers["retry-after"])
        free = client.get(f"{CONVERSATIONS}/{THERE[0]}")
        theirs = other.get("/agents/agent456/convos")
        mock.clock.advance(wait - 1)
        early = client.get(CONVERSATIONS)
        mock.clock.advance(1)
        again = client.get(CONVERSATIONS)

    assert [*reversed(range(allowed))] == told
    assert [(429, "TOO_MANY_REQUESTS")] * 2 == [(each.status_code, each.json()["code"]) for each in refused]
    assert seconds - begun % seconds == wait
    assert [200, 429] == [free.status_code, early.status_code]
    assert [200 if allowed else 429] * 2 == [theirs.status_code, again.status_code]


def test_a_saved_state_has_what_is_used_up() -> None:
    """A copy refuses what the original would."""
    mocks = [Mock("convocore", check=True, lists_per_hour=1) for _ in range(2)]
    with connect(mocks[0]) as client:
        client.get(CONVERSATIONS)
    mocks[1].restore(mocks[0].snapshot())
    with connect(mocks[1]) as client:
        answer = client.get(CONVERSATIONS)

    assert 429 == answer.status_code
