"""Convocore's workspaces: their sessions, and summaries."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from causerie_mock import Mock
from tests.mock.conftest import connect

OWN = {"workspaceId": "workspace123", "region": "eu"}
SESSIONS = "/workspace/sessions"
SUMMARIES = "/convos/generate-summaries"


def turn(session_id: str | None, **more: Any) -> dict[str, Any]:
    named = {} if session_id is None else {"session_id": session_id}
    return {"from": "human", "messages": [{"type": "text"}], **named, **more}


@settings(max_examples=25)
@given(count=st.integers(0, 12), limit=st.none() | st.integers(1, 5))
def test_sessions_go_on_by_page(count: int, limit: int | None) -> None:
    """Counted from 0: those of each conversation with turns once, of all agents of the workspace, the latest first."""
    mock = Mock("convocore", check=True)
    agents = ["agent123", "second"]
    mock.seed(
        agents=[{"agentId": "second"}],
        conversations=[
            {"agentId": agents[each % 2], "ID": f"c{each:02}", "ts": 9 + each // 2, "turns": [turn("s")] * (each % 3)}
            for each in range(count)
        ],
    )
    with connect(mock) as client:
        client.delete("/agents/agent123/convos/k3v9q7x2m5t8w1z")
        size = limit or 50
        asked = OWN | ({} if limit is None else {"limit": str(limit)})
        answers = [client.get(SESSIONS, params={**asked, "page": page}).json() for page in range(count // size + 2)]
    expected = [(f"c{each:02}", agents[each % 2]) for each in reversed(range(count)) if each % 3]
    pages = [expected[start * size : (start + 1) * size] for start in range(len(answers))]

    assert pages == [[(each["convoId"], each["agentId"]) for each in answer["sessions"]] for answer in answers]
    for number, (answer, page) in enumerate(zip(answers, pages, strict=True)):
        has_more = (number + 1) * size < len(expected)
        times = [9 + int(each[1:]) // 2 for each, _ in page] or [0]

        assert {"page": number, "limit": size, "hasMore": has_more, "totalFetched": len(page)} == answer["pagination"]
        assert {"oldest": min(times), "newest": max(times)} == answer["timestampRange"]


def test_turns_are_told_by_session(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """The last is the current one; a turn without a session belongs to the one before it."""
    turns = [turn(None, ts=5), turn("a", ts=6), turn(None, ts=7), turn("b"), turn("a", messages=[])]
    record = {"agentId": "agent123", "ID": "c", "ts": 99, "userName": "Ada", "origin": "sms", "turns": turns}
    convocore_vendor.seed(conversations=[record])
    (found,) = convocore.get(SESSIONS, params={**OWN, "origin": "sms"}).json()["sessions"]

    assert {
        "convoId": "c",
        "agentId": "agent123",
        "userName": "Ada",
        "origin": "sms",
        "sessionData": {
            "turns": turns[4:],
            "sessions": [turns[:1], turns[1:3], turns[3:4]],
            "currentSessionTs": 99,
            "allSessionTimestamps": [5, 6, 99, 99],
        },
    } == found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["c", "k3v9q7x2m5t8w1z"]),
        ({"agentId": "agent123", "origin": "web-chat"}, ["k3v9q7x2m5t8w1z"]),
        ({"agentId": "second"}, ["c"]),
        ({"agentId": "agent456"}, []),
        ({"origin": "sms"}, []),
    ],
)
def test_sessions_are_filtered(convocore_vendor: Mock, asked: dict[str, str], expected: list[str]) -> None:
    """By agent and by channel; an origin that is not text counts as no origin."""
    record = {"agentId": "second", "ID": "c", "origin": {"a": 1}, "turns": [turn("s")]}
    convocore_vendor.seed(agents=[{"agentId": "second"}], conversations=[record])
    with connect(convocore_vendor) as client:
        answer = client.get(SESSIONS, params={**OWN, **asked}).json()

    assert expected == [each["convoId"] for each in answer["sessions"]]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"workspaceId": "workspace456"}, 403),
        ({"workspaceId": "nobody"}, 404),
        ({"region": "mars"}, 400),
        ({"page": "-1"}, 400),
        ({"limit": "101"}, 400),
    ],
)
def test_a_workspace_belongs_to_its_key(convocore: httpx.Client, asked: dict[str, str], status: int) -> None:
    """Another's is refused, and one that nobody has is not found."""
    assert status == convocore.get(SESSIONS, params={**OWN, **asked}).status_code


def test_the_other_workspace(convocore_vendor: Mock, other_convocore: httpx.Client) -> None:
    """It has the sessions of its own agents."""
    convocore_vendor.seed(tenant=1, conversations=[{"agentId": "agent456", "ID": "c", "turns": [turn("s")]}])
    answer = other_convocore.get(SESSIONS, params={"workspaceId": "workspace456", "region": "na"}).json()

    assert ["c"] == [each["convoId"] for each in answer["sessions"]]


def item(**more: Any) -> dict[str, Any]:
    known = {"convoId": "agent123_convo456", "agentId": "agent123", "messageCount": 2}
    return {**known, "transcript": "What does the premium plan cost?", **more}


def test_summaries_are_the_same_each_time(convocore: httpx.Client) -> None:
    """One for each transcript, also for an unknown conversation; no message is in the answer."""
    items = [item(), item(convoId="c", transcript="")]
    first, second = (convocore.post(SUMMARIES, json={"items": items}).json() for _ in range(2))

    assert first == second
    assert {"success", "data"} == first.keys()
    assert [("agent123_convo456", "What does the premium"), ("c", "")] == [
        (each["convoId"], each["shortSummary"]) for each in first["data"]
    ]
    assert "2 messages, beginning with: What does the premium plan cost?" == first["data"][0]["summary"]


def test_a_summary_that_is_there_is_kept(convocore: httpx.Client) -> None:
    """Unless it is to be written anew; none is stored."""
    written = {"conversation": {"summary": "S", "shortSummary": "T"}}
    before = convocore.patch("/agents/agent123/convos/agent123_convo456", json=written).json()["data"]
    body = {"items": [item(), item(forceRegenerate=True)]}
    kept, anew = convocore.post(SUMMARIES, json=body).json()["data"]

    assert ("S", "T") == (kept["summary"], kept["shortSummary"])
    assert {"S", "T"}.isdisjoint({anew["summary"], anew["shortSummary"]})
    assert before == convocore.get("/agents/agent123/convos/agent123_convo456").json()["data"]


@pytest.mark.parametrize(
    ("items", "status"),
    [([], 400), ([item()] * 26, 400), ([item(agentId="agent456")], 403), ([item(), item(agentId="nobody")], 404)],
)
def test_transcripts_that_are_refused(convocore: httpx.Client, items: list[Any], status: int) -> None:
    """None, too many, and those of agents that the key does not own."""
    assert status == convocore.post(SUMMARIES, json={"items": items}).status_code
