"""Convocore: rate limits that answers tell, ids in one text, what reaches people or is billed, and times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import causerie
from causerie_api.convocore.models import Conversation

from .conftest import SYNC, Caller, json
from .test_convocore import DONE, by_cursor, collect, page, unreachable


def limited(pages: list[list[str]], left: list[Any]) -> Any:
    """Make a Convocore that says with each page how many requests are left of the minute."""
    answer = by_cursor(pages)

    def told(request: httpx.Request) -> httpx.Response:
        body = orjson.loads(answer(request).content)
        rate = left[int(request.url.params.get("cursor", 0))]
        return httpx.Response(200, json=body if rate is None else {**body, "rateLimit": rate})

    return told


def of_minute(left: Any) -> dict[str, Any]:
    return {"requestsPerMinute": 60, "remainingMinute": left, "requestsPerHour": 1000, "remainingHour": 900}


def test_a_minute_that_is_used_up(caller: Caller, waits: list[float]) -> None:
    """The next page waits until the minute is over; after a last page, or one that leaves requests, nothing waits."""
    answer = limited([["a"], ["b"], ["c"]], [of_minute(1), of_minute(0), of_minute(0)])
    found, requests = caller("convocore", collect, answer)

    assert ["a", "b", "c"] == found
    assert ([60.0], 3) == (waits, len(requests))


@pytest.mark.parametrize("rate", [None, {}, of_minute(None), {"remainingHour": 0}])
def test_a_rate_that_says_nothing(rate: Any, caller: Caller, waits: list[float]) -> None:
    """No call waits because of it."""
    caller("convocore", collect, limited([["a"], ["b"]], [rate, rate]))

    assert [] == waits


def test_a_wait_that_is_too_long(caller: Caller, waits: list[float]) -> None:
    """A wait that is too long is left to the vendor to refuse."""
    answer = limited([["a"], ["b"]], [of_minute(0)] * 2)
    caller("convocore", collect, answer, retry=causerie.Retry(attempts=1, retry_after_max=30))

    assert [] == waits


@settings(max_examples=30)
@given(st.lists(st.text(st.characters(exclude_characters=",", codec="utf-8"), min_size=1), min_size=1, max_size=250))
def test_ids_in_one_text(ids: list[str]) -> None:
    """All of them are asked for, in order, up to a hundred at a time, and each row is returned."""

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=page(request.url.params["convoIds"].split(",")))

    rows, requests = Caller(SYNC)("convocore", lambda c: c.conversations.export("a1", conversation_ids=ids), answer)

    assert ids == [row["ID"] for row in rows]
    assert -(-len(ids) // 100) == len(requests)


def test_an_export_of_many(caller: Caller) -> None:
    """No page is larger than the vendor allows, and the last page is only as large as what is still wanted."""

    def answer(request: httpx.Request) -> httpx.Response:
        asked, begin = int(request.url.params["limit"]), int(request.url.params.get("cursor", 0))
        ids = [str(number) for number in range(begin, begin + asked)]
        return httpx.Response(200, json=page(ids, hasMore=True, nextCursor=str(begin + asked)))

    rows, requests = caller("convocore", lambda c: c.conversations.export("a1", limit=230, sort="asc"), answer)

    assert [str(number) for number in range(230)] == [row["ID"] for row in rows]
    assert ["100", "100", "30"] == [request.url.params["limit"] for request in requests]


def test_rows_with_turns(caller: Caller) -> None:
    """Rows with turns are typed, and keep what the document does not know."""
    row = {
        "metadata": {"feedback": "Unset", "convo": {"id": "c1", "mood": "good"}},
        "turns": [{"from": "user", "messages": [{"type": "text", "ts": "now", "payload": {"message": "Hello"}}]}],
        "extra": 1,
    }
    (found,), _ = caller("convocore", lambda c: c.conversations.export("a1"), json({**DONE, "data": [row]}))

    assert ("c1", "user", "Hello") == (
        found.metadata.convo.id,
        found.turns[0].from_.value,
        found.turns[0].messages[0].payload.message,
    )
    assert row == found.to_dict()


@pytest.mark.parametrize("retry", [causerie.Retry(), causerie.Retry(unsafe=True)], ids=["default", "unsafe"])
@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_what_reaches_a_person_is_sent_once(status: int, retry: Any, caller: Caller, waits: list[float]) -> None:
    """What reaches a person is sent once, whatever the answer is and whatever the policy allows."""
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(status, json={}, headers={"retry-after": "0"})

    with pytest.raises(causerie.APIStatusError):
        caller("convocore", lambda c: c.conversations.send("a1", "c1", "Hello"), answer, retry=retry)

    assert (1, []) == (len(sent), waits)


def test_no_connection_is_no_second_message(caller: Caller, waits: list[float]) -> None:
    """A failed connection is an error at once, so that no message goes out twice."""

    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(causerie.APIConnectionError):
        caller("convocore", lambda c: c.conversations.send("a1", "c1", "Hello"), answer, retry=causerie.Retry())

    assert [] == waits


@pytest.mark.parametrize(
    ("body", "text"),
    [({"success": False, "error": "no credits"}, "no credits"), ({"success": False}, "no reason given")],
)
def test_a_turn_that_failed(body: dict[str, Any], text: str, caller: Caller) -> None:
    """A turn that failed is an error with the vendor's text, although the status is 200."""
    with pytest.raises(causerie.ReplyFailedError, match=f"the agent failed to answer in conversation c1: {text}"):
        caller("convocore", lambda c: c.agents.interact("a1", "c1", "Hello"), json(body))


@pytest.mark.parametrize(("own", "seconds", "expected"), [(5.0, 60.0, 70.0), (90.0, 1.0, 90.0)])
def test_a_turn_takes_its_time(own: float, seconds: float, expected: float, caller: Caller) -> None:
    """The request waits as long as the turn may take and some more, or as any other request if that is longer."""
    answer = json({"success": True})
    _, (request,) = caller(
        "convocore", lambda c: c.agents.interact("a1", "c1", "Hello", timeout=seconds), answer, timeout=own
    )

    assert expected == request.extensions["timeout"]["read"]


def test_sessions_page_by_page(caller: Caller) -> None:
    """Sessions are read from page 0 on, until the vendor says that there is no more, or shows none."""

    def answer(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params["page"])
        sessions = [{"convoId": str(number)}] if number < 3 else []
        return httpx.Response(200, json={"sessions": sessions, "pagination": {"hasMore": True}})

    def call(client: Any) -> Any:
        listing = client.workspace.sessions("w1")
        if isinstance(client, causerie.Convocore):
            return [session.convo_id for session in listing]

        async def collected() -> list[str]:
            return [session.convo_id async for session in listing]

        return collected()

    found, requests = caller("convocore", call, answer)

    assert (["0", "1", "2"], 4) == (found, len(requests))


@pytest.mark.parametrize(
    ("call", "body", "problem"),
    [
        (lambda c: c.workspace.sessions("w1"), {"sessions": None}, "no list of sessions"),
        (lambda c: c.workspace.generate_summaries([ITEM]), {"success": False}, "no summaries"),
        (lambda c: c.conversations.send("a1", "c1", "x"), {"success": False, "message": "m"}, "no success"),
        (lambda c: c.conversations.details("a1", "c1"), {"success": True, "data": None}, "no details"),
        (lambda c: c.conversations.export_one("a1", "c1"), {**DONE, "data": "ID"}, "a text, although JSON"),
    ],
)
def test_an_answer_that_is_none(call: Any, body: dict[str, Any], problem: str, caller: Caller) -> None:
    """A success that does not hold what it should is an error."""
    with pytest.raises(causerie.APIResponseValidationError, match=problem):
        caller("convocore", call, json(body))


ITEM = {"convoId": "c1", "agentId": "a1", "transcript": "Hello", "messageCount": 1}


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        (lambda c: c.conversations.export("a1", sort="up"), "sort: 'up' is not allowed: give one of 'desc', 'asc'"),
        (lambda c: c.conversations.export("a1", conversation_ids=["a,b"]), "'a,b' has a comma, which separates ids"),
        (lambda c: c.conversations.export("a1", conversation_ids=[7]), "conversation_ids: 7 is not a string"),
        (
            lambda c: c.conversations.export("a1", conversation_ids=["c"], cursor="x"),
            "cursor: conversation_ids have no",
        ),
        (lambda c: c.conversations.export("a1", format="csv", limit=101), "limit: 101 make more than one table"),
        (
            lambda c: c.conversations.export("a1", format="csv", conversation_ids=map(str, range(501))),
            "conversation_ids: 501 ids make more than one table",
        ),
        (lambda c: c.conversations.assign_many("a1", "c1", []), "user_ids: 0 people cannot be named: give 1 to 25"),
        (lambda c: c.conversations.assign_many("a1", "c1", ["u"] * 26), "user_ids: 26 people"),
        (lambda c: c.conversations.assign_many("a1", "c1", "u1"), r"user_ids: a list is expected, such as \['u1'\]"),
        (lambda c: c.conversations.assign_many("a1", "c1", ["u"], hints=["Ada"]), "hints: 'Ada' is neither"),
        (lambda c: c.conversations.assign_many("a1", "c1", ["u"], hints={"id": "u"}), "hints: a list of AssigneeHint"),
        (lambda c: c.conversations.replace_messages("a1", "c1", "Hello"), "turns: a list of turns is expected"),
        (lambda c: c.conversations.replace_messages("a1", "c1", ["Hello"]), "turns: 'Hello' is not a turn"),
        (
            lambda c: c.conversations.replace_messages("a1", "c1", [("human", 1)]),
            "is not a turn: give a Turn, or a pair",
        ),
        (lambda c: c.conversations.send("a1", "c1"), "message: give one of message and messages"),
        (lambda c: c.conversations.send("a1", "c1", "x", messages=[{}]), "message: give one of message and messages"),
        (lambda c: c.conversations.send("a1", "c1", ""), "message: there is nothing to send"),
        (lambda c: c.conversations.send("a1", "c1", messages=[]), "messages: there is nothing to send"),
        (lambda c: c.workspace.generate_summaries([]), "items: 0 transcripts cannot be summarized at once: give 1"),
        (lambda c: c.workspace.generate_summaries([ITEM] * 26), "items: 26 transcripts"),
        (lambda c: c.workspace.sessions("w1", page=-1), "page: -1 is not the number of a page: give 0 or more"),
        (lambda c: c.workspace.sessions("w1", region="mars"), "region: 'mars' is not allowed: give one of 'eu', 'na'"),
        (
            lambda c: c.agents.interact("a1", "c1", "x", response_mode="loud"),
            "response_mode: 'loud' is not allowed: give one of",
        ),
        (lambda c: c.agents.interact("a1", "c1", "x", timeout=0), "timeout: 0 is not a number of seconds above 0"),
        (lambda c: c.agents.interact("a1", "c1", "x", region="mars"), "region: 'mars' is not allowed: give one of"),
    ],
)
def test_refused(call: Any, problem: str, caller: Caller) -> None:
    """Arguments that make no sense are refused before anything is sent, with their name and what to do."""
    with pytest.raises(causerie.ArgumentError, match=problem):
        caller("convocore", call, unreachable)


MOMENTS = st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(moment=MOMENTS, name=st.sampled_from(["ts", "first_message_ts", "last_modified", "resolved_at", "reopened_at"]))
def test_times_in_either_unit(moment: datetime, name: str) -> None:
    """Every time whose unit is known is read from seconds and from milliseconds, to the millisecond."""
    moment -= timedelta(microseconds=moment.microsecond % 1000)
    seconds = moment.replace(microsecond=0)
    key = {"ts": "ts", "first_message_ts": "firstMessageTS", "last_modified": "lastModified"}.get(name)
    key = key or {"resolved_at": "resolvedAt", "reopened_at": "reopenedAt"}[name]
    read = [
        getattr(Conversation.from_dict({key: number}), f"{name}_datetime")
        for number in (int(seconds.timestamp()), round(moment.timestamp() * 1000))
    ]

    assert [seconds, moment] == read


@given(moment=MOMENTS)
def test_times_are_written_in_their_unit(moment: datetime) -> None:
    """A `datetime` goes out in seconds, or in milliseconds where the vendor counts in them."""
    made = Conversation(ts=moment, resolved_at=moment)
    second = datetime(1970, 1, 1, tzinfo=UTC)

    assert {
        "ts": (moment - second) // timedelta(seconds=1),
        "resolvedAt": (moment - second) // timedelta(milliseconds=1),
    } == made.to_dict()


@pytest.mark.parametrize("text", ["API access requires the Business plan or higher", "Forbidden", ""])
def test_what_a_refusal_can_mean(text: str, caller: Caller) -> None:
    """The vendor's words come first, then everything that the status is known to mean, whatever the words are."""
    answer = json({"message": text, "code": "FORBIDDEN"}, 403)
    with pytest.raises(causerie.PermissionDeniedError) as caught:
        caller("convocore", lambda c: c.conversations.get("a1", "c1"), answer)
    said = str(caught.value)

    assert all(
        word in said for word in (text, "plan of the workspace", "add-on", "another account", "expired", "region")
    )
