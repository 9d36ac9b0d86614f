"""Webhooks: made without showing what their headers hold, and received."""

from __future__ import annotations

import logging
import traceback
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

import palaver
from palaver import webhooks
from palaver.testing import RaiaMock
from palaver_api.raia.models import Conversation, ConversationMessage

from .conftest import Caller, json

HUSH = "-".join(["hush", "hush"])
SECRET = {"Authorization": HUSH}


def create(client: Any) -> Any:
    """A webhook with a secret."""
    return client.webhooks.create("T", "D", "https://a.test/", "each_message", headers=SECRET)


def test_the_secret_does_not_show(caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    """Not in what is sent, as hooks and logs see it, nor in what is returned; and both have it."""
    caplog.set_level(logging.DEBUG, "palaver")
    seen: list[Any] = []
    answer = json({"id": "w1", "headers": SECRET}, 201)
    webhook, (request,) = caller("raia", create, answer, on_request=seen.append)

    assert SECRET == orjson.loads(request.content)["headers"] == webhook.headers
    assert HUSH not in repr(seen) + repr(webhook) + str(webhook) + caplog.text
    assert "***" in repr(seen)


def test_nor_in_a_failure(caller: Caller) -> None:
    """A refusal's traceback shows variables without it, but for the arguments of the call itself."""
    with pytest.raises(palaver.BadRequestError) as caught:
        caller("raia", create, json({"name": "BAD_REQUEST"}, 400))
    stack = traceback.TracebackException.from_exception(caught.value, capture_locals=True).stack
    ours = [frame for frame in stack if frame.filename.endswith(("_resource.py", "_http.py", "webhooks.py"))]

    assert ours
    assert HUSH not in "".join(repr(frame.locals) for frame in ours if not frame.filename.startswith(__file__))


@pytest.mark.parametrize("headers", [{"a": 1}, {1: "a"}])
def test_headers_are_text(headers: Any, caller: Caller) -> None:
    """Anything else is refused, and a value is not shown."""
    with pytest.raises(palaver.ArgumentError, match=r"headers: the name and the value of .* must be text"):
        caller("raia", lambda c: c.webhooks.create("T", "D", "u", "manual", headers=headers), json({}))


def whole(raia_mock: RaiaMock) -> tuple[dict[str, Any], dict[str, Any]]:
    """A conversation and a message in it, as raia publishes them."""
    raia = raia_mock.client()
    conversation = raia.conversations.create("ada", title="An order")
    return conversation.to_dict(), raia.messages.send(conversation.id, "Hello").to_dict()


@pytest.mark.parametrize(
    "wrap", [lambda c, m: {"conversation": c, "message": m}, lambda c, m: {"data": [[c], {"x": m}]}]
)
def test_what_is_known_has_a_type(wrap: Any, raia_mock: RaiaMock) -> None:
    """Wherever it stands in the event, which keeps everything."""
    conversation, message = whole(raia_mock)
    body = {**wrap(conversation, message), "event": "each_message"}
    event = webhooks.parse(orjson.dumps(body))

    assert body == event.json
    assert isinstance(event.conversation, Conversation)
    assert isinstance(event.message, ConversationMessage)
    assert (conversation, message) == (event.conversation.to_dict(), event.message.to_dict())
    assert event.user is not None
    assert "ada" == event.user.id


def test_the_outermost_comes_first(raia_mock: RaiaMock) -> None:
    """The event may be a message itself, with another in it."""
    _, message = whole(raia_mock)
    event = webhooks.parse(orjson.dumps({**message, "previous": {**message, "id": "m0"}}))

    assert event.message is not None
    assert message["id"] == event.message.id


@pytest.mark.parametrize(
    "body", ["{}", b'{"conversation": {"id": "c1"}, "message": "Hello", "user": null}', '{"message": {"id": 1}}']
)
def test_what_is_not_known_has_none(body: bytes | str) -> None:
    """Half a conversation is none; the JSON is there all the same."""
    event = webhooks.parse(body)

    assert (None, None, None) == (event.conversation, event.message, event.user)
    assert orjson.loads(body) == event.json


def test_wrong_types_are_not_known(raia_mock: RaiaMock) -> None:
    """What has the names and not the types is no message."""
    _, message = whole(raia_mock)

    assert webhooks.parse(orjson.dumps({"message": {**message, "createdAt": "today"}})).message is None


@pytest.mark.parametrize("body", ["", b"", "[]", "null", b"\xff", "{", "{'my': 'diary'}"])
def test_no_event(body: bytes | str) -> None:
    """What is no JSON object is refused without being shown."""
    with pytest.raises(palaver.ArgumentError, match="body: it is not a JSON object") as caught:
        webhooks.parse(body)

    assert "diary" not in str(caught.value)


def test_an_event_does_not_show_what_is_in_it() -> None:
    """It is somebody's conversation."""
    assert "diary" not in repr(webhooks.parse('{"my": "diary"}'))


@given(secret=st.text(min_size=1), name=st.sampled_from(["authorization", "AUTHORIZATION", "Authorization"]))
def test_verified(secret: str, name: str) -> None:
    """A call with the secret is raia's, however its header is spelled; with another, or none, it is not."""
    webhooks.verify({name: secret, "Host": "a.test"}, {"Authorization": secret})
    for headers in ({}, {name: secret + "x"}, {name: ""}, {"Host": secret}, {name: secret, "authorizatioN": "x"}):
        with pytest.raises(palaver.WebhookVerificationError, match="Authorization is") as caught:
            webhooks.verify(headers, {"Authorization": secret})

        assert "Authorization" == caught.value.header


def test_every_header_counts() -> None:
    """One of two is not enough, and the error says which is missing, without a secret."""
    with pytest.raises(palaver.WebhookVerificationError, match="the header X-Other is missing") as caught:
        webhooks.verify(SECRET, {**SECRET, "X-Other": HUSH})

    assert HUSH not in repr(caught.value)


@pytest.mark.parametrize("expected", [{}, {"Authorization": ""}, {**SECRET, "X-Other": ""}])
def test_nothing_to_verify_by(expected: dict[str, str]) -> None:
    """Whatever came would be verified: that is refused."""
    with pytest.raises(palaver.ArgumentError, match="expected"):
        webhooks.verify(SECRET, expected)


def test_parse_verifies() -> None:
    """Before it looks at the body, once either is given."""
    assert {} == webhooks.parse("{}", SECRET, SECRET).json

    with pytest.raises(palaver.WebhookVerificationError):
        webhooks.parse("nonsense", None, SECRET)
    with pytest.raises(palaver.ArgumentError, match="expected"):
        webhooks.parse("{}", SECRET)
