"""Turns with Convocore's agents."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from causerie_mock import Mock
from tests.mock.conftest import connect

CONVERSATIONS = "/agents/agent123/convos"
TURN: dict[str, Any] = {"agentId": "agent123", "convoId": "mine", "bucket": "(default)", "prompt": "Hello"}


def interact(client: httpx.Client, **more: Any) -> Any:
    return client.post("/agents/interact", json={**TURN, **more}).json()


def test_a_new_id_begins_a_conversation(convocore_vendor: Mock) -> None:
    """Nobody needs a key; the conversation has the id, and what is told of the user, and is in the list."""
    user = {"userName": "Ada", "userEmail": "ada@example.com", "origin": "whatsapp", "userPhone": 7, "tags": ["x"]}
    with connect(convocore_vendor) as client:
        answer = client.post(
            "/agents/interact", json={**TURN, "lightConvoData": user, "isTest": True}, headers={"authorization": ""}
        )
        listed = client.get(CONVERSATIONS).json()["data"][0]
    now = listed["ts"]

    assert {
        "success": True,
        "assistantText": "You said: Hello",
        "uiEngineSummary": [],
        "kbDocsRetrieved": [],
        "imagesShown": [],
    } == answer.json()
    assert {
        "ID": "mine",
        "userID": "mine",
        "ts": now,
        "userName": "Ada",
        "userEmail": "ada@example.com",
        "origin": "whatsapp",
        "state": "ai-chatting",
        "isTest": True,
        "messagesNum": 2,
        "interactionsNum": 1,
        "firstMessageTS": now,
        "lastMessageTS": now,
        "lastModified": now,
    } == listed


def test_the_same_id_goes_on(convocore: httpx.Client) -> None:
    """A turn adds two messages and one interaction, also to a conversation that was made otherwise."""
    before = convocore.get(f"{CONVERSATIONS}/agent123_convo456").json()["data"]
    for prompt in ("a", "b"):
        interact(convocore, convoId="agent123_convo456", prompt=prompt, sessionId="s", lightConvoData="Ada")
    after = convocore.get(f"{CONVERSATIONS}/agent123_convo456").json()["data"]
    row = convocore.get(f"{CONVERSATIONS}/agent123_convo456/export").json()
    changed = {name for name in after if before.get(name) != after[name]}

    assert (before["messagesNum"] + 4, 2) == (after["messagesNum"], after["interactionsNum"])
    assert {"messagesNum", "interactionsNum", "lastMessageTS", "lastModified"} == changed
    assert [("user", "a"), ("bot", "You said: a"), ("user", "b"), ("bot", "You said: b")] == [
        (turn["from"], turn["messages"][0]["payload"]["message"]) for turn in row["data"]["turns"]
    ]
    assert 1 == row["usage"]["billableUsedThisRequest"]


def test_a_verbose_answer(convocore: httpx.Client) -> None:
    """It has the turn as it is stored, and what it used."""
    answer = interact(convocore, responseMode="verbose", prompt="Hello there")
    (turn,) = answer["turns"]

    assert ("bot", "mine", "You said: Hello there") == (turn["from"], turn["session_id"], answer["lastBotMessage"])
    assert {"inputTokens": 2, "outputTokens": 4} == answer["metadata"]["tokenUsage"]
    assert "assistantText" not in answer


def test_a_turn_without_history(convocore: httpx.Client) -> None:
    """It is answered, and nothing is stored."""
    answer = interact(convocore, disableRecordHistory=True)

    assert "You said: Hello" == answer["assistantText"]
    assert 404 == convocore.get(f"{CONVERSATIONS}/mine").status_code


def test_a_greeting(convocore: httpx.Client) -> None:
    """It is no message of a person, and so its conversation is in no export."""
    answer = interact(convocore, prompt="start")
    data = convocore.get(f"{CONVERSATIONS}/mine").json()["data"]
    exported = convocore.get(f"{CONVERSATIONS}/export").json()["data"]

    assert "Hello! How can I help you?" == answer["assistantText"]
    assert (1, 0) == (data["messagesNum"], data.get("interactionsNum", 0))
    assert ["k3v9q7x2m5t8w1z"] == [row["metadata"]["convo"]["id"] for row in exported]


def test_a_picture(convocore: httpx.Client) -> None:
    """It is stored in place of a text."""
    picture = {"image": "https://example.com/a.png"}
    interact(convocore, messageType="visual", visualPayload=picture)
    first = convocore.get(f"{CONVERSATIONS}/mine/export").json()["data"]["turns"][0]["messages"][0]

    assert ("visual", picture["image"]) == (first["type"], first["payload"]["image"])


@pytest.mark.parametrize("mode", ["lean", "verbose"])
def test_a_turn_that_fails(convocore: httpx.Client, mode: str) -> None:
    """It is a 200 with an error, and nothing is stored."""
    answer = convocore.post("/agents/interact", json={**TURN, "responseMode": mode, "timeout": 0})

    assert (200, False, "The turn took longer than 0 ms.") == (
        answer.status_code,
        answer.json()["success"],
        answer.json()["error"],
    )
    assert 404 == convocore.get(f"{CONVERSATIONS}/mine").status_code


@pytest.mark.parametrize(("more", "status"), [({"agentId": "nobody"}, 404), ({"bucket": "mars"}, 400)])
def test_a_turn_that_is_refused(convocore: httpx.Client, more: dict[str, str], status: int) -> None:
    """An unknown agent and an unknown region are refused."""
    assert status == convocore.post("/agents/interact", json={**TURN, **more}).status_code


def test_a_conversation_remembers_so_much(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """A thousand turns; its counts go on."""
    turn = {"from": "human", "messages": [{"type": "text"}]}
    record = {"agentId": "agent123", "ID": "mine", "messagesNum": 999, "turns": [turn] * 999}
    convocore_vendor.seed(conversations=[record])
    interact(convocore)
    row = convocore.get(f"{CONVERSATIONS}/mine/export").json()["data"]

    assert (1000, "bot") == (len(row["turns"]), row["turns"][-1]["from"])
    assert 1001 == convocore.get(f"{CONVERSATIONS}/mine").json()["data"]["messagesNum"]


def test_numbers_that_nobody_has_counted(convocore: httpx.Client) -> None:
    """They stay as they are, whatever is added, and no time is too large to be asked for or shown."""
    huge = 10**4300 - 1
    path = f"{CONVERSATIONS}/k3v9q7x2m5t8w1z"
    written = {"messagesNum": huge, "interactionsNum": -huge, "ts": huge}
    body = json.dumps({"conversation": written})
    convocore.patch(path, content=body, headers={"content-type": "application/json"})
    interact(convocore, convoId="k3v9q7x2m5t8w1z")
    data = convocore.get(path).json()["data"]
    times = {"fromTs": "9" * 999, "toTs": "9" * 999}
    exported = [convocore.get(f"{CONVERSATIONS}/export", params={name: value}) for name, value in times.items()]

    assert written == {name: data[name] for name in written}
    assert [1, 0] == [len(answer.json()["data"]) for answer in exported]
