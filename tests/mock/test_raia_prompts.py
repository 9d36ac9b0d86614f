"""raia's prompts: questions that belong to no conversation."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from causerie_mock import Mock
from causerie_mock.raia.reply import Question, ReplyFailed
from tests.mock.conftest import connect
from tests.mock.test_raia import ID, refused

PROMPTS = "/external/prompts"
COMPLETED = {"status": "completed", "totalTokens": 5, "response": "You said: How?", "error": None}


def ask(client: httpx.Client, text: str = "How?", **fields: Any) -> str:
    """Return the path of the response to an asynchronous prompt."""
    prompt_id = client.post(f"{PROMPTS}/async", json={"prompt": text, **fields}).json()["promptId"]
    return f"{PROMPTS}/{prompt_id}/response-on"


# behaviour: prompt-is-echoed, tokens-are-words
def test_a_prompt_is_answered_at_once(raia: httpx.Client) -> None:
    """By the reply function; tokens are words."""
    files = [{"fileName": "a.txt", "storagePath": "prompt-files/a.txt"}]
    answer = raia.post(PROMPTS, json={"prompt": "How?", "tokenTrackingId": "t", "files": files})

    assert (200, {**COMPLETED, "totalTokens": 4}) == (answer.status_code, answer.json())


# behaviour: prompt-takes-one-poll
@pytest.mark.parametrize("polls", [0, 1, 3])
def test_an_asynchronous_response_is_null_first(polls: int) -> None:
    """For as many polls as an answer to a message is pending, and completed from then on."""
    with connect(Mock("raia", check=True, pending_polls=polls)) as raia:
        path = ask(raia)
        answers = [raia.get(path) for _ in range(polls + 2)]

    assert {(200, "application/json")} == {(each.status_code, each.headers["content-type"]) for each in answers}
    assert [b"null"] * polls == [each.content for each in answers[:polls]]
    assert [{**COMPLETED, "totalTokens": 4}] * 2 == [each.json() for each in answers[polls:]]


def test_an_asynchronous_response_takes_mock_time() -> None:
    """As an answer to a message does."""
    mock = Mock("raia", check=True, pending_polls=0, pending_seconds=60)
    mock.clock.freeze()
    with connect(mock) as raia:
        path = ask(raia)
        early = raia.get(path).json()
        mock.clock.advance(60)

        assert (None, "completed") == (early, raia.get(path).json()["status"])


def test_the_reply_function_is_asked() -> None:
    """As for a message; there is no conversation, no user and no context."""
    asked: list[Question] = []

    def reply(question: Question) -> str:
        asked.append(question)
        return "Yes"

    with connect(Mock("raia", check=True, reply=reply)) as raia:
        response = raia.post(PROMPTS, json={"prompt": "Well?"}).json()["response"]

    assert ("Yes", [Question("Well?", None, {}, None)]) == (response, asked)


def test_a_failed_response_stays_failed() -> None:
    """`failed` with the error, whether somebody waits or polls."""

    def reply(question: Question) -> str:
        raise ReplyFailed(f"No answer to {question.text}.")

    mock = Mock("raia", check=True, reply=reply, pending_polls=0)
    with connect(mock) as raia:
        sent = raia.post(PROMPTS, json={"prompt": "a"})
        path = ask(raia, "b")
        polled = raia.get(path).json()
        mock.options.reply = lambda _: "Better late than never"
        later = raia.get(path).json()

    failed = {"status": "failed", "totalTokens": None, "response": None}

    assert (200, {**failed, "error": "No answer to a."}) == (sent.status_code, sent.json())
    assert {**failed, "error": "No answer to b."} == polled == later


def test_the_documented_prompt_is_completed(raia: httpx.Client) -> None:
    """The one that the document's example names."""
    response = raia.get(f"{PROMPTS}/{ID}/response-on").json()["response"]

    assert "The theory of relativity explains how time and space are linked" == response


def test_an_unknown_prompt_is_not_found(raia: httpx.Client, other_raia: httpx.Client) -> None:
    """Nor another agent's."""
    answers = [raia.get(f"{PROMPTS}/nothing/response-on"), other_raia.get(ask(raia))]

    assert {(404, "ENTITY_NOT_FOUND_ERROR", "ENTITY_NOT_FOUND")} == {refused(answer) for answer in answers}


def test_a_prompt_goes_on_after_a_restore() -> None:
    """It has been polled as often as before."""
    mock = Mock("raia", check=True, pending_polls=2)
    with connect(mock) as raia:
        path = ask(raia)
        raia.get(path)
        mock.restore(mock.snapshot())

        assert [None, "You said: How?"] == [
            None if (answer := raia.get(path).json()) is None else answer["response"] for _ in range(2)
        ]
