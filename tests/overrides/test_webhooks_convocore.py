"""Convocore's webhooks: known by the secret in the body, which nothing that comes out has."""

from __future__ import annotations

import copy
import hmac
import json
import pickle
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import causerie
from causerie import UNSET
from causerie.webhooks import convocore

SECRET = "vg_" + "hush" * 5
AT = 1785156900123
MOMENT = datetime(2026, 7, 27, 12, 55, 0, 123000, UTC)
AGENT = {"agentId": "a1"}
CONVERSATION = {**AGENT, "convoId": "c1"}

# Class, required fields, optional fields; each payload has createdAt as well.
DOCUMENTED: dict[str, tuple[type[convocore.Payload], dict[str, Any], dict[str, Any]]] = {
    "message_received": (
        convocore.MessageReceived,
        {**CONVERSATION, "messageContent": "Hello", "channel": "whatsapp"},
        {"agentName": "A", "messageType": "text", "from": "Ada"},
    ),
    "conversation_updated": (
        convocore.ConversationUpdated,
        {
            **CONVERSATION,
            "lightConvoData": {"ID": "c1"},
            "turns": [{"from": "human", "messages": []}],
            "operation": "updated",
        },
        {"agentName": "A", "sessionId": "s1", "channel": "voice", "region": "eu", "messagesHistory": [1, {}]},
    ),
    "chat_delegated": (
        convocore.ChatDelegated,
        {**CONVERSATION, "assignedToUserId": "u1", "channel": "voice", "operation": "delegated"},
        {
            "agentName": "A",
            "assignedToUserName": "U",
            "assignedToUserEmail": "u@example.com",
            "delegatedByUserId": "u2",
            "delegatedByUserName": "V",
            "customerName": "Ada",
            "customerEmail": "ada@example.com",
            "customerPhone": "+1",
        },
    ),
    "bug_reported": (
        convocore.BugReported,
        {**CONVERSATION, "bugDescription": "It is slow", "channel": "voice", "operation": "reported"},
        {
            "agentName": "A",
            "imageUrl": "https://example.com/i.png",
            "reportedByUserId": "u1",
            "reportedByUserName": "U",
            "reportedByUserEmail": "u@example.com",
        },
    ),
    "lead_captured": (
        convocore.LeadCaptured,
        {**AGENT, "channel": "web-chat", "operation": "captured"},
        {"agentName": "A", "leadName": "Ada", "leadEmail": "ada@example.com", "leadPhone": "+1"},
    ),
    "form_submitted": (
        convocore.FormSubmitted,
        {**CONVERSATION, "formType": "ui_engine_form", "formData": {"a": 1}, "channel": "voice"},
        {"agentName": "A"},
    ),
    **{
        f"agent_{done}": (
            convocore.AgentChanged,
            {**AGENT, "operation": done},
            {"agentName": "A", "agentPlatform": "vg"},
        )
        for done in ("created", "updated", "deleted")
    },
    **{
        f"organisation_{done}": (
            convocore.OrganisationChanged,
            {"organisationId": "o1", "operation": done},
            {"organisationName": "O"},
        )
        for done in ("created", "updated", "deleted")
    },
    **{
        f"client_{done}": (
            convocore.ClientChanged,
            {"organisationId": "o1", "clientId": "k1", "operation": done},
            {"organisationName": "O", "clientName": "K", "clientEmail": "k@example.com"},
        )
        for done in ("created", "updated", "deleted")
    },
    "webhook_test": (convocore.WebhookTest, {"message": "Hello"}, {}),
}


def body(payload: Any, kind: Any = "message_received", secret: Any = SECRET) -> str:
    """Return a call's body, with the secret where it belongs."""
    return json.dumps({"type": kind, "payload": {**payload, "workspaceSecret": secret}})


@pytest.mark.parametrize("kind", DOCUMENTED)
def test_every_documented_type(kind: str) -> None:
    """Each has a class of its own, whose attributes are the documented fields, and keeps what comes beside these."""
    cls, required, optional = DOCUMENTED[kind]
    payload = {**required, **optional, "createdAt": AT}
    event = convocore.parse(body({**payload, "new": [1]}, kind), SECRET)
    values = {
        field.metadata["key"]: getattr(event.payload, field.name) for field in attrs.fields(cls) if field.metadata
    }

    assert (kind, cls) == (event.type, type(event.payload))
    assert payload.keys() == values.keys()
    assert [] == [key for key, value in payload.items() if isinstance(value, str | int) and value != values[key]]
    assert {"type": kind, "payload": {**payload, "new": [1]}} == event.json
    assert {"new": [1]} == event.payload.validate().additional_properties
    assert MOMENT == event.payload.created_at_datetime


@pytest.mark.parametrize("kind", DOCUMENTED)
def test_what_is_required(kind: str) -> None:
    """Only what the page requires has to be there to be valid; an event without it is read all the same."""
    cls, required, _ = DOCUMENTED[kind]
    payload = {**required, "createdAt": AT}
    convocore.parse(body(payload, kind), SECRET).payload.validate()

    for missing in payload:
        event = convocore.parse(body({key: payload[key] for key in payload if key != missing}, kind), SECRET)
        with pytest.raises(causerie.DecodeError, match=f"{cls.__name__}: no "):
            event.payload.validate()


def test_all_types_are_there() -> None:
    """The table has the sixteen types and no other."""
    assert {kind: cls for kind, (cls, *_) in DOCUMENTED.items()} == convocore.TYPES
    assert 16 == len(convocore.TYPES)


def test_nested_models() -> None:
    """The record and the turns of a conversation are typed, and apart from the JSON."""
    _, required, _ = DOCUMENTED["conversation_updated"]
    event = convocore.parse(body(required, "conversation_updated"), SECRET)

    assert isinstance(event.payload, convocore.ConversationUpdated)
    assert ("c1", "human") == (event.payload.light_convo_data.id, event.payload.turns[0].from_.value)
    event.payload.turns[0].messages.clear()
    event.payload.light_convo_data.id = "c2"

    assert required == event.json["payload"]


@pytest.mark.parametrize("kind", ["voted", "", None, 7, ["x"], {}])
def test_an_unknown_type(kind: Any) -> None:
    """An unknown type is kept, with a payload of no class of its own."""
    event = convocore.parse(body({"vote": 1, "createdAt": AT}, kind), SECRET)

    assert (kind if isinstance(kind, str) else "", convocore.Payload) == (event.type, type(event.payload))
    assert (MOMENT, {"vote": 1}) == (event.payload.created_at_datetime, event.payload.additional_properties)
    assert kind == event.json["type"]


def test_no_type() -> None:
    """An event without one is read as of a type that is unknown."""
    event = convocore.parse(json.dumps({"payload": {"workspaceSecret": SECRET}, "beside": 1}), SECRET)

    assert ("", {"payload": {}, "beside": 1}) == (event.type, event.json)


def test_fields_of_another_type() -> None:
    """Fields of another type leave an event readable; only one that should be an object raises when it is read."""
    fields = {"convoId": 7, "agentId": None, "createdAt": "today", "lightConvoData": "none", "turns": [{}, 7]}
    payload = convocore.parse(body(fields, "conversation_updated"), SECRET).payload

    assert isinstance(payload, convocore.ConversationUpdated)
    assert (7, None, UNSET, "today") == (payload.convo_id, payload.agent_id, payload.operation, payload.created_at)
    assert fields == payload.to_dict()
    with pytest.raises(causerie.DecodeError, match=r"light_convo_data: expected an object, not 'none'"):
        repr([payload.light_convo_data])
    with pytest.raises(causerie.DecodeError, match=r"turns\[1\]: expected an object, not 7"):
        repr([payload.turns])


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_times_in_either_unit(moment: datetime) -> None:
    """Seconds and milliseconds are both read."""
    second = moment.replace(microsecond=0)
    for number in (int(second.timestamp()), int(second.timestamp()) * 1000):
        event = convocore.parse(body({"createdAt": number}), SECRET)

        assert (number, second) == (event.payload.created_at, event.payload.created_at_datetime)


@pytest.mark.parametrize("text", ["null", '"2026-07-27"', "[]", "{}", "1e300", "-1e300", "9" * 30])
def test_no_time(text: str) -> None:
    """A time that cannot be read has no datetime, and never raises."""
    raw = f'{{"payload": {{"createdAt": {text}, "workspaceSecret": "{SECRET}"}}}}'

    assert convocore.parse(raw, SECRET).payload.created_at_datetime is UNSET


def test_no_time_at_all() -> None:
    """An event without any time has no datetime either."""
    assert convocore.parse(body({}), SECRET).payload.created_at_datetime is UNSET


def test_the_same_event_twice() -> None:
    """It has the same key, whatever order its fields have and secret the workspace; another time or text has not."""
    fields = {"agentId": "a1", "createdAt": AT, "messageContent": "Hello", "new": {"a": 1, "b": [2.5, "ß"]}}
    first = convocore.parse(body(fields), SECRET)
    turned = dict([*fields.items()][::-1]) | {"new": {"b": [2.5, "ß"], "a": 1}}
    others = [{**fields, "createdAt": AT + 1}, {**fields, "messageContent": "Hello!"}, {**fields, "new": None}]
    keys = {convocore.parse(body(other), SECRET).key for other in others}
    keys.add(convocore.parse(body(fields, "voted"), SECRET).key)

    assert first.key == convocore.parse(body(turned, secret="vg_new"), "vg_new").key
    assert 5 == len(keys | {first.key})


def test_a_key_outlives_us() -> None:
    """A key may be stored: it is the SHA-256 of the event's JSON with sorted names, today and in the next release."""
    event = convocore.parse(body({"messageContent": "Grüße", "createdAt": AT}), SECRET)
    event.json.clear()

    assert "f2d6ffbf38b4fd0499bdb3f2e75a00c8374035dee78dc402644df0d51e5b08eb" == event.key


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"payload": {}}',
        '{"payload": "x"}',
        '{"payload": null}',
        f'{{"payload": [{{"workspaceSecret": "{SECRET}"}}]}}',
        f'{{"workspaceSecret": "{SECRET}", "payload": {{"a": {{"workspaceSecret": "{SECRET}"}}}}}}',
        *(
            body({}, secret=given)
            for given in ("other", "", None, 7, True, [SECRET], {"a": SECRET}, SECRET + "x", SECRET[:-1], "\ud800")
        ),
    ],
)
def test_another_secret(text: str) -> None:
    """A call with another secret, an empty one, one that is no text, or none is refused, and nothing is shown."""
    with pytest.raises(causerie.WebhookVerificationError) as caught:
        convocore.parse(text, SECRET)

    assert (
        "the field payload.workspaceSecret is missing, or not the one that was expected: "
        "the call may not come from the vendor"
    ) == str(caught.value)
    assert ("field", "payload.workspaceSecret") == (caught.value.place, caught.value.name)
    assert SECRET not in shown(caught.value)


@pytest.mark.parametrize("secret", ["", None, b"x", 7])
def test_nothing_to_compare(secret: Any) -> None:
    """Without a secret of one's own, every call would be accepted: that is refused."""
    with pytest.raises(causerie.ArgumentError, match="workspace_secret: give the secret of your workspace, as text"):
        convocore.parse(body({}, secret=""), secret)


def test_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Secrets are compared as digests of one length, whatever was sent."""
    compared = []
    monkeypatch.setattr(hmac, "compare_digest", lambda *both: compared.append([*map(len, both)]) or both[0] == both[1])
    with pytest.raises(causerie.WebhookVerificationError):
        convocore.parse(body({}, secret="ß"), SECRET)

    assert [[32, 32]] == compared


@pytest.mark.parametrize(
    "text",
    [
        "",
        b"\xff",
        "[]",
        "null",
        "{",
        "\ufeff{}",
        '{"payload": NaN}',
        '{"payload": [1e999, "\\ud800"]}',
        f'{{"payload": [{"9" * 5000}]}}',
        f'{{"payload": [{"9" * 400}, "\\ud800"]}}',
        "[" * 500_000,
        '{"a":' * 100_000,
        '{"a":' * 3000 + "1" + "}" * 3000,
        {"payload": {"workspaceSecret": SECRET}},
        None,
    ],
    ids=range(15),
)
def test_no_event(text: Any) -> None:
    """A body that is not a JSON object is refused, and not shown."""
    with pytest.raises(causerie.ArgumentError, match="body: it is not a JSON object") as caught:
        convocore.parse(text, SECRET)

    assert SECRET not in shown(caught.value)


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_of_any_kind(kind: Any) -> None:
    """A body may be bytes of any kind that servers keep it in."""
    assert "voted" == convocore.parse(kind(body({}, "voted").encode()), SECRET).type


@pytest.mark.parametrize(
    "text",
    [
        f'{{"payload": {{"workspaceSecret": "{SECRET}x", "workspaceSecret": "{SECRET}"}}}}',
        f'{{"payload": {{"workspaceSecret": "{SECRET}"}}, "type": "voted", "type": "voted"}}',
        f'{{"payload": {{}}, "payload": {{"workspaceSecret": "{SECRET}"}}}}',
        f'{{"payload": {{"workspaceSecret": "{SECRET}", "a": [{{"b": 1, "b": {SECRET!r}}}]}}}}'.replace("'", '"'),
        f'{{"payload": {{"workspaceSecret": "{SECRET}", "a": "\\ud800", "\\u0061": 1}}}}',
    ],
)
def test_a_name_twice(text: str) -> None:
    """Another reader of the body might read another value, so the body is refused."""
    with pytest.raises(causerie.ArgumentError, match="body: an object in it has a name twice") as caught:
        convocore.parse(text, SECRET)

    assert SECRET not in shown(caught.value)


def deep(levels: int, nest: str) -> str:
    """Return an event with so many levels."""
    opening, closing = nest.split("1")
    times = (levels - 2) // len(opening.replace('"a":', ""))
    return body({})[:-2] + f', "a": {opening * times}1{closing * times}}}}}'


@pytest.mark.parametrize(
    ("levels", "nest"), [(101, "[1]"), (101, '{"a":1}'), (102, '[{"a":1}]'), (400, "[1]"), (1000, '{"a":1}')]
)
def test_too_deep(levels: int, nest: str) -> None:
    """An event that is nested deeper than anybody means is an error of ours."""
    with pytest.raises(causerie.ArgumentError, match="body: it is nested deeper than 100 levels"):
        convocore.parse(deep(levels, nest), SECRET)


def test_too_deep_under_a_name_that_comes_again() -> None:
    """So it is when another value takes the deep one's place."""
    with pytest.raises(causerie.ArgumentError, match="body: it is nested deeper than 100 levels"):
        convocore.parse(deep(1000, "[1]")[:-2] + ', "a": 1}}', SECRET)


def test_brackets_in_texts() -> None:
    """Brackets in texts do not count as levels, whatever stands around them."""
    said = '\\"[{' * 200 + "\\"

    assert said == convocore.parse(body({said: said}), SECRET).json["payload"][said]


@pytest.mark.parametrize("nest", ["[1]", '{"a":1}', '[{"a":1}]'])
def test_deep_enough(nest: str) -> None:
    """A hundred levels are read, also from deep within calls, and everything can be done with them."""
    text = deep(100, nest)

    def beneath(frames: int) -> Any:
        if frames:
            return beneath(frames - 1)
        event = convocore.parse(text, SECRET)
        return event.payload.to_dict(), event.payload.to_json(), copy.deepcopy(event), repr(event.payload)

    assert json.loads(text)["payload"]["a"] == beneath(300)[0]["a"]


def test_half_an_emoji() -> None:
    """Where a text was cut, the half becomes what UTF-8 has for it: the event is read, and can be stored."""
    for raw in (body({"messageContent": "Hi \ud83d", "new": "\U0001f600"}), body({"messageContent": "Hi \udc00"})):
        event = convocore.parse(raw, SECRET)

        assert isinstance(event.payload, convocore.MessageReceived)
        assert "Hi \ufffd" == event.payload.message_content
        assert event.payload.to_dict() == json.loads(event.payload.to_json())
        assert "\U0001f600" == event.json["payload"].get("new", "\U0001f600")


def shown(error: BaseException) -> str:
    """Return everything that anybody would print of an error, without the frame of the test."""
    assert error.__traceback__ is not None
    stack = traceback.TracebackException(type(error), error, error.__traceback__.tb_next, capture_locals=True)
    seen = [repr(error), str(error), *stack.format(), repr(vars(error)), repr(pickle.dumps(error))]
    return "\n".join([*seen, repr(error.__context__), repr(error.__cause__)])


@pytest.mark.parametrize("failure", [KeyboardInterrupt, SystemExit, MemoryError, RecursionError])
def test_an_interrupt(failure: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    """An interruption from outside while it is read shows no secret either."""

    def fail(text: str) -> None:
        raise failure

    monkeypatch.setattr("causerie.convocore.events.check", fail)
    with pytest.raises(failure) as caught:
        convocore.parse(body({}), SECRET)

    assert SECRET not in shown(caught.value)


def texts(value: Any) -> Iterator[str]:
    """Yield every text and name in a JSON value, and the digits of its numbers."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from (name, *texts(each))
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif value is not None:
        yield str(value)


def values(secret: str) -> st.SearchStrategy[Any]:
    """Return a strategy for JSON values with the secret here and there."""
    number = int(secret) if secret.isascii() and secret.isdigit() else 7
    names = st.sampled_from(
        [secret, f"x{secret}y", secret * 2, secret[:1], secret[1:], "workspaceSecret", "a", "*", "**"]
    )
    leaves = names | names.flatmap(lambda name: names.map(name.__add__)) | st.sampled_from([None, number, number * 10])
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
        max_leaves=8,
    )


def test_digits() -> None:
    """A secret of digits is not shown by a number that has them either; another number stays one."""
    event = convocore.parse(body({"a": 1234567890, "b": [51234567890.25], "c": 12}, secret="1234567890"), "1234567890")

    assert {"a": "***", "b": ["5***.25"], "c": 12} == event.json["payload"] == event.payload.to_dict()


SECRETS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=6) | st.sampled_from(["12", "***", "*a", "a**"])


@given(secret=SECRETS, data=st.data())
def test_no_text_has_the_secret(secret: str, data: st.DataObject) -> None:
    """No text, name or number of the event has the secret, wherever and however oddly it stands in the body."""
    objects = st.dictionaries(st.text(max_size=2) | st.just("workspaceSecret"), values(secret), max_size=4)
    whole = {**data.draw(objects), "type": data.draw(values(secret))}
    payload = {**data.draw(objects), "createdAt": data.draw(values(secret)), "workspaceSecret": secret}
    event = convocore.parse(json.dumps({**whole, "payload": payload}), secret)
    ours = {"type", "payload"} if secret in "type payload" else set()

    assert [] == [text for text in texts(event.json) if secret in text and text not in ours]
    assert [] == [text for text in (event.type, *texts(event.payload.to_dict())) if secret in text]
    assert '"workspaceSecret":' not in json.dumps([event.json, event.payload.to_dict()])


ODD = st.text(st.characters(codec="utf-8"), max_size=8).map("vg_5e2RfT8q0Z".__add__)


@given(secret=ODD, data=st.data())
@example("vg_5e2RfT8q0Z", None)
def test_nothing_shows_the_secret(secret: str, data: st.DataObject | None) -> None:
    """Whatever the body, nothing shows the secret: no event, no repr, nothing stored, no error with its variables."""
    given = secret if data is None else data.draw(st.sampled_from([secret, secret + "x", [secret], {"a": secret}]))
    inner = {} if data is None else data.draw(st.dictionaries(st.text(max_size=3), values(secret), max_size=4))
    kind = data.draw(st.sampled_from([*DOCUMENTED, secret])) if data is not None else "voted"
    text = body(inner, kind, given)
    if data is not None:
        spoil = data.draw(st.sampled_from(["", "}", "{", f', "{secret}": NaN', ', "a": 1, "a": 2', '"', "[" * 300]))
        cut = data.draw(st.integers(0, len(text)))
        text = text[:cut] + spoil + text[cut:]
    try:
        event = convocore.parse(text, secret)
    except causerie.CauserieError as error:
        seen = [shown(error)]
    else:
        seen = [repr(event), repr(attrs.asdict(event)), repr(event.payload), event.payload.to_json().decode()]
        seen += [json.dumps(event.json, ensure_ascii=False), repr(pickle.dumps(event)), *texts(event.json)]

    assert [] == [each for each in seen for form in (secret, ascii(secret)[1:-1]) if form in each]


def test_an_event_is_not_shown() -> None:
    """An event is not shown, for it is somebody's conversation; its repr says of what type it is."""
    event = convocore.parse(body({"messageContent": "my diary"}), SECRET)

    assert f"Event(type='message_received', key={event.key!r})" == repr(event)
    assert event == copy.deepcopy(event)
    assert event == pickle.loads(pickle.dumps(event))
