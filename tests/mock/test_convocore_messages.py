"""Convocore's messages: replaced as a whole, and sent to the person of a conversation."""

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
CHATTED = f"{CONVERSATIONS}/k3v9q7x2m5t8w1z"

MESSAGES = st.fixed_dictionaries(
    {"type": st.sampled_from(["text", "choice", "end"])},
    optional={
        "item": st.fixed_dictionaries(
            {}, optional={"payload": st.none() | st.text() | st.fixed_dictionaries({"message": st.text() | st.none()})}
        ),
        "ts": st.integers(0, 2**31),
    },
)
TURNS = st.lists(
    st.fixed_dictionaries(
        {"from": st.sampled_from(["human", "bot", "system"]), "messages": st.lists(MESSAGES, max_size=3)},
        optional={"ts": st.integers(0, 2**31)},
    ),
    max_size=4,
)


def followed(turns: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the page says that a conversation takes from its turns."""
    messages = [(turn, message) for turn in turns for message in turn["messages"]]
    payloads = [message.get("item", {}).get("payload") for _, message in messages]
    texts = [each["message"] for each in payloads if isinstance(each, dict) and each["message"] is not None]
    times = [message.get("ts", turn.get("ts")) for turn, message in messages if "ts" in message or "ts" in turn]
    found: dict[str, Any] = {"messagesNum": len(messages)}
    found |= {"lastMessage": texts[-1]} if texts else {}
    return found | ({"firstMessageTS": times[0], "lastMessageTS": times[-1]} if times else {})


@given(TURNS, st.none() | st.booleans())
def test_a_conversation_follows_its_turns(turns: list[dict[str, Any]], follows: bool | None) -> None:
    """Unless it is not to; what the turns do not tell stays as it was, and the answer tells it either way."""
    mock = Mock("convocore", check=True)
    body = {"turns": turns} | ({} if follows is None else {"updateConversationMetadata": follows})
    with connect(mock) as client:
        before = client.get(CHATTED).json()["data"]
        answer = client.patch(f"{CHATTED}/messages", json=body).json()
        after = client.get(CHATTED).json()["data"]
        exported = client.get(f"{CHATTED}/export").json()["data"]["turns"]
    data = answer["data"]
    expected = followed(turns)
    named = {"agentId": "agent123", "convoId": "k3v9q7x2m5t8w1z", "turns": turns}

    assert "Successfully updated conversation messages: k3v9q7x2m5t8w1z" == answer["message"]
    assert {**named, **expected, "updatedAt": data["updatedAt"]} == data
    assert [turn["from"] == "human" for turn in turns] == [turn["from"] == "user" for turn in exported]
    if follows is False:
        assert before == after
    else:
        assert before | expected | {"lastModified": data["updatedAt"]} == after
        assert before["lastModified"] < data["updatedAt"]


@pytest.mark.parametrize(
    ("turn", "path"),
    [
        ({"text": "Hello"}, ["turns", 0]),
        ({"from": "human"}, ["turns", 0]),
        ({"from": "user", "messages": []}, ["turns", 0, "from"]),
        ({"from": "human", "messages": [{}]}, ["turns", 0, "messages", 0]),
        ({"from": "human", "messages": [{"type": "song"}]}, ["turns", 0, "messages", 0, "type"]),
    ],
)
def test_what_is_no_turn_is_refused(convocore: httpx.Client, turn: Any, path: list[Any]) -> None:
    """With its place."""
    answer = convocore.patch(f"{CHATTED}/messages", json={"turns": [turn]})

    assert (400, path) == (answer.status_code, answer.json()["issues"][0]["path"])


def test_what_is_not_known_of_a_turn_is_kept(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """And so are `lgMessages` when none are sent; a key of the body that no document has is no error."""
    turn = {"from": "bot", "mood": 1, "messages": [{"type": "text", "mood": [2]}]}
    for body in ({"turns": [], "lgMessages": [1, "x", None]}, {"turns": [turn], "confirmReplace": True}):
        answer = convocore.patch(f"{CHATTED}/messages", json=body)
    kept = convocore_vendor.snapshot()["state"]["memory"]["agents"]["records"]["agent123"]["messages"]["records"]

    assert [turn] == answer.json()["data"]["turns"]
    assert {"turns": [turn], "lgMessages": [1, "x", None]} == kept["k3v9q7x2m5t8w1z"]


def on(convocore: httpx.Client, origin: Any, state: str = "ai-chatting") -> None:
    convocore.patch(CHATTED, json={"conversation": {"origin": origin, "state": state}})


@pytest.mark.parametrize("origin", ["whatsapp", "messenger", "instagram", "telegram", "sms", "discord"])
@pytest.mark.parametrize("dry", [True, False])
def test_a_channel_delivers(convocore: httpx.Client, origin: str, dry: bool) -> None:
    """Unless it is a dry run, which does nothing; what is sent comes from the bot, and is kept."""
    on(convocore, origin)
    before = convocore.get(CHATTED).json()["data"]
    messages = [{"from": "human", "item": {"payload": 1}}, {"type": "choice", "ts": 5, "sourceLabel": "mine"}]
    body = {"messages": messages, "sourceLabel": "campaign", "options": {"dryRun": dry}}
    data = convocore.post(f"{CHATTED}/send", json=body).json()["data"]
    after = convocore.get(CHATTED).json()["data"]
    turns = convocore.get(f"{CHATTED}/export").json()["data"]["turns"]

    assert (origin, True, not dry, not dry, dry) == (
        data["origin"],
        data["channelDeliverable"],
        data["delivered"],
        data["persisted"],
        data.get("dryRun", False),
    )
    assert [("bot", "text", "campaign"), ("bot", "choice", "mine")] == [
        (each["from"], each["type"], each["sourceLabel"]) for each in data["messages"]
    ]
    assert (before if dry else before | {"messagesNum": 4, "lastMessageTS": 5}) == after | (
        {} if dry else {"lastModified": before["lastModified"]}
    )
    assert (2 if dry else 3) == len(turns)
    assert ("edgeResponse" in data) is not dry


@pytest.mark.parametrize("origin", ["web-chat", "voice", "email", {"a": 1}])
def test_a_channel_that_cannot_deliver(convocore: httpx.Client, origin: Any) -> None:
    """The message is kept, and the answer says why it was not delivered."""
    on(convocore, origin)
    data = convocore.post(f"{CHATTED}/send", json={"message": "Hello"}).json()["data"]
    said = origin if isinstance(origin, str) else "web-chat"
    row = convocore.get(f"{CHATTED}/export").json()["data"]

    assert (said, False, False, True) == (
        data["origin"],
        data["channelDeliverable"],
        data["delivered"],
        data["persisted"],
    )
    assert said in data["reason"]
    assert "Hello" == row["turns"][-1]["messages"][0]["payload"]["message"]


@pytest.mark.parametrize("dry", [True, False])
def test_nothing_is_sent_while_a_person_is_chatting(convocore: httpx.Client, dry: bool) -> None:
    """Where that is asked for."""
    on(convocore, "sms", "human-chatting")
    options = {"skipIfHumanHandoff": True, "dryRun": dry}
    skipped = convocore.post(f"{CHATTED}/send", json={"message": "Hello", "options": options}).json()["data"]
    turns = convocore.get(f"{CHATTED}/export").json()["data"]["turns"]
    sent = convocore.post(f"{CHATTED}/send", json={"message": "Hello"}).json()["data"]

    assert (True, False, False, 2) == (skipped["skipped"], skipped["delivered"], skipped["persisted"], len(turns))
    assert skipped["reason"]
    assert (True, False) == (sent["delivered"], "skipped" in sent)


@pytest.mark.parametrize(
    ("body", "path"), [({}, ["message"]), ({"message": ""}, ["message"]), ({"messages": []}, ["messages"])]
)
def test_nothing_cannot_be_sent(convocore: httpx.Client, body: Any, path: list[str]) -> None:
    """A message, or messages."""
    answer = convocore.post(f"{CHATTED}/send", json=body)

    assert (400, path) == (answer.status_code, answer.json()["issues"][0]["path"])


def test_a_message_comes_before_messages(convocore: httpx.Client) -> None:
    """Both are sent."""
    body = {"message": "first", "messages": [{"item": {"payload": {"message": "second"}}}]}
    sent = convocore.post(f"{CHATTED}/send", json=body).json()["data"]["messages"]

    assert ["first", "second"] == [each["item"]["payload"]["message"] for each in sent]


def test_a_first_message(convocore: httpx.Client) -> None:
    """A conversation without any takes counts and times from it; its last message follows where it has one."""
    path = f"{CONVERSATIONS}/" + convocore.post(CONVERSATIONS, json={"conversation": {"ts": 1}}).json()["data"]["ID"]
    convocore.post(f"{path}/send", json={"message": "Hello"})
    without = convocore.get(path).json()["data"]
    convocore.patch(path, json={"conversation": {"lastMessage": "?"}})
    convocore.post(f"{path}/send", json={"message": "Bye"})
    data = convocore.get(path).json()["data"]

    assert (1, without["lastMessageTS"]) == (without["messagesNum"], without["firstMessageTS"])
    assert "lastMessage" not in without
    assert (2, "Bye") == (data["messagesNum"], data["lastMessage"])
    assert without["firstMessageTS"] == data["firstMessageTS"] < data["lastMessageTS"]
