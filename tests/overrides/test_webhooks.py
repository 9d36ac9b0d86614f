"""raia's webhooks: made without showing what their headers hold, and received."""

from __future__ import annotations

import hmac
import logging
import traceback
from email.message import Message
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

import causerie
from causerie import webhooks
from causerie.testing import RaiaMock
from causerie_api.raia.models import Conversation, ConversationMessage

from .conftest import Caller, json

HUSH = "-".join(["hush", "hush"])
SECRET = {"Authorization": HUSH}
NOON = "2026-01-01T12:00:00Z"


def create(client: Any) -> Any:
    """Create a webhook with a secret."""
    return client.webhooks.create("T", "D", "https://a.test/", "each_message", headers=SECRET)


def test_the_secret_does_not_show(caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    """The secret is not in what hooks and logs see, nor in a repr of what is returned; both sides can use it."""
    caplog.set_level(logging.DEBUG, "causerie")
    seen: list[Any] = []
    answer = json({"id": "w1", "headers": SECRET}, 201)
    webhook, (request,) = caller("raia", create, answer, on_request=seen.append)

    assert SECRET == orjson.loads(request.content)["headers"] == webhook.headers
    assert HUSH not in repr(seen) + repr(webhook) + str(webhook) + caplog.text
    assert "***" in repr(seen)


def test_nor_in_a_failure(caller: Caller) -> None:
    """A refusal's traceback shows variables without it, but for the arguments of the call itself."""
    with pytest.raises(causerie.BadRequestError) as caught:
        caller("raia", create, json({"name": "BAD_REQUEST"}, 400))
    stack = traceback.TracebackException.from_exception(caught.value, capture_locals=True).stack
    ours = [frame for frame in stack if frame.filename.endswith(("_resource.py", "_http.py", "webhooks.py"))]

    assert ours
    assert HUSH not in "".join(repr(frame.locals) for frame in ours if not frame.filename.startswith(__file__))


@pytest.mark.parametrize("headers", [{"a": 1}, {1: "a"}])
def test_headers_are_text(headers: Any, caller: Caller) -> None:
    """A header whose value is no text is refused, and the value is not shown."""
    with pytest.raises(causerie.ArgumentError, match=r"headers: the name and the value of .* must be text"):
        caller("raia", lambda c: c.webhooks.create("T", "D", "u", "manual", headers=headers), json({}))


def whole(raia_mock: RaiaMock) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a conversation and a message in it, as raia publishes them."""
    raia = raia_mock.client()
    conversation = raia.conversations.create("ada", title="An order")
    return conversation.to_dict(), raia.messages.send(conversation.id, "Hello").to_dict()


@pytest.mark.parametrize(
    "wrap", [lambda c, m: {"conversation": c, "message": m}, lambda c, m: {"data": [[c], {"x": m}]}]
)
def test_what_is_known_has_a_type(wrap: Any, raia_mock: RaiaMock) -> None:
    """A known object has a type wherever it stands in the event, and the event keeps everything."""
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
    """Half a conversation is not read as one, but its JSON is there."""
    event = webhooks.parse(body)

    assert (None, None, None) == (event.conversation, event.message, event.user)
    assert orjson.loads(body) == event.json


@pytest.mark.parametrize("field", ["rawMessage", "files", "subagentId"])
def test_null_is_nothing(field: str, raia_mock: RaiaMock) -> None:
    """An optional field that is null counts as one that is not there, and reads as null; a required one does not."""
    _, message = whole(raia_mock)
    shown = {**message, field: None}
    event = webhooks.parse(orjson.dumps({"message": shown}))

    assert event.message is not None
    assert shown == event.message.to_dict()
    assert webhooks.parse(orjson.dumps({**message, "source": None})).message is None


def test_null_within(raia_mock: RaiaMock) -> None:
    """So does an optional field of what is nested in the object, be it in a list."""
    conversation, message = whole(raia_mock)
    user = {**conversation["user"], "email": None}
    feedback = {"id": "f1", "voteType": "up", "question": None, "answer": None, "comment": None}
    file = dict.fromkeys(("id", "fileName", "openAIFileId"), "f") | dict.fromkeys(("updatedAt", "createdAt"), NOON)
    event = webhooks.parse(orjson.dumps({**conversation, "user": user}))
    files = {"files": [file], "conversationMessageFeedbacks": [feedback]}
    other = webhooks.parse(orjson.dumps({**message, **files}))

    assert event.conversation is not None
    assert event.user is not None
    assert user == event.user.to_dict()
    assert other.message is not None


def test_what_is_a_part_is_not_looked_for(raia_mock: RaiaMock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message in one that does not fit is not passed off as that one, and a nest of them costs one look."""
    _, message = whole(raia_mock)
    wrong = {**message, "createdAt": "today"}
    body: dict[str, Any] = message
    for _ in range(100):
        body = {**wrong, "question": body}
    looked = []
    decode = ConversationMessage.from_json
    monkeypatch.setattr(ConversationMessage, "from_json", lambda text: looked.append(text) or decode(text))
    event = webhooks.parse(orjson.dumps({"message": body, "list": [{"id": "m1"}]}))

    assert [None, None] == [event.message, event.message]
    assert 1 == len(looked)


def test_found_once(raia_mock: RaiaMock) -> None:
    """What was found is not looked for again, and is the caller's to change."""
    _, message = whole(raia_mock)
    event = webhooks.parse(orjson.dumps(message))

    assert event.message is not None
    assert event.message is event.message
    event.message.message = "Changed"

    assert message == event.json


@pytest.mark.parametrize("nest", ['{{"a":{}}}', "[{}]"])
def test_deep_nests(nest: str, raia_mock: RaiaMock) -> None:
    """Deep nesting does no harm: a message with it around is found, and one with it inside is not read as one."""
    _, message = whole(raia_mock)
    opening, closing = nest.format("!").split("!")
    deep = opening * 900 + "1" + closing * 900
    text = orjson.dumps(message).decode()
    around = webhooks.parse(f'{{"a": {opening * 900}{text}{closing * 900}}}')
    within = webhooks.parse(f'{{"deep": {deep}, "message": {text[:-1]}, "deep": {deep}}}}}')

    assert around.message is not None
    assert message == around.message.to_dict()
    assert (None, None, None) == (within.conversation, within.message, within.user)


def test_wrong_types_are_not_known(raia_mock: RaiaMock) -> None:
    """What has the names and not the types is no message."""
    _, message = whole(raia_mock)

    assert webhooks.parse(orjson.dumps({"message": {**message, "createdAt": "today"}})).message is None


def test_unproved_names() -> None:
    """What stands under the five names at the top is there as it came, and nothing else is."""
    found = {"conversationId": "c1", "messageId": 7, "userId": None, "message": "Hello", "timestamp": [1]}
    event = webhooks.parse(orjson.dumps({**found, "data": {"userId": "u2"}, "type": "x"}))

    assert found == event.unproved
    assert {"userId": None} == webhooks.parse('{"userId": null}').unproved
    assert event.message is None


def test_half_an_emoji() -> None:
    """A text that was cut does not make the event unreadable; a name twice and deep nests never did."""
    event = webhooks.parse(b'{"message": "Hi \\ud83d", "a": 1, "a": 2}')

    assert {"message": "Hi \ufffd", "a": 2} == event.json


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_of_any_kind(kind: Any) -> None:
    """A body may be bytes of any kind that servers keep it in."""
    assert {"a": 1} == webhooks.parse(kind(b'{"a": 1}')).json


@pytest.mark.parametrize("body", ["", b"", "[]", "null", b"\xff", "{", "{'my': 'diary'}"])
def test_no_event(body: bytes | str) -> None:
    """A body that is not a JSON object is refused without being shown."""
    with pytest.raises(causerie.ArgumentError, match="body: it is not a JSON object") as caught:
        webhooks.parse(body)

    assert "diary" not in str(caught.value)


def test_an_event_does_not_show_what_is_in_it() -> None:
    """An event does not show what is in it: it is somebody's conversation."""
    assert "diary" not in repr(webhooks.parse('{"my": "diary"}'))


@given(secret=st.text(min_size=1), name=st.sampled_from(["authorization", "AUTHORIZATION", "Authorization"]))
def test_verified(secret: str, name: str) -> None:
    """A call with the secret is raia's, however its header is spelled; with another, or none, it is not."""
    webhooks.verify({name: secret, "Host": "a.test"}, {"Authorization": secret})
    other = secret + "x"
    for headers in ({}, {name: other}, {name: ""}, {"Host": secret}, {name: secret, "authorizatioN": other}):
        with pytest.raises(causerie.WebhookVerificationError, match="Authorization is") as caught:
            webhooks.verify(headers, {"Authorization": secret})

        assert ("header", "Authorization") == (caught.value.place, caught.value.name)


def test_every_header_counts() -> None:
    """One of two is not enough, and the error says which is missing, without a secret."""
    with pytest.raises(causerie.WebhookVerificationError, match="the header X-Other is missing") as caught:
        webhooks.verify(SECRET, {**SECRET, "X-Other": HUSH})

    assert HUSH not in repr(caught.value)


@pytest.mark.parametrize(
    "receive",
    [
        lambda: webhooks.verify({"Authorization": HUSH}, {"Authorization": f"{HUSH}!"}),
        lambda: webhooks.verify({"Authorization": HUSH}, {**SECRET, "X-Other": ""}),
        lambda: webhooks.parse(HUSH, SECRET, SECRET),
        lambda: webhooks.parse("{}", {"Authorization": f"{HUSH}!"}, SECRET),
        lambda: webhooks.parse("{}", {7: HUSH}, SECRET),  # type: ignore[dict-item]
    ],
)
def test_no_frame_shows_a_secret(receive: Any) -> None:
    """A refusal's traceback shows variables without it: not those of the parser, nor of what it calls."""
    with pytest.raises((causerie.CauserieError, AttributeError)) as caught:
        receive()
    stack = traceback.TracebackException.from_exception(caught.value, capture_locals=True)

    assert HUSH not in repr([frame.locals for frame in stack.stack]) + repr(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("failure", [KeyboardInterrupt, SystemExit])
def test_nor_does_one_that_is_interrupted(failure: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes from without, such as the end of a worker, passes through the parser as well."""

    def fail(given: object, expected: str) -> bool:
        raise failure

    monkeypatch.setattr("causerie.raia.events.is_secret", fail)
    with pytest.raises(failure) as caught:
        webhooks.parse("{}", SECRET, SECRET)
    stack = traceback.TracebackException.from_exception(caught.value, capture_locals=True)

    assert HUSH not in repr([frame.locals for frame in stack.stack])


def test_headers_of_the_standard_library() -> None:
    """What ``http.server`` has is taken as it is."""
    headers = Message()
    headers["authorization"] = HUSH
    webhooks.verify(headers, SECRET)
    del headers["authorization"]

    with pytest.raises(causerie.WebhookVerificationError, match="is missing"):
        webhooks.verify(headers, SECRET)


@pytest.mark.parametrize("value", [[HUSH], HUSH.encode(), None])
def test_a_header_that_is_no_text(value: Any) -> None:
    """A header that is no text is not the secret."""
    with pytest.raises(causerie.WebhookVerificationError, match="is not the one that was expected"):
        webhooks.verify({"Authorization": value}, SECRET)


def test_every_header_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every header is compared, as digests of one length, also after one that is wrong."""
    compared = []
    monkeypatch.setattr(hmac, "compare_digest", lambda *both: compared.append([*map(len, both)]) or both[0] == both[1])
    with pytest.raises(causerie.WebhookVerificationError, match="header X-First is not"):
        webhooks.verify({"X-First": "x", **SECRET}, {"X-First": HUSH, **SECRET})

    assert [[32, 32]] * 2 == compared


@pytest.mark.parametrize("expected", [{}, {"Authorization": ""}, {**SECRET, "X-Other": ""}, {"A": b"secret"}])
def test_nothing_to_verify_by(expected: dict[str, str]) -> None:
    """Verifying with nothing to verify by is refused: it would accept everything."""
    with pytest.raises(causerie.ArgumentError, match="expected"):
        webhooks.verify(SECRET, expected)


def test_parse_verifies() -> None:
    """Parsing verifies before it looks at the body, once it is given headers or expected values."""
    assert {} == webhooks.parse("{}", SECRET, SECRET).json

    with pytest.raises(causerie.WebhookVerificationError):
        webhooks.parse("nonsense", None, SECRET)
    with pytest.raises(causerie.ArgumentError, match="expected"):
        webhooks.parse("{}", SECRET)
