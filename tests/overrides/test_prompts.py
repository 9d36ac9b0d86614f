"""raia's prompts: waiting for a response."""

from __future__ import annotations

from typing import Any

import httpx
import orjson
import pytest

import causerie
from causerie.testing import RaiaMock, no_waiting

from .conftest import Caller, json

RESPONSE = {"status": "completed", "totalTokens": 5, "response": "Forty-two", "error": None}


class Agent:
    """A raia that responds after so many polls, and is not ready in every way until then."""

    def __init__(self, polls: int, **outcome: Any) -> None:
        self.polls = polls
        self.outcome = outcome
        self.asked = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            self.asked += 1
            return httpx.Response(200, json={"promptId": "p1"})
        self.polls -= 1
        pending = {"status": "pending", "totalTokens": None, "response": None, "error": None}
        not_ready = (orjson.dumps(pending), b"null", b"")[self.polls % 3]
        answer = not_ready if self.polls >= 0 else orjson.dumps({**RESPONSE, **self.outcome})
        return httpx.Response(200, content=answer)


@pytest.mark.parametrize("polls", [0, 1, 7])
def test_send_and_wait(polls: int, caller: Caller) -> None:
    """The prompt is sent once, its response polled for and returned."""
    agent = Agent(polls)
    with no_waiting():
        response, requests = caller("raia", lambda c: c.prompts.send_and_wait("What?", token_tracking_id="t"), agent)

    assert ("Forty-two", 5) == (response.response, response.total_tokens)
    assert 1 == agent.asked
    assert polls + 2 == len(requests)


def test_wait(caller: Caller) -> None:
    """A response can be waited for without asking again."""
    agent = Agent(3)
    with no_waiting():
        response, _ = caller("raia", lambda c: c.prompts.wait("p1"), agent)

    assert ("Forty-two", 0) == (response.response, agent.asked)


def test_timeout(caller: Caller) -> None:
    """A response that does not come in time leaves what is needed to go on waiting."""
    with no_waiting(), pytest.raises(causerie.ReplyTimeoutError, match=r"prompt p1 .* prompts.wait\('p1'\)") as caught:
        caller("raia", lambda c: c.prompts.send_and_wait("What?", timeout=30), Agent(10**6))

    assert (None, "p1", 30) == (caught.value.conversation_id, caught.value.message_id, caught.value.seconds)


def test_failed(caller: Caller) -> None:
    """A response that failed raises with raia's text when it is waited for, and is returned when it is not."""
    failed = {"status": "failed", "response": None, "error": "out of tokens"}
    with no_waiting(), pytest.raises(causerie.ReplyFailedError, match="prompt p1: out of tokens"):
        caller("raia", lambda c: c.prompts.send_and_wait("What?"), Agent(1, **failed))
    sent, _ = caller("raia", lambda c: c.prompts.send("What?"), json({**RESPONSE, **failed}))

    assert ("failed", "out of tokens") == (sent.status, sent.error)


@pytest.mark.parametrize("prompt_id", [5, "", "..", None])
def test_unusable_id(prompt_id: Any, caller: Caller) -> None:
    """A prompt whose id cannot be used is the vendor's fault."""
    with pytest.raises(causerie.APIResponseValidationError):
        caller("raia", lambda c: c.prompts.send_and_wait("What?"), json({"promptId": prompt_id}))


def test_bad_timeout(caller: Caller) -> None:
    """A deadline is a positive number of seconds."""
    with pytest.raises(causerie.ArgumentError, match="timeout"):
        caller("raia", lambda c: c.prompts.wait("p1", timeout=0), json(None))


def test_with_the_mock(raia_mock: RaiaMock) -> None:
    """The reply function answers prompts, too."""
    raia_mock.options.pending_seconds = 5
    raia_mock.options.reply = lambda question: question.text.upper()

    assert "HELLO" == raia_mock.client().prompts.send_and_wait("Hello").response
