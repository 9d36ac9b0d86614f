"""Convocore's exports: what a row has, pages and selections, tables, and what is billed."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from causerie_mock import Mock
from causerie_mock.convocore.rows import english
from tests.mock.conftest import connect

CONVERSATIONS = "/agents/agent123/convos"
CHATTED = f"{CONVERSATIONS}/k3v9q7x2m5t8w1z"
EXPORT = f"{CONVERSATIONS}/export"


def text(sender: str, message: str, **more: Any) -> dict[str, Any]:
    """Return a turn of one text."""
    item = {"type": "text", "payload": {"message": message}}
    return {"from": sender, "messages": [{"type": "text", "item": item}], **more}


def seeded(count: int, **options: Any) -> Mock:
    """Make a mock whose agent has this many conversations, two of each time; in every third no person speaks."""
    mock = Mock("convocore", check=True, **options)
    with connect(mock) as client:
        client.delete(CHATTED)
        client.delete(f"{CONVERSATIONS}/agent123_convo456")
    mock.seed(
        conversations=[
            {
                "agentId": "agent123",
                "ID": f"c{each:03}",
                "ts": each // 2,
                "turns": [text("bot", "Hello"), *([text("human", "Hi")] if each % 3 else [])],
            }
            for each in range(count)
        ]
    )
    return mock


def ids(answer: httpx.Response) -> list[str]:
    return [row["metadata"]["convo"]["id"] for row in answer.json()["data"]]


def test_a_row_is_what_the_page_shows(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """The record under another name, and turns whose senders, times and feedback are spelled for people."""
    record = {
        "agentId": "agent123",
        "ID": "c",
        "ts": 1733048999,
        "userName": "Ada",
        "tags": ["a"],
        "origin": "whatsapp",
        "title": "none of its fields",
        "sessions": [{"n": 1}],
        "turns": [
            {
                "from": "human",
                "ts": 1733049000,
                "messages": [
                    {"type": "text", "item": {"payload": {"message": "Hello", "x": 1}}},
                    {"type": "choice", "ts": 1733052600, "item": {"payload": "yes"}},
                ],
            },
            {
                "from": "bot",
                "isAIGenerated": True,
                "messages": [
                    {"type": "text", "item": {"payload": {"message": {"deep": 1}}}, "feedback": True},
                    {"type": "text", "item": {}, "feedback": False, "isAIGenerated": False},
                    {"type": "debug", "item": {"payload": 7}},
                ],
            },
            {"from": "system", "messages": [{"type": "end"}]},
        ],
    }
    convocore_vendor.seed(conversations=[record])
    row = convocore.get(f"{CONVERSATIONS}/c/export").json()["data"]
    unset = {"feedback": "Unset", "aiGenerated": False}
    first, second = "December 1st 2024, 10:30:00 am", "December 1st 2024, 11:30:00 am"
    convo = {name: record[name] for name in ("ts", "userName", "tags", "origin")}

    assert {"feedback": "Negative", "convo": {"id": "c", **convo}, "sessions": [{"n": 1}]} == row["metadata"]
    assert [
        {
            "from": "user",
            "messages": [
                {"type": "text", "ts": first, "payload": {"message": "Hello", "x": 1, **unset}},
                {"type": "choice", "ts": second, "payload": {"message": "yes", **unset}},
            ],
        },
        {
            "from": "bot",
            "messages": [
                {"type": "text", "payload": {"message": '{"deep":1}', "feedback": "Positive", "aiGenerated": True}},
                {"type": "text", "payload": {"feedback": "Negative", "aiGenerated": False}},
                {"type": "debug", "payload": {"message": "7", "feedback": "Unset", "aiGenerated": True}},
            ],
        },
        {"from": "bot", "messages": [{"type": "end", "payload": unset}]},
    ] == row["turns"]


def test_an_origin_that_is_no_text_is_left_out(convocore: httpx.Client) -> None:
    """For the page has a text."""
    convocore.patch(CHATTED, json={"conversation": {"origin": {"a": 1}}})

    assert "origin" not in convocore.get(f"{CHATTED}/export").json()["data"]["metadata"]["convo"]


@pytest.mark.parametrize(
    ("ts", "expected"),
    [
        (0, "January 1st 1970, 12:00:00 am"),
        (86400 * 1 + 12 * 3600, "January 2nd 1970, 12:00:00 pm"),
        (86400 * 2 + 13 * 3600 + 61, "January 3rd 1970, 01:01:01 pm"),
        (86400 * 3, "January 4th 1970, 12:00:00 am"),
        (86400 * 10, "January 11th 1970, 12:00:00 am"),
        (86400 * 11, "January 12th 1970, 12:00:00 am"),
        (86400 * 12, "January 13th 1970, 12:00:00 am"),
        (86400 * 22, "January 23rd 1970, 12:00:00 am"),
        (86400 * 364, "December 31st 1970, 12:00:00 am"),
        (10**30, str(10**30)),
        (10**13, str(10**13)),
    ],
)
def test_a_time_in_english(ts: int, expected: str) -> None:
    """With the ordinal of the day and the half of it."""
    assert expected == english(ts)


@settings(max_examples=30)
@given(st.integers(0, 25), st.none() | st.integers(1, 20), st.sampled_from([None, "asc", "desc"]))
def test_an_export_goes_on_by_cursor(count: int, limit: int | None, sort: str | None) -> None:
    """Each conversation in which a person speaks is in one row; a page says how many it has looked at."""
    whole = (
        [f"c{each:03}" for each in range(count)] if sort == "asc" else [f"c{each:03}" for each in range(count)][::-1]
    )
    asked = {name: value for name, value in (("limit", limit), ("sort", sort)) if value is not None}
    size = limit or 20
    answers: list[httpx.Response] = []
    with connect(seeded(count)) as client:
        while not answers or answers[-1].json()["hasMore"]:
            following = {"cursor": answers[-1].json()["nextCursor"]} if answers else {}
            answers.append(client.get(EXPORT, params={**asked, **following}))
    pages = [whole[start : start + size] for start in range(0, max(count, 1), size)]

    assert [[each for each in page if int(each[1:]) % 3] for page in pages] == [*map(ids, answers)]
    assert [len(page) for page in pages] == [answer.json()["scannedConvoCount"] for answer in answers]
    assert {(size, "paginated", "supabase")} == {
        (answer.json()["limit"], answer.json()["mode"], answer.json()["source"]) for answer in answers
    }
    assert {"sort": sort or "desc", "fromTs": None, "toTs": None} == answers[0].json()["query"]
    assert None is answers[-1].json()["nextCursor"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"fromTs": 1, "toTs": 2, "sort": "asc"}, ["c002", "c004", "c005"]),
        ({"fromTs": 2}, ["c007", "c005", "c004"]),
        ({"toTs": 0}, ["c001"]),
        ({"convoIds": "c001"}, ["c001"]),
        ({"convoIds": "c001,nobody,c004,c001,c003"}, ["c004", "c001"]),
        ({"convoIds": "c001,c004", "fromTs": 1}, ["c004"]),
        ({"convoIds": "nobody"}, []),
        ({"convoIds": "c001,c004", "limit": 1, "cursor": "nonsense"}, ["c004", "c001"]),
    ],
)
def test_an_export_has_what_is_asked_for(asked: dict[str, Any], expected: list[str]) -> None:
    """Both times belong to the range; ids stand in one text, and have no pages."""
    with connect(seeded(8)) as client:
        answer = client.get(EXPORT, params=asked)

    assert expected == ids(answer)
    assert (False, None) == (answer.json()["hasMore"], answer.json()["nextCursor"])
    assert ("selected" if "convoIds" in asked else "paginated") == answer.json()["mode"]


@given(st.integers(-2000, 2000), st.integers(-2000, 2000))
def test_times_may_be_milliseconds(first: int, last: int) -> None:
    """Both bounds belong to the range, to the millisecond."""
    begun = 1_700_000_000
    mock = Mock("convocore", check=True)
    made = [begun + each for each in (-2, -1, 0, 1, 2)]
    mock.seed(conversations=[{"agentId": "agent123", "ts": ts, "turns": [text("human", "Hi")]} for ts in made])
    with connect(mock) as client:
        asked: dict[str, Any] = {"fromTs": begun * 1000 + first, "toTs": begun * 1000 + last, "sort": "asc"}
        answer = client.get(EXPORT, params=asked).json()
    expected = [ts for ts in made if asked["fromTs"] <= ts * 1000 <= asked["toTs"]]

    assert expected == [row["metadata"]["convo"]["ts"] for row in answer["data"]]
    assert asked == answer["query"]


@pytest.mark.parametrize("asked", [{"limit": 101}, {"sort": "ASC"}, {"format": "xml"}, {"cursor": "x"}])
def test_what_an_export_cannot_be_asked_for(convocore: httpx.Client, asked: dict[str, Any]) -> None:
    """It is refused with its place."""
    answer = convocore.get(EXPORT, params=asked)

    assert (400, [*asked]) == (answer.status_code, answer.json()["issues"][0]["path"])


def test_an_older_server_exports_all_at_once() -> None:
    """Whatever the limit."""
    with connect(seeded(30, paging="page")) as client:
        answer = client.get(EXPORT, params={"limit": 2})

    assert (20, 30, False) == (len(ids(answer)), answer.json()["scannedConvoCount"], answer.json()["hasMore"])


def table(answer: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.json()["data"], newline="")))


@settings(max_examples=25)
@given(st.lists(st.dictionaries(st.sampled_from(["userName", "notes"]), st.text()), max_size=4))
def test_a_table_has_every_value(records: list[dict[str, str]]) -> None:
    """A row has each field of the record, then the rest: a text as it is, anything else as JSON, nothing as nothing."""
    mock = Mock("convocore", check=True)
    mock.seed(
        conversations=[
            {"agentId": "agent123", "ts": 9, "tags": ["x"], "turns": [text("human", 'a"b,c\n')], **record}
            for record in records
        ]
    )
    with connect(mock) as client:
        rows = client.get(EXPORT).json()["data"]
        exported = table(client.get(EXPORT, params={"format": "csv"}))
    whole = [row["metadata"]["convo"] | {"feedback": "Unset", "sessions": [], "turns": row["turns"]} for row in rows]
    columns = dict.fromkeys(name for row in whole for name in row)

    assert len(whole) == len(exported)
    for row, cells in zip(whole, exported, strict=True):
        assert list(columns) == list(cells)
        assert {name: cells[name] for name in columns if name not in row} == dict.fromkeys(columns.keys() - row, "")
        assert row == {
            name: cells[name] if isinstance(value, str) else json.loads(cells[name]) for name, value in row.items()
        }


def test_a_table_of_one(convocore: httpx.Client) -> None:
    """The export of one conversation is a row with a header, and so is one of nobody without the row."""
    one = convocore.get(f"{CHATTED}/export", params={"format": "csv"})
    nobody = convocore.get(EXPORT, params={"format": "csv", "convoIds": "nobody"})

    assert table(convocore.get(EXPORT, params={"format": "csv"})) == table(one)
    assert "id\r\n" == nobody.json()["data"]


def test_export_is_no_conversation(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """The path of the export of all wins over that of a conversation with this id, for every method."""
    convocore_vendor.seed(conversations=[{"agentId": "agent123", "ID": "export"}])
    others = [convocore.delete(EXPORT), convocore.patch(EXPORT, json={})]

    assert ["k3v9q7x2m5t8w1z"] == ids(convocore.get(EXPORT))
    assert [(405, "GET")] * 2 == [(other.status_code, other.headers["allow"]) for other in others]
    assert "export" == convocore.get(f"{EXPORT}/export").json()["data"]["metadata"]["convo"]["id"]


def test_any_parameter_is_given_once(convocore: httpx.Client) -> None:
    """Also the ids, which stand in one text."""
    for name in ("limit", "convoIds"):
        answer = convocore.get(f"{EXPORT}?{name}=1&{name}=2")
        (issue,) = answer.json()["issues"]

        assert (400, [name], "It is given more than once.") == (answer.status_code, issue["path"], issue["message"])


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["human", "bot"])), max_size=8))
def test_each_session_with_a_person_is_billed(said: list[tuple[str, str]]) -> None:
    """A session is the turns in a row with one id; one in which no person speaks is free."""
    mock = Mock("convocore", check=True)
    turns = [text(sender, "x", session_id=session) for session, sender in said]
    mock.seed(conversations=[{"agentId": "agent123", "ID": "c", "turns": turns}])
    runs: list[tuple[str, set[str]]] = []
    for session, sender in said:
        if not runs or runs[-1][0] != session:
            runs.append((session, set()))
        runs[-1][1].add(sender)
    with connect(mock) as client:
        usage = client.get(f"{CONVERSATIONS}/c/export").json()["usage"]

    assert sum("human" in senders for _, senders in runs) == usage["billableUsedThisRequest"]


def test_exports_are_counted_by_the_month(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """Both kinds, against one quota; beyond it, packs are charged; a new month begins anew."""
    convocore_vendor.options.export_quota = 2
    free = convocore.get(f"{CONVERSATIONS}/agent123_convo456/export").json()["usage"]
    for path in (EXPORT, f"{CHATTED}/export", EXPORT):
        usage = convocore.get(path).json()["usage"]
    convocore_vendor.clock.advance(40 * 86400)
    later = convocore.get(EXPORT).json()["usage"]
    names = ("billableUsedThisRequest", "billableUsedThisPeriod", "billableRemainingThisPeriod")
    more = ("overageUsedThisPeriod", "overagePacksCharged", "exportRequestCount", "includedQuota", "periodKey")

    assert [0, 0, 2, 0, 0, 1, 2, "2026-01"] == [free[name] for name in (*names, *more)]
    assert [1, 3, 0, 1, 1, 4, 2, "2026-01"] == [usage[name] for name in (*names, *more)]
    assert [1, 1, 1, 0, 0, 1, 2, "2026-02"] == [later[name] for name in (*names, *more)]


def test_exports_of_an_hour(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """Both kinds count, and refused ones are not billed; lists do not count."""
    told = convocore.get(EXPORT).json()["rateLimit"]
    convocore_vendor.options.exports_per_hour = 3
    counted = [convocore.get(path).json()["rateLimit"] for path in (EXPORT, f"{CHATTED}/export")]
    refused = [convocore.get(EXPORT), convocore.get(f"{CHATTED}/export")]
    listed = convocore.get(CONVERSATIONS)
    convocore_vendor.clock.advance(int(refused[0].headers["retry-after"]))
    again = convocore.get(EXPORT).json()

    assert {"requestsPerHour": 1500, "remainingHour": 1500} == told
    assert [{"requestsPerHour": 3, "remainingHour": left} for left in (1, 0)] == counted
    assert [429, 429, 200] == [answer.status_code for answer in (*refused, listed)]
    assert (4, 2) == (again["usage"]["exportRequestCount"], again["rateLimit"]["remainingHour"])
