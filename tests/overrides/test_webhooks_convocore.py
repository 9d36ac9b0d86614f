"""Convocore's webhooks: known by the secret in the body, which nothing that comes out has."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import traceback
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import causerie
from causerie import UNSET
from causerie.webhooks import convocore

SECRET = "vg_" + "hush" * 5
AT = 1785156900123

DOCUMENTED = {
    "message_received": (
        convocore.MessageReceived,
        {"convoId": "c1", "messageContent": "Hello", "channel": "sms"},
    ),
    "conversation_updated": (
        convocore.ConversationUpdated,
        {"convoId": "c1", "lightConvoData": {"ID": "c1"}, "turns": [{"from": "human", "messages": []}]},
    ),
    "chat_delegated": (convocore.ChatDelegated, {"convoId": "c1", "assignedToUserId": "u1", "channel": "voice"}),
    "bug_reported": (convocore.BugReported, {"convoId": "c1", "bugDescription": "It is slow"}),
    "lead_captured": (convocore.LeadCaptured, {"leadName": "Ada", "channel": "sms"}),
    "form_submitted": (convocore.FormSubmitted, {"convoId": "c1", "formType": "ui_engine_form", "formData": {"a": 1}}),
    "agent_created": (convocore.AgentChanged, {"agentPlatform": "vg", "operation": "created"}),
    "agent_updated": (convocore.AgentChanged, {"operation": "updated"}),
    "agent_deleted": (convocore.AgentChanged, {"operation": "deleted"}),
    "organisation_created": (convocore.OrganisationChanged, {"organisationId": "o1"}),
    "organisation_updated": (convocore.OrganisationChanged, {"organisationName": "O"}),
    "organisation_deleted": (convocore.OrganisationChanged, {"operation": "deleted"}),
    "client_created": (convocore.ClientChanged, {"clientId": "k1", "organisationId": "o1"}),
    "client_updated": (convocore.ClientChanged, {"clientName": "K"}),
    "client_deleted": (convocore.ClientChanged, {"clientEmail": "k@example.com"}),
    "webhook_test": (convocore.WebhookTest, {"message": "Hello"}),
}


def body(payload: Any, kind: Any = "message_received", secret: Any = SECRET) -> str:
    return json.dumps({"type": kind, "payload": {**payload, "workspaceSecret": secret}})


@pytest.mark.parametrize("kind", DOCUMENTED)
def test_every_documented_type(kind: str) -> None:
    """Each has a class of its own, whose attributes are the documented fields."""
    cls, fields = DOCUMENTED[kind]
    event = convocore.parse(body({"agentId": "a1", "createdAt": AT, **fields}, kind), SECRET)

    assert (kind, cls) == (event.type, type(event.payload))
    assert {"agentId": "a1", "createdAt": AT, **fields} == event.payload.to_dict()
    assert {"type": kind, "payload": event.payload.to_dict()} == event.json
    assert {} == event.payload.additional_properties
    assert datetime(2026, 7, 27, 12, 55, 0, 123000, UTC) == event.payload.created_at_datetime


def test_all_types_are_there() -> None:
    """The table has the sixteen types and no other."""
    assert convocore.TYPES == {kind: cls for kind, (cls, _) in DOCUMENTED.items()}


def test_nested_models() -> None:
    """The record and the turns of a conversation are typed."""
    event = convocore.parse(body(DOCUMENTED["conversation_updated"][1], "conversation_updated"), SECRET)
    payload = event.payload

    assert isinstance(payload, convocore.ConversationUpdated)
    assert ("c1", "human") == (payload.light_convo_data.id, payload.turns[0].from_.value)


@pytest.mark.parametrize("kind", ["voted", "", None, 7, ["x"]])
def test_an_unknown_type(kind: Any) -> None:
    """It is kept, with a payload of no class of its own."""
    event = convocore.parse(body({"agentId": "a1", "vote": 1}, kind), SECRET)

    assert (kind if isinstance(kind, str) else "", convocore.Payload) == (event.type, type(event.payload))
    assert ("a1", {"vote": 1}) == (event.payload.agent_id, event.payload.additional_properties)


def test_fields_of_another_type() -> None:
    """They do not make an event unreadable: each is read as it is, and none that is not there is missed."""
    fields = {"convoId": 7, "messageContent": None, "createdAt": "today", "lightConvoData": "none"}
    payload = convocore.parse(body(fields, "conversation_updated"), SECRET).payload

    assert isinstance(payload, convocore.ConversationUpdated)
    assert (7, UNSET, UNSET) == (payload.convo_id, payload.agent_id, payload.created_at_datetime)
    assert fields == payload.to_dict()


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_times_in_either_unit(moment: datetime) -> None:
    """Seconds and milliseconds are both read."""
    second = moment.replace(microsecond=0)
    for number in (int(second.timestamp()), int(second.timestamp()) * 1000):
        event = convocore.parse(body({"createdAt": number}), SECRET)

        assert second == event.payload.created_at_datetime


def test_the_same_event_twice() -> None:
    """It has the same key, however its fields are ordered; another time or text has another."""
    fields = {"agentId": "a1", "createdAt": AT, "messageContent": "Hello"}
    first, again = (convocore.parse(body(dict(order)), SECRET) for order in (fields.items(), [*fields.items()][::-1]))
    others = [convocore.parse(body({**fields, **other}), SECRET) for other in ({"createdAt": AT + 1}, {"agentId": "b"})]

    assert first.key == again.key
    assert 3 == len({event.key for event in (first, *others)})


@pytest.mark.parametrize("given", ["other", "", None, 7, [SECRET], {"a": SECRET}, SECRET + "x", SECRET[:-1]])
def test_another_secret(given: Any) -> None:
    """A call with another secret, or one that is no text, is refused, and nothing is shown."""
    with pytest.raises(causerie.WebhookVerificationError, match=r"the field payload\.workspaceSecret is") as caught:
        convocore.parse(body({}, secret=given), SECRET)

    assert SECRET not in shown(caught.value)


@pytest.mark.parametrize(
    "text", ["{}", '{"payload": {}}', '{"payload": "x"}', '{"payload": [{"workspaceSecret": "x"}]}']
)
def test_no_secret(text: str) -> None:
    """A call without one is refused."""
    with pytest.raises(causerie.WebhookVerificationError, match="is missing: whoever called"):
        convocore.parse(text, SECRET)


@pytest.mark.parametrize("secret", ["", None, b"x", 7])
def test_nothing_to_compare(secret: Any) -> None:
    """Without a secret of one's own everybody would be known: that is refused."""
    with pytest.raises(causerie.ArgumentError, match="workspace_secret: give the secret of your workspace, as text"):
        convocore.parse(body({}, secret=""), secret)


@pytest.mark.parametrize(
    "text", ["", b"\xff", "[]", "null", "{", '{"payload": NaN}', "[" * 5000, '{"a":' * 5000, b"\xed\xa0"]
)
def test_no_event(text: Any) -> None:
    """What is no JSON object is refused, and not shown."""
    with pytest.raises(causerie.ArgumentError, match="body: it is not a JSON object"):
        convocore.parse(text, SECRET)


def test_too_deep() -> None:
    """An event that nobody can walk through is an error of ours."""
    nest = "[" * 990 + "]" * 990
    with pytest.raises(causerie.ArgumentError, match="body: it is nested too deeply"):
        convocore.parse(body({})[:-2] + f', "a": {nest}}}}}', SECRET)


def test_half_an_emoji() -> None:
    """What orjson refuses is read all the same."""
    event = convocore.parse(body({"messageContent": "\ud83d"}), SECRET)

    assert isinstance(event.payload, convocore.MessageReceived)
    assert "\ud83d" == event.payload.message_content
    assert 32 == len(event.key)


def shown(error: BaseException) -> str:
    """Everything that anybody would print of an error, without the frame of the test."""
    assert error.__traceback__ is not None
    stack = traceback.TracebackException(type(error), error, error.__traceback__.tb_next, capture_locals=True)
    return repr(error) + str(error) + "".join(stack.format()) + repr(vars(error)) + repr(pickle.dumps(error))


SECRETS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=6)


@given(secret=SECRETS, data=st.data())
def test_the_secret_is_nowhere(secret: str, data: st.DataObject) -> None:
    """Wherever it stands in the body, no part of the event has it: not a key, not a text, not within another word."""
    words = st.sampled_from([secret, f"x{secret}y", secret + secret, secret[:1], "workspaceSecret", "a", "***"])
    values = st.recursive(
        words | st.none() | st.integers(-9, 9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
        max_leaves=8,
    )
    payload = {**data.draw(st.dictionaries(words, values, max_size=4)), "workspaceSecret": secret}
    raw = json.dumps({**data.draw(st.dictionaries(words, values, max_size=2)), "type": secret, "payload": payload})
    event = convocore.parse(raw, secret)
    texts, keys = [event.type], set[str]()

    def walk(value: Any) -> None:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, list):
            for each in value:
                walk(each)
        elif isinstance(value, dict):
            keys.update(value)
            for key, each in value.items():
                texts.append("" if value is event.json and key in ("type", "payload") else key)
                walk(each)

    walk(event.json)
    walk(event.payload.to_dict())

    assert [] == [text for text in texts if secret in text]
    assert "workspaceSecret" not in keys


def test_an_event_can_be_kept(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged and copied without the secret."""
    event = convocore.parse(body({"messageContent": "Hello"}), SECRET)
    caplog.set_level(logging.INFO)
    logging.getLogger().info("%r %s %s", event, event.json, vars(copy.copy(event)))

    assert "Hello" in caplog.text
    assert SECRET not in caplog.text
