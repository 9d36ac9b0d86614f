"""Convocore, played."""

from __future__ import annotations

import copy
import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_mock import CONVOCORE_KEYS, Mock, document
from causerie_mock._exchange import Problem
from causerie_mock.convocore.errors import error
from tests.mock.conftest import connect

CONVERSATIONS = "/agents/agent123/convos"
DOCUMENTED = f"{CONVERSATIONS}/agent123_convo456"
ITEM = {"convoId": "agent123_convo456", "agentId": "agent123", "transcript": "Hello", "messageCount": 1}


def test_the_documented_conversation_is_there(convocore: httpx.Client) -> None:
    """The get page's example answer is the answer to the get page's example request."""
    answers = document("convocore")["paths"]["/agents/{agentId}/convos/{conversationId}"]["get"]["responses"]
    (example,) = answers["200"]["content"]["application/json"]["examples"].values()

    assert example["value"] == convocore.get(DOCUMENTED).json()


def test_a_created_conversation_can_be_read(convocore: httpx.Client) -> None:
    """It holds what was sent, an id of its own, a userID equal to it, and the time of the change."""
    sent = {"ts": 1699999999, "userName": "John Doe", "tags": ["new-lead"], "funnelExtractedData": {"a": [1]}}
    created = convocore.post(CONVERSATIONS, json={"conversation": sent}).json()
    read = convocore.get(f"{CONVERSATIONS}/{created['data']['ID']}").json()
    data = created["data"]

    assert f"Successfully created conversation: {data['ID']}" == created["message"]
    assert created["success"]
    assert sent | {"ID": data["ID"], "userID": data["ID"], "lastModified": data["lastModified"]} == data
    assert data == read["data"]


def test_ids_are_generated(convocore: httpx.Client) -> None:
    """The server decides ID and lastModified; a userID may be chosen."""
    sent = {"ts": 1, "ID": "mine", "userID": "+49170", "lastModified": 5}
    first, second = (convocore.post(CONVERSATIONS, json={"conversation": sent}).json()["data"] for _ in range(2))

    assert first["ID"] != second["ID"]
    assert "mine" not in (first["ID"], second["ID"])
    assert "+49170" == first["userID"]
    assert first["lastModified"] > 5


def test_unknown_fields_are_dropped(convocore: httpx.Client) -> None:
    """A field that the document does not know is no error, and is not kept."""
    sent = {"ts": 1, "nonsense": 7, "confirmReplace": True}
    created = convocore.post(CONVERSATIONS, json={"conversation": sent}).json()["data"]

    assert {"ID", "userID", "ts", "lastModified"} == created.keys()


def test_last_modified_moves_when_a_field_changes(convocore: httpx.Client) -> None:
    """And stays when none does."""
    before = convocore.get(DOCUMENTED).json()["data"]
    same = convocore.patch(DOCUMENTED, json={"conversation": {"userName": "John Doe"}}).json()["data"]
    changed = convocore.patch(DOCUMENTED, json={"conversation": {"state": "completed"}}).json()["data"]
    again = convocore.patch(DOCUMENTED, json={"conversation": {"origin": None}}).json()["data"]

    assert before == same
    assert before["lastModified"] < changed["lastModified"] < again["lastModified"]
    assert before | {"state": "completed", "lastModified": changed["lastModified"]} == changed


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "userName": st.text(),
        "tags": st.lists(st.text(), max_size=3),
        "ts": st.integers(),
        "convoTimeSeconds": st.floats(allow_nan=False, allow_infinity=False),
        "voice": st.fixed_dictionaries({}, optional={"listenUrl": st.text(), "listenUrlUNIX": st.integers()}),
        "origin": st.none() | st.booleans() | st.text(),
        "ID": st.text(),
        "lastModified": st.integers(),
    },
)


@given(st.lists(FIELDS, max_size=5))
def test_patch_merges_only_given_fields(patches: list[dict[str, Any]]) -> None:
    """Each field has the last value that was sent for it, but `tags` has all that were sent, each once, in order."""
    with connect(Mock("convocore", check=True)) as client:
        expected = client.get(DOCUMENTED).json()["data"]
        last_modified = expected.pop("lastModified")
        for patch in patches:
            before = copy.deepcopy(expected)
            expected |= {name: value for name, value in patch.items() if name not in {"ID", "lastModified"}}
            expected["tags"] = list(dict.fromkeys([*before["tags"], *patch.get("tags", [])]))
            actual = client.patch(DOCUMENTED, json={"conversation": patch}).json()["data"]
            moved = actual.pop("lastModified") > last_modified

            assert expected == actual
            assert (expected != before) == moved

            last_modified = client.get(DOCUMENTED).json()["data"]["lastModified"]


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_an_unknown_conversation_is_not_found(convocore: httpx.Client, method: str) -> None:
    """Of a known agent, of an unknown agent, and another agent's under the wrong agent."""
    for path in (
        f"{CONVERSATIONS}/nobody",
        "/agents/nobody/convos/agent123_convo456",
        f"{CONVERSATIONS}/agent456_convo789",
    ):
        answer = convocore.request(method, path, json={"conversation": {}})

        assert (404, "NOT_FOUND") == (answer.status_code, answer.json()["code"])


def test_an_unknown_agent_has_no_conversations(convocore: httpx.Client) -> None:
    """Creating needs an agent that exists."""
    answer = convocore.post("/agents/nobody/convos", json={"conversation": {"ts": 1}})

    assert (404, {"message": "Agent not found", "code": "NOT_FOUND"}) == (answer.status_code, answer.json())


def test_an_agent_belongs_to_its_key(convocore: httpx.Client, other_convocore: httpx.Client) -> None:
    """Neither reading, nor changing, nor creating works with another account's key."""
    answers = [
        other_convocore.get(DOCUMENTED),
        other_convocore.patch(DOCUMENTED, json={"conversation": {"userName": "Mallory"}}),
        other_convocore.post(CONVERSATIONS, json={"conversation": {"ts": 1}}),
        other_convocore.get(CONVERSATIONS),
        other_convocore.delete(DOCUMENTED),
        other_convocore.get(f"{CONVERSATIONS}/export"),
        other_convocore.get(f"{DOCUMENTED}/export"),
        other_convocore.get(f"{DOCUMENTED}/details?region=eu"),
        other_convocore.post(f"{DOCUMENTED}/assign", json={"assignToUserId": "mallory"}),
        other_convocore.patch(f"{DOCUMENTED}/messages", json={"turns": []}),
        other_convocore.post(f"{DOCUMENTED}/send", json={"message": "x"}),
        other_convocore.post(f"{DOCUMENTED}/accept-handoff", json={"acceptedByUserId": "mallory"}),
        other_convocore.post("/convos/generate-summaries", json={"items": [ITEM]}),
    ]

    assert [(403, "FORBIDDEN")] * 13 == [(answer.status_code, answer.json()["code"]) for answer in answers]
    assert "John Doe" == convocore.get(DOCUMENTED).json()["data"]["userName"]
    assert 200 == other_convocore.get("/agents/agent456/convos/agent456_convo789").status_code


def test_a_missing_or_wrong_key_is_unauthorized(convocore_vendor: Mock) -> None:
    """401 in the shape of tRPC-OpenAPI."""
    assert {"Authorization": f"Bearer {CONVOCORE_KEYS[0]}"} == convocore_vendor.headers()

    with connect(convocore_vendor) as client:
        for headers in ({"Authorization": ""}, {"Authorization": "Bearer nonsense"}):
            answer = client.get(DOCUMENTED, headers=headers)

            assert (401, "UNAUTHORIZED") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize(
    ("body", "issue"),
    [
        ({}, []),
        ({"conversation": {}}, ["conversation"]),
        ({"conversation": {"ts": "now"}}, ["conversation", "ts"]),
        ({"conversation": {"ts": 1, "tags": ["a", 1]}}, ["conversation", "tags", 1]),
        ({"conversation": {"ts": 1, "state": "gone"}}, ["conversation", "state"]),
        ([], []),
    ],
)
def test_an_invalid_body_has_issues(convocore: httpx.Client, body: object, issue: list[str | int]) -> None:
    """They say where, in names and indexes."""
    answer = convocore.post(CONVERSATIONS, json=body)

    assert (400, "BAD_REQUEST") == (answer.status_code, answer.json()["code"])
    assert issue in [found["path"] for found in answer.json()["issues"]]
    assert all(found["message"] for found in answer.json()["issues"])


def test_another_media_type_is_unsupported(convocore: httpx.Client) -> None:
    """415 in the vendor's shape."""
    answer = convocore.post(CONVERSATIONS, content=b"ts=1", headers={"content-type": "text/plain"})

    assert (415, "UNSUPPORTED_MEDIA_TYPE") == (answer.status_code, answer.json()["code"])


def test_another_method_is_not_allowed(convocore: httpx.Client) -> None:
    """405 with Allow."""
    answer = convocore.put(DOCUMENTED)

    assert (405, "GET, DELETE, PATCH") == (answer.status_code, answer.headers["allow"])


@pytest.mark.parametrize(
    ("status", "code"),
    [(429, "TOO_MANY_REQUESTS"), (418, "BAD_REQUEST"), (500, "INTERNAL_SERVER_ERROR"), (504, "GATEWAY_TIMEOUT")],
)
def test_any_status_has_a_code(status: int, code: str) -> None:
    """A fault may have a status that Convocore's mock never gives by itself."""
    reply = error(Problem(status, "x"))

    assert (status, {"message": "x", "code": code}) == (reply.status, json.loads(reply.body))


def test_an_update_names_the_conversation(convocore: httpx.Client) -> None:
    """As far as its message was seen."""
    answer = convocore.patch(DOCUMENTED, json={"conversation": {"title": "T"}})

    assert "Successfully updated conversation: agent123_convo456" == answer.json()["message"]


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=4), max_size=6))
def test_tags_are_never_lost(patches: list[list[str]]) -> None:
    """An update adds them behind those that are there, each once; an empty list takes none away."""
    with connect(Mock("convocore", check=True)) as client:
        sent = ["new-lead", "high-priority"]
        for tags in patches:
            answer = client.patch(DOCUMENTED, json={"conversation": {"tags": tags}}).json()["data"]
            sent += tags

            assert list(dict.fromkeys(sent)) == answer["tags"]


def test_a_deleted_conversation_is_gone(convocore: httpx.Client) -> None:
    """With its messages: a turn under its id begins anew, and no session of it is left."""
    turn = {"from": "human", "messages": [{"type": "text"}]}
    convocore.patch(f"{DOCUMENTED}/messages", json={"turns": [turn] * 3})
    answer = convocore.delete(DOCUMENTED)
    left = [convocore.get(DOCUMENTED).status_code, convocore.delete(DOCUMENTED).status_code]
    listed = convocore.get(CONVERSATIONS).json()["data"]
    sessions = convocore.get("/workspace/sessions?workspaceId=workspace123&region=eu").json()["sessions"]
    body = {"agentId": "agent123", "convoId": "agent123_convo456", "bucket": "(default)", "prompt": "Hello"}
    convocore.post("/agents/interact", json=body)

    assert {"success": True, "message": "Conversation deleted successfully"} == answer.json()
    assert [404, 404] == left
    assert ["k3v9q7x2m5t8w1z"] == [each["ID"] for each in listed] == [each["convoId"] for each in sessions]
    assert 2 == len(convocore.get(f"{DOCUMENTED}/export").json()["data"]["turns"])


def test_messages_go_with_their_conversation(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """A conversation that is seeded in the place of another has the messages of its seed."""
    turns = [{"from": "human", "messages": [{"type": "text", "item": {"payload": {"message": "Hello"}}}]}]
    convocore.patch(f"{DOCUMENTED}/messages", json={"turns": [*turns, *turns], "lgMessages": [{"n": 2}, "x"]})
    record = {"agentId": "agent123", "ID": "agent123_convo456", "turns": turns, "lgMessages": [1]}
    (stored,) = convocore_vendor.seed(conversations=[record])["conversations"]
    exported = convocore.get(f"{DOCUMENTED}/export").json()["data"]

    assert record | {key: stored[key] for key in ("userID", "ts", "lastModified")} == stored
    assert ["Hello"] == [message["payload"]["message"] for turn in exported["turns"] for message in turn["messages"]]


def test_a_turn_that_is_none_is_no_seed(convocore_vendor: Mock) -> None:
    """It is held to the document."""
    with pytest.raises(ValueError, match=r"conversations\[0\]/turns/0"):
        convocore_vendor.seed(conversations=[{"agentId": "agent123", "turns": [{"text": "Hello"}]}])
