"""Convocore's conversations in the hands of people: assigned, taken over, and looked at."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_mock import Mock
from tests.mock.conftest import connect

CONVERSATIONS = "/agents/agent123/convos"
DOCUMENTED = f"{CONVERSATIONS}/agent123_convo456"


@given(
    st.none() | st.sampled_from(["ada", "bob"]),
    st.none() | st.lists(st.sampled_from(["ada", "bob", "eve"]), max_size=25),
    st.lists(
        st.fixed_dictionaries(
            {"id": st.sampled_from(["ada", "eve"])}, optional=dict.fromkeys(["name", "email"], st.text())
        ),
        max_size=2,
        unique_by=lambda hint: hint["id"],
    ),
)
def test_an_assigned_conversation_says_to_whom(one: str | None, more: list[str] | None, hints: list[Any]) -> None:
    """Everybody once, with what the hint tells; nobody is refused, and changes nothing."""
    body: dict[str, Any] = {"assigneesHint": hints}
    body |= {} if one is None else {"assignToUserId": one}
    body |= {} if more is None else {"assignToUserIds": more}
    ids = list(dict.fromkeys([*([] if one is None else [one]), *(more or [])]))
    known = {hint["id"]: hint for hint in hints}
    with connect(Mock("convocore", check=True)) as client:
        before = client.get(DOCUMENTED).json()["data"]
        answer = client.post(f"{DOCUMENTED}/assign", json=body)
        after = client.get(DOCUMENTED).json()["data"]
    if not ids:
        assert (400, ["assignToUserIds"]) == (answer.status_code, answer.json()["issues"][0]["path"])
        assert before == after
        return
    people = [{"id": each, **known.get(each, {})} for each in ids]
    users = [{"userId": each} | {k: v for k, v in known.get(each, {}).items() if k != "id"} for each in ids]

    assert (people[0], people) == (answer.json()["assignedUser"], answer.json()["assignedUsers"])
    assert (
        before
        | {
            "chatAssignedTo": ids[0],
            "chatAssignedToIds": ids,
            "assignedToUsers": users,
            "lastModified": after["lastModified"],
        }
        == after
    )
    assert before["lastModified"] < after["lastModified"]


def test_an_assignment_has_a_note_and_who_delegates(convocore: httpx.Client) -> None:
    """And when; what another assignment said of that stays."""
    convocore.post(f"{DOCUMENTED}/assign", json={"assignToUserId": "ada", "delegatedBy": "bob", "note": "Please"})
    first = convocore.get(DOCUMENTED).json()["data"]
    convocore.post(f"{DOCUMENTED}/assign", json={"assignToUserId": "eve"})
    second = convocore.get(DOCUMENTED).json()["data"]

    assert [{"userId": "ada", "note": "Please"}] == first["assignedToUsers"]
    assert ("eve", "bob", first["delegatedAt"]) == (
        second["chatAssignedTo"],
        second["delegatedBy"],
        second["delegatedAt"],
    )
    assert 1699999999 < first["delegatedAt"] == first["lastModified"] < second["lastModified"]


@pytest.mark.parametrize("ids", [["a"] * 26, [""], [1]])
def test_people_who_cannot_be(convocore: httpx.Client, ids: list[Any]) -> None:
    """At most 25, each with an id."""
    answer = convocore.post(f"{DOCUMENTED}/assign", json={"assignToUserIds": ids})

    assert (400, "assignToUserIds") == (answer.status_code, answer.json()["issues"][0]["path"][0])


def test_a_person_takes_over(convocore: httpx.Client) -> None:
    """The state says so; a hand-over that waits is accepted, and without one there is a new one."""
    waiting: list[dict[str, Any]] = [
        {"requestedAt": 1, "acceptedAt": 2},
        {"requestedAt": 3, "requestedTeamKey": "sales"},
    ]
    convocore.patch(DOCUMENTED, json={"conversation": {"state": "requested_chat", "handoffHistory": waiting}})
    more = {"organizationId": "o", "teamIds": ["t"], "teamKeys": ["k"]}
    bodies = [{"acceptedByUserId": "ada", **more}, {"acceptedByUserId": "bob"}]
    answers = [convocore.post(f"{DOCUMENTED}/accept-handoff", json=body) for body in bodies]
    data = convocore.get(DOCUMENTED).json()["data"]
    first, second, third = data["handoffHistory"]

    assert [{"success": True, "message": "Handoff accepted successfully"}] * 2 == [each.json() for each in answers]
    assert "human-chatting" == data["state"]
    assert waiting[0] == first
    assert {**waiting[1], "acceptedAt": second["acceptedAt"], "acceptedBy": "ada", **more} == second
    assert {"acceptedAt": data["lastModified"], "acceptedBy": "bob"} == third


def test_a_first_hand_over(convocore: httpx.Client) -> None:
    """A conversation that nobody has asked to take over can be; somebody has to do it."""
    missing = convocore.post(f"{DOCUMENTED}/accept-handoff", json={})
    convocore.post(f"{DOCUMENTED}/accept-handoff", json={"acceptedByUserId": "ada"})
    data = convocore.get(DOCUMENTED).json()["data"]

    assert 400 == missing.status_code
    assert [{"acceptedAt": data["lastModified"], "acceptedBy": "ada"}] == data["handoffHistory"]


def test_details_need_a_region(convocore: httpx.Client) -> None:
    """One of the two."""
    for asked in ({}, {"region": "mars"}):
        answer = convocore.get(f"{DOCUMENTED}/details", params=asked)

        assert (400, "BAD_REQUEST") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize("region", ["eu", "na"])
def test_details_are_short(convocore: httpx.Client, region: str) -> None:
    """Without an envelope: numbers that are not there are 0, and the recording is that of the call."""
    short = convocore.get(f"{DOCUMENTED}/details", params={"region": region}).json()
    vapi = {"recordingUrl": "https://example.com/1", "cost": 1}
    convocore.patch(DOCUMENTED, json={"conversation": {"vapi": vapi, "interactionsNum": 3, "origin": None}})
    recorded = convocore.get(f"{DOCUMENTED}/details", params={"region": region}).json()
    metadata = {
        "userName": "John Doe",
        "userID": "agent123_convo456",
        "origin": "web-chat",
        "state": "ai-chatting",
        "ts": 1699999999,
        "messagesNum": 5,
        "interactionsNum": 0,
    }

    assert {
        "convoId": "agent123_convo456",
        "agentId": "agent123",
        "metadata": metadata,
        "recordings": {"current": None, "sessions": []},
    } == short
    assert {"current": {"recordingUrl": "https://example.com/1"}, "sessions": []} == recorded["recordings"]
    assert (3, None) == (recorded["metadata"]["interactionsNum"], recorded["metadata"].get("origin"))
