"""Zild, played."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaver_mock import ZILD_TOKENS, Mock, document
from tests.mock.conftest import connect

START = "/api/Conversation/proactive-conversation"


def test_the_documented_request_is_answered(zild: httpx.Client) -> None:
    """The page's sample names one recipient, one contact and one account."""
    body = document("zild")["paths"][START]["post"]["requestBody"]["content"]["application/json"]
    (example,) = body["examples"].values()
    answer = zild.post(START, json=example["value"])

    assert 200 == answer.status_code
    assert ["<string>", "contact 123", "account 123"] == [conversation["from"] for conversation in answer.json()]
    assert [None, "Contact 123", "Account 123"] == [conversation["contactName"] for conversation in answer.json()]


NUMBERS = st.lists(st.integers(-(2**31), 2**31 - 1), max_size=4)
PEOPLE: dict[str, st.SearchStrategy[Any]] = {
    "recipient": st.none() | st.lists(st.text(), max_size=4),
    "contactIds": st.none() | NUMBERS,
    "accountIds": st.none() | NUMBERS,
}


@given(st.fixed_dictionaries({}, optional=PEOPLE))
def test_everybody_gets_a_conversation(body: dict[str, Any]) -> None:
    """One each, with ids that count on; nobody gets none."""
    with connect(Mock("zild", check=True)) as zild:
        got = [conversation["id"] for _ in range(2) for conversation in zild.post(START, json=body).json()]
    people = sum(len(value or ()) for value in body.values())

    assert list(range(1, 2 * people + 1)) == got


def test_a_conversation_repeats_the_request(zild: httpx.Client) -> None:
    """Channel, bot, user, queue and type are those that were asked for."""
    asked = {"channelId": 1, "botId": 2, "userId": 3, "queueId": 4, "counterpartUserId": 5, "liveAgent": True}
    asked |= {"conversationIntegrationType": 18}
    (conversation,) = zild.post(START, json=asked | {"recipient": ["+55"]}).json()

    assert asked | {"from": "+55", "active": True, "tenantId": 1} == {
        name: conversation[name] for name in (*asked, "from", "active", "tenantId")
    }
    assert conversation["createdAt"] == conversation["lastConversationUpdateTime"] == conversation["queuedAt"]
    assert [] == conversation["messages"]


def test_a_template_is_the_first_message(zild: httpx.Client) -> None:
    """With its variables, from the channel to the recipient."""
    body = {"recipient": ["+55"], "conversationTemplateId": 7, "contentVariables": {"1": "Ada"}, "channelId": 2}
    (conversation,) = zild.post(START, json=body).json()
    (message,) = conversation["messages"]

    assert "Template 7" == message["content"] == conversation["lastMessageContent"]
    assert {"1": "Ada"} == json.loads(message["contentVariables"])
    assert ("channel 2", "+55", conversation["id"]) == (message["from"], message["to"], message["conversationId"])


def test_tenants_are_told_apart(zild_vendor: Mock) -> None:
    """The token decides the tenant."""
    with connect(zild_vendor, 1) as client:
        (conversation,) = client.post(START, json={"recipient": ["+55"]}).json()

    assert {"Authorization": f"Bearer {ZILD_TOKENS[1]}"} == zild_vendor.headers(1)
    assert 2 == conversation["tenantId"]


@pytest.mark.parametrize("value", [None, "Bearer nonsense", ZILD_TOKENS[0]])
def test_a_missing_or_wrong_token_is_challenged(zild_vendor: Mock, value: str | None) -> None:
    """401 with WWW-Authenticate and without a body."""
    with connect(zild_vendor) as client:
        client.headers = httpx.Headers({} if value is None else {"Authorization": value})
        answer = client.post(START, json={})

    assert (401, "Bearer", b"") == (answer.status_code, answer.headers["www-authenticate"], answer.content)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"channelId": "1"}, "$.channelId"),
        ({"channelId": 2**31}, "$.channelId"),
        ({"recipient": ["+1", 2]}, "$.recipient.1"),
        ({"conversationIntegrationType": 19}, "$.conversationIntegrationType"),
        ({"contactIds": list(range(1001))}, "$.recipient"),
        ([], "$"),
    ],
)
def test_an_invalid_body_is_a_problem(zild: httpx.Client, body: object, place: str) -> None:
    """RFC 9457 with the errors by place."""
    answer = zild.post(START, json=body)

    assert (400, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
    assert [place] == list(answer.json()["errors"])


def test_errors_at_one_place_are_gathered(zild: httpx.Client) -> None:
    """A place has a list of messages."""
    answer = zild.post(START, json={"conversationIntegrationType": "x"})

    assert 2 == len(answer.json()["errors"]["$.conversationIntegrationType"])


def test_another_media_type_is_a_problem(zild: httpx.Client) -> None:
    """415 without errors."""
    answer = zild.post(START, content=b"x", headers={"content-type": "text/plain"})

    assert (415, "Unsupported Media Type") == (answer.status_code, answer.json()["title"])
    assert "errors" not in answer.json()
