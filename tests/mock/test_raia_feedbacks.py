"""raia's feedbacks: votes on messages."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from causerie_mock import Mock
from causerie_mock.raia import feedbacks
from tests.mock.test_raia import CONVERSATIONS, DOCUMENTED, ID, create, ids, refused

FEEDBACKS = "/external/conversation-message-feedbacks"
VOTED = "123e4567-e89b-12d3-a456-426614174000"
EXAMPLE = {
    "conversationMessageId": VOTED,
    "userId": VOTED,
    "voteType": "up",
    "question": "How does quantum entanglement work?",
    "comment": "Awesome :)",
}


def save(client: httpx.Client, **fields: Any) -> dict[str, Any]:
    """Return the feedback of the document's example, with other fields, as stored."""
    answer = client.post(FEEDBACKS, json={**EXAMPLE, **fields})

    assert 201 == answer.status_code

    return dict(answer.json())


def shown(client: httpx.Client, path: str) -> list[list[dict[str, Any]]]:
    """Return the feedbacks of each message of a conversation."""
    messages = client.get(f"{path}/messages", params={"shouldIncludeFeedbacks": "true"}).json()["messages"]
    return [message["conversationMessageFeedbacks"] for message in messages]


def test_a_saved_feedback_shows(raia: httpx.Client) -> None:
    """In the answer, in its conversation, and with its message when asked for; the conversation has not changed."""
    before = raia.get(DOCUMENTED).json()
    saved = save(raia)
    conversation = raia.get(DOCUMENTED).json()
    own = {name: value for name, value in saved.items() if name != "conversationMessageId"}

    assert {**EXAMPLE, "answer": None}.items() - {"userId": VOTED}.items() <= saved.items()
    assert saved["createdAt"] == saved["updatedAt"]
    assert [*before["feedbacks"], {**own, "userEmail": None}] == conversation["feedbacks"]
    assert [[], [ID, saved["id"]]] == [[each["id"] for each in feedbacks] for feedbacks in shown(raia, DOCUMENTED)]
    assert before["updatedAt"] == conversation["updatedAt"]


def test_a_second_vote_takes_the_place_of_the_first(raia: httpx.Client) -> None:
    """As a whole: what it does not say is gone. Id and creation stay."""
    first = save(raia, answer="A")
    second = raia.post(
        FEEDBACKS, json={"conversationMessageId": VOTED, "userId": VOTED, "voteType": "down", "question": "Q"}
    ).json()
    feedbacks = raia.get(DOCUMENTED).json()["feedbacks"]

    assert (first["id"], first["createdAt"]) == (second["id"], second["createdAt"])
    assert ("down", "Q", None, None) == tuple(second[name] for name in ("voteType", "question", "answer", "comment"))
    assert first["updatedAt"] < second["updatedAt"]
    assert [ID, first["id"]] == [feedback["id"] for feedback in feedbacks]


def test_another_user_has_a_vote_of_its_own(raia: httpx.Client) -> None:
    """With the email address of who votes."""
    save(raia)
    save(raia, userId=ID, voteType="down")

    assert [("down", "test@test.com"), ("up", None), ("down", "test@test.com")] == [
        (each["voteType"], each["userEmail"]) for each in shown(raia, DOCUMENTED)[1]
    ]


def test_a_vote_is_a_feedback(raia: httpx.Client) -> None:
    """A conversation is among those with feedbacks from then on, whoever's message it is."""
    conversation = create(raia)
    path = f"{CONVERSATIONS}/{conversation['id']}"
    question = raia.post(f"{path}/messages/async", json={"message": "Hm?"}).json()
    before = ids(raia.get(CONVERSATIONS, params={"withFeedbacksOnly": "true"}))
    save(raia, conversationMessageId=question["id"])

    assert [ID] == before
    assert {ID, conversation["id"]} == set(ids(raia.get(CONVERSATIONS, params={"withFeedbacksOnly": "true"})))


@pytest.mark.parametrize(("name", "value"), [("conversationMessageId", "nothing"), ("userId", "nobody")])
def test_what_is_unknown_is_a_bad_request(raia: httpx.Client, name: str, value: str) -> None:
    """No 404 is published."""
    answer = raia.post(FEEDBACKS, json={**EXAMPLE, name: value})

    assert (400, "BAD_REQUEST", "INVALID_REQUEST") == refused(answer)
    assert [f"/{name}"] == [detail["path"] for detail in answer.json()["details"]]


def test_another_agents_message_is_unknown(other_raia: httpx.Client) -> None:
    """As is its user."""
    user = create(other_raia)["conversationUserId"]

    assert 400 == other_raia.post(FEEDBACKS, json={**EXAMPLE, "userId": user}).status_code


def test_the_oldest_feedbacks_make_room(raia_vendor: Mock, raia: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A conversation remembers a thousand."""
    monkeypatch.setattr(feedbacks, "_MAX_FEEDBACKS", 2)
    saved = [save(raia, userId=user)["id"] for user in (VOTED, ID)]

    assert saved == [feedback["id"] for feedback in raia.get(DOCUMENTED).json()["feedbacks"]]


def test_a_restored_vote_is_still_the_users(raia_vendor: Mock, raia: httpx.Client) -> None:
    """A saved state knows who has voted."""
    first = save(raia)
    raia_vendor.restore(raia_vendor.snapshot())

    assert first["id"] == save(raia)["id"]
