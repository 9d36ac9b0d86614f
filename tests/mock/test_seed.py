"""Records that a test puts into a vendor's state."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from causerie_mock import Mock, document
from tests.mock.conftest import connect
from tests.mock.test_raia import CONVERSATIONS, ID, ids


def examples(vendor: str, path: str, method: str) -> list[Any]:
    """Return the documented examples of the answer to an operation."""
    content = document(vendor)["paths"][path][method]["responses"]["200"]["content"]["application/json"]
    return [example["value"] for example in content["examples"].values()]


def test_a_raia_user_is_reached_by_its_address(raia_vendor: Mock, raia: httpx.Client) -> None:
    """What is left out is made up, and what was known is kept."""
    (ada,) = raia_vendor.seed(users=[{"email": "ada@test.com", "firstName": "Ada", "fkId": "1"}])["users"]
    (again,) = raia_vendor.seed(users=[{"id": ada["id"], "lastName": "King"}])["users"]
    start = {"channel": "email", "email": "ada@test.com", "emailSubject": "x", "emailIntroduction": "x"}
    started = raia.post(f"{CONVERSATIONS}/start", json={**start, "firstName": "Augusta", "lastName": "King"}).json()
    user = raia.get(f"{CONVERSATIONS}/{started['conversationId']}").json()["user"]

    assert {
        "id": ada["id"],
        "firstName": "Ada",
        "lastName": "User",
        "email": "ada@test.com",
        "fkId": "1",
        "isAnonymized": False,
    } == ada
    assert {**ada, "lastName": "King"} == again
    assert {**again, "firstName": "Augusta"} == user


def test_raia_states_are_listed(raia_vendor: Mock, raia: httpx.Client) -> None:
    """After those that are there; one with a known id takes its place."""
    (won,) = raia_vendor.seed(states=[{"name": "Won"}])["states"]
    raia_vendor.seed(states=[{"id": won["id"], "name": "Lost", "color": "#f00"}])
    names = {state["id"]: state["name"] for state in raia.get(f"{CONVERSATIONS}/states").json()}

    assert "Won" == won["name"]
    assert {"New", "Complete", "Lost"} == set(names.values())
    assert "Lost" == names[won["id"]]


def test_a_raia_conversation_has_all_that_it_was_given(raia_vendor: Mock, raia: httpx.Client) -> None:
    """Fields, user, messages with files and feedbacks; the AI's answer is that to the question before it."""
    record: dict[str, Any] = {
        "id": "c1",
        "title": "Engines",
        "createdAt": "2024-01-01T00:00:00Z",
        "updatedAt": "2024-01-02T00:00:00+01:00",
        "assignedUser": {"id": "u", "firstName": "Jane", "lastName": "Doe", "email": "jane@test.com"},
        "user": {"id": "ada", "firstName": "Ada", "email": "ada@test.com"},
        "messages": [
            {"id": "m0", "message": "Welcome", "senderRole": "manual_assistant"},
            {"id": "m1", "message": "How?", "files": [{"fileName": "a.txt", "size": 5}]},
            {
                "id": "m2",
                "message": "So.",
                "senderRole": "assistant",
                "conversationMessageFeedbacks": [{"voteType": "down", "comment": "Hm"}],
            },
        ],
        "feedbacks": [{"id": "f2", "answer": "Welcome"}, {"id": "f3", "answer": "Nothing"}],
    }
    (stored,) = raia_vendor.seed(conversations=[record])["conversations"]
    conversation = raia.get(f"{CONVERSATIONS}/c1").json()
    messages = raia.get(f"{CONVERSATIONS}/c1/messages", params={"shouldIncludeFeedbacks": "true"}).json()["messages"]
    polled = raia.get(f"{CONVERSATIONS}/c1/messages/m1/response-on").json()
    rated = ids(raia.get(CONVERSATIONS, params={"withFeedbacksOnly": "true"}))

    assert {name: record[name] for name in ("id", "title", "assignedUser")} == {
        name: conversation[name] for name in ("id", "title", "assignedUser")
    }
    assert ("2024-01-01T00:00:00.000Z", "2024-01-01T23:00:00.000Z") == (
        conversation["createdAt"],
        conversation["updatedAt"],
    )
    assert {**record["user"], "lastName": "User", "isAnonymized": False} == conversation["user"]
    assert conversation["user"]["id"] == conversation["conversationUserId"]
    assert ["m0", "m1", "m1"] == [message["conversationMessageId"] for message in messages]
    assert ("So.", "completed") == (polled["message"]["message"], polled["status"])
    assert ("a.txt", 5) == (messages[1]["files"][0]["fileName"], messages[1]["files"][0]["size"])
    assert [["Welcome"], [], ["So."]] == [
        [each["answer"] for each in message["conversationMessageFeedbacks"]] for message in messages
    ]
    assert [("So.", "down"), ("Welcome", "up"), ("Nothing", "up")] == [
        (each["answer"], each["voteType"]) for each in conversation["feedbacks"]
    ]
    assert {"c1", ID} == set(rated)
    assert conversation == {name: value for name, value in stored.items() if name not in {"messages", "source"}}


def test_a_seeded_raia_conversation_finds_its_user(raia_vendor: Mock, raia: httpx.Client) -> None:
    """By id, among those seeded with it, those that were there, and otherwise a new one."""
    raia_vendor.seed(
        users=[{"id": "ada", "firstName": "Ada"}],
        conversations=[
            {"id": name, "conversationUserId": user} for name, user in (("1", "ada"), ("2", ID), ("3", "x"))
        ],
    )
    users = [raia.get(f"{CONVERSATIONS}/{name}").json()["user"] for name in "123"]

    assert ["Ada", "John", "Unknown"] == [user["firstName"] for user in users]
    assert ["ada", ID, "x"] == [user["id"] for user in users]


def test_a_raia_seed_may_name_a_user_often(raia_vendor: Mock) -> None:
    """Each time with something else; nothing that was said before is lost."""
    ada = {"id": "ada", "firstName": "Ada"}
    seeded = raia_vendor.seed(
        users=[ada, {"id": "ada", "lastName": "King"}, {"id": "bob"}],
        conversations=[
            {"conversationUserId": "bob", "user": {"firstName": "Bob"}},
            {"conversationUserId": "bob", "user": {"email": "bob@test.com"}},
            {"conversationUserId": "ada"},
        ],
    )
    users = [each["user"] for each in seeded["conversations"]]

    assert ["Bob", "Bob", "Ada"] == [user["firstName"] for user in users]
    assert ["bob@test.com", "bob@test.com"] == [user["email"] for user in users[:2]]
    assert "King" == users[2]["lastName"]


def test_a_seeded_raia_conversation_has_a_channel(raia_vendor: Mock, raia: httpx.Client) -> None:
    """`source` is what its messages say, and voice refuses manual messages; seeding again replaces the conversation."""
    raia_vendor.seed(conversations=[{"id": "c", "source": "voice", "mode": "manual", "messages": [{"message": "Hi"}]}])
    (message,) = raia.get(f"{CONVERSATIONS}/c/messages").json()["messages"]
    refused = raia.post(f"{CONVERSATIONS}/c/send-manual-message", json={"message": "x"}).status_code
    raia_vendor.seed(conversations=[{"id": "c", "mode": "manual"}])
    sent = raia.post(f"{CONVERSATIONS}/c/send-manual-message", json={"message": "x"})

    assert ("voice", 400) == (message["source"], refused)
    assert (200, "api") == (sent.status_code, sent.json()["source"])


def test_what_raia_stored_can_be_seeded_again() -> None:
    """Into another mock, which then has the same conversations."""
    first, second = Mock("raia", check=True), Mock("raia", seed=1, check=True)
    stored = first.seed(
        conversations=[
            {"context": "C", "messages": [{"message": "Hi"}, {"message": "Ho", "senderRole": "assistant"}]},
            {"source": "voice", "feedbacks": [{"answer": "Ho"}]},
        ]
    )
    again = second.seed(**stored)

    assert stored == again


def test_convocore_agents_and_conversations(
    convocore_vendor: Mock, convocore: httpx.Client, other_convocore: httpx.Client
) -> None:
    """A conversation may have fields that only answers have; its agent belongs to the tenant."""
    (example,) = examples("convocore", "/agents/{agentId}/convos/{conversationId}", "get")
    seeded = convocore_vendor.seed(
        agents=[{"agentId": "a1"}, {"agentId": "agent123"}],
        conversations=[
            {"agentId": "a1", **example["data"], "countryCode": "DE", "tokenUsage": {"cumulativeUsd": 0.5}},
            {"agentId": "a1", "userName": "Ada"},
        ],
    )
    full, short = seeded["conversations"]
    path = f"/agents/a1/convos/{full['ID']}"
    patched = convocore.patch(path, json={"conversation": {"state": "completed"}}).json()["data"]

    assert {"agentId": "a1", **example["data"], "countryCode": "DE", "tokenUsage": {"cumulativeUsd": 0.5}} == full
    assert patched.items() >= {"state": "completed", "countryCode": "DE"}.items()
    assert "agentId" not in patched
    assert short["ID"] == short["userID"]
    assert (200, 403) == (convocore.get(path).status_code, other_convocore.get(path).status_code)
    assert 200 == convocore.get("/agents/agent123/convos/agent123_convo456").status_code


def test_the_zild_sample_can_be_seeded(zild_vendor: Mock, zild: httpx.Client) -> None:
    """And goes on; what its message says of its delivery stays, and its own messages have no delivery."""
    (sample,) = examples("zild", "/api/Conversation/proactive-conversation", "post")
    sample[0]["messages"].append({"from": "<string>", "content": "From the contact"})
    (stored,) = zild_vendor.seed(conversations=sample)["conversations"]
    (conversation,) = zild.post(
        "/api/Conversation/proactive-conversation",
        json={"recipient": ["<string>"], "channelId": 123, "conversationTemplateId": 1},
    ).json()
    first, second, third = conversation["messages"]

    assert {**sample[0], "tenantId": 1, "messages": stored["messages"]} == stored
    assert (123, 1) == (conversation["id"], conversation["tenantId"])
    assert {**sample[0]["messages"][0], "tenantId": 1} == first
    assert {"messageStatus", "sent", "delivered", "read"}.isdisjoint(second)
    assert "Template 1" == third["content"] == conversation["lastMessageContent"]


def test_zild_numbers_are_used_once(zild_vendor: Mock, zild: httpx.Client) -> None:
    """A seeded conversation may have any number; the others go around it."""
    zild_vendor.seed(conversations=[{}, {"id": 1}, {"id": 4}])
    made = [
        conversation["id"]
        for conversation in zild.post("/api/Conversation/proactive-conversation", json={"recipient": ["a", "b"]}).json()
    ]

    assert [3, 5] == made


@pytest.mark.parametrize(
    ("vendor", "data", "sentence"),
    [
        ("raia", {"people": []}, "'people' is not a kind of record; choose from users, states, conversations."),
        ("raia", {"users": {"id": "x"}}, "users is \"{'id': 'x'}\"; give a list of objects."),
        ("raia", {"users": ["x"]}, 'users[0]: "x" is not of type "object".'),
        ("raia", {"users": [{}, {"firstName": 1}]}, 'users[1]/firstName: 1 is not of type "string".'),
        ("raia", {"users": [{"id": object()}]}, "A seed is not JSON: Object of type object is not JSON serializable"),
        ("raia", {"states": [{"createdAt": "today"}]}, 'states[0]/createdAt: "today" is not a "date-time".'),
        (
            "raia",
            {"conversations": [{"messages": [{"message": "x"}, {}]}]},
            'conversations[0]/messages/1: "message" is a required property.',
        ),
        ("raia", {"conversations": [{"source": "fax"}]}, 'conversations[0]/source: "fax" is not one of'),
        (
            "raia",
            {"conversations": [{"updatedAt": "2016-12-31T23:59:60Z"}]},
            "conversations[0]/updatedAt: '2016-12-31T23:59:60Z' is not a time such as 2023-10-01T12:00:00.000Z.",
        ),
        ("raia", {"conversations": [{"createdAt": "0001-01-01T00:00:00+01:00"}]}, "conversations[0]/createdAt: '0001"),
        (
            "convocore",
            {"agents": [{"agentId": "agent456"}]},
            "agents[0]/agentId: 'agent456' belongs to the other tenant.",
        ),
        ("convocore", {"agents": [{"agentId": "x", "name": "x"}]}, "agents[0]: Additional properties are not allowed"),
        (
            "convocore",
            {"agents": [{"agentId": "x"}], "conversations": [{"agentId": "y"}]},
            "conversations[0]/agentId: tenant 0 has no agent 'y'; seed it under agents.",
        ),
        ("convocore", {"conversations": [{}]}, 'conversations[0]: "agentId" is a required property.'),
        ("convocore", {"conversations": [{"agentId": "agent123", "ts": "now"}]}, "conversations[0]/ts: "),
        ("zild", {"contacts": [{"id": "1"}]}, 'contacts[0]/id: "1" is not of type "integer".'),
        ("zild", {"accounts": [{"name": "x"}]}, 'accounts[0]: "id" is a required property.'),
        ("zild", {"templates": [{"id": 1}]}, 'templates[0]: "content" is a required property.'),
        ("zild", {"conversations": [{"id": 2**31}]}, "conversations[0]/id: 2147483648 is greater than the maximum"),
        (
            "zild",
            {"conversations": [{"messages": [{"createdAt": "0000-01-01T00:00:00Z"}]}]},
            "conversations[0]/messages/0/createdAt: '0000-01-01T00:00:00Z' is not a valid date.",
        ),
    ],
)
def test_a_bad_seed_is_refused_as_a_whole(vendor: str, data: dict[str, Any], sentence: str) -> None:
    """The sentence says which record and where; what stands beside it is not stored either."""
    mock = Mock(vendor)
    before = mock.snapshot()["state"]["memory"]

    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the sentence holds what match would read as a pattern)
        mock.seed(**data)

    after = mock.snapshot()["state"]["memory"]
    for memory in (before, after):  # numbers may be left out
        memory.pop("next_conversation", None)
        memory.pop("next_message", None)

    assert sentence == str(caught.value)[: len(sentence)]
    assert before == after


@pytest.mark.parametrize("tenant", [-1, 2, "0"])
def test_an_unknown_tenant_is_refused(tenant: Any) -> None:
    """There are two."""
    with pytest.raises(ValueError, match=r"tenant is .*; give a number from 0 to 1"):
        Mock("raia").seed(tenant=tenant, users=[])


def test_a_seed_is_copied() -> None:
    """What a test does with its records before or after is its own affair."""
    mock = Mock("raia", check=True)
    record: dict[str, Any] = {"id": "c", "metadata": {"customData": {"a": 1}}, "messages": [{"message": "x"}]}
    (stored,) = mock.seed(conversations=[record])["conversations"]
    record["metadata"]["customData"]["a"] = stored["metadata"]["customData"]["a"] = 2
    stored["messages"][0]["message"] = "y"
    with connect(mock) as raia:
        conversation = raia.get(f"{CONVERSATIONS}/c").json()
        (message,) = raia.get(f"{CONVERSATIONS}/c/messages").json()["messages"]

    assert {"customData": {"a": 1}} == conversation["metadata"]
    assert "x" == message["message"]
