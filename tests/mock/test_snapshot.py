"""A vendor's state as JSON, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from causerie_mock import VENDORS, Mock, Reply, Request
from tests.mock.conftest import connect
from tests.mock.test_raia import CONVERSATIONS, DOCUMENTED, ID


class Step(NamedTuple):
    """One thing that happens to a mock: which, to whom, with which number."""

    kind: int
    tenant: int
    one: int
    two: int


STEPS = st.lists(st.builds(Step, *(st.integers(0, most) for most in (9, 1, 3, 3))), max_size=12)
PARTS = {
    "phoneNumber": "+1",
    "smsIntroduction": "Hi",
    "email": "a@test.com",
    "emailSubject": "S",
    "emailIntroduction": "I",
}


def raia_request(step: Step, ids: list[str]) -> tuple[str, str, Any]:
    """One of raia's operations, on an id that an answer has named."""
    conversation = f"{CONVERSATIONS}/{ids[step.one % len(ids)]}"
    other = ids[-1 - step.two % len(ids)]
    return [
        ("POST", CONVERSATIONS, {"conversationUserId": other, "customData": {"n": step.one}, "context": "C"}),
        ("POST", f"{conversation}/messages", {"message": f"m{step.two}"}),
        ("POST", f"{conversation}/messages/async", {"message": f"a{step.two}", "context": "c"}),
        ("GET", f"{conversation}/messages/{other}/response-on", None),
        ("PUT", f"{conversation}/mode", {"mode": ("ai", "manual")[step.two % 2]}),
        ("POST", f"{conversation}/send-manual-message", {"message": "x", "conversationMessageId": other}),
        (
            "POST",
            f"{CONVERSATIONS}/start",
            {"firstName": f"F{step.one}", "lastName": "L", "channel": ("sms", "email")[step.two % 2], **PARTS},
        ),
        ("PUT", conversation, {"title": f"t{step.two}"}),
        ("DELETE", CONVERSATIONS, {"conversationUserId": other}),
        ("GET", f"{conversation}/messages?shouldIncludeFeedbacks=true", None),
    ][step.kind]


def convocore_request(step: Step, ids: list[str]) -> tuple[str, str, Any]:
    """One of Convocore's operations."""
    agent = f"/agents/{('agent123', 'agent456')[step.one % 2]}/convos"
    conversation = f"{agent}/{ids[step.two % len(ids)]}"
    turn = {"from": "human", "ts": step.one, "messages": [{"type": "text"}]}
    turned = {"agentId": "agent123", "convoId": ids[step.two % len(ids)], "bucket": "(default)"}
    return [
        ("POST", agent, {"conversation": {"ts": step.one, "origin": {"deep": [step.two]}}}),
        ("PATCH", conversation, {"conversation": {"userName": f"n{step.one}"}}),
        ("GET", conversation, None),
        ("GET", agent, None),
        ("GET", f"{agent}/export", None),
        ("PATCH", f"{conversation}/messages", {"turns": [turn] * (step.two % 3)}),
        ("POST", f"{conversation}/send", {"message": f"m{step.one}"}),
        ("POST", f"{conversation}/accept-handoff", {"acceptedByUserId": f"p{step.one}"}),
        ("POST", "/agents/interact", {**turned, "prompt": f"m{step.two}"}),
        ("GET", f"/workspace/sessions?workspaceId=workspace{(123, 456)[step.one % 2]}&region=eu", None),
    ][step.kind % 10]


def zild_request(step: Step, ids: list[str]) -> tuple[str, str, Any]:
    """Zild's operation, with or without a template."""
    body: dict[str, Any] = {"recipient": [f"+{step.one}"], "contactIds": [step.two], "channelId": step.two % 2}
    body |= {"conversationTemplateId": step.one} if step.kind % 3 else {}
    return "POST", "/api/Conversation/proactive-conversation", body


REQUESTS: dict[str, Callable[[Step, list[str]], tuple[str, str, Any]]] = {
    "raia": raia_request,
    "convocore": convocore_request,
    "zild": zild_request,
}
SEEDS: dict[str, dict[str, Any]] = {
    "raia": {
        "conversations": [
            {"id": "c", "messages": [{"id": "q", "message": "x"}, {"message": "y", "senderRole": "assistant"}]}
        ],
    },
    "convocore": {"agents": [{"agentId": "a"}], "conversations": [{"agentId": "a", "ID": "c"}]},
    "zild": {"contacts": [{"id": 1, "name": "Ada", "phone": "+1"}], "templates": [{"id": 2, "content": "{{1}}"}]},
}


def ask(mock: Mock, step: Step, ids: list[str]) -> Reply:
    """Return the answer to one request."""
    method, target, body = REQUESTS[mock.vendor](step, ids)
    path, _, query = target.partition("?")
    headers = [(name.encode(), value.encode()) for name, value in mock.headers(step.tenant).items()]
    headers.append((b"content-type", b"application/json"))
    content = b"" if body is None else json.dumps(body).encode()
    return mock.handle(Request(method, path.encode(), query.encode(), headers, content))


def new_ids(reply: Reply) -> list[str]:
    """Return the ids that an answer names."""
    body = json.loads(reply.body or b"{}")
    found = [body] if isinstance(body, dict) else body
    return [
        value
        for each in found
        for name in ("id", "conversationId", "conversationMessageId")
        if isinstance(value := each.get(name), str) and value
    ] + [each["data"]["ID"] for each in found if isinstance(each.get("data"), dict) and "ID" in each["data"]]


@pytest.mark.parametrize("vendor", VENDORS)
@settings(max_examples=30, deadline=None)
@given(before=STEPS, after=STEPS)
def test_a_copy_answers_as_the_original_does(vendor: str, before: list[Step], after: list[Step]) -> None:
    """Whatever has happened before the snapshot, and whatever happens after it, to the last byte."""
    original, copy = Mock(vendor, seed=7, check=True), Mock(vendor, check=True)
    original.seed(**SEEDS[vendor])
    ids = [ID, "agent123_convo456", "c", "q"]
    for step in before:
        ids += new_ids(ask(original, step, ids))
    copy.restore(json.loads(json.dumps(original.snapshot())))
    for step in after:
        reply = ask(original, step, ids)

        assert reply == ask(copy, step, ids)

        ids += new_ids(reply)

    assert original.snapshot() == copy.snapshot()


def test_the_wait_goes_on() -> None:
    """A pending answer has waited as long, and been polled as often, as before."""
    original = Mock("raia", check=True, pending_polls=2, pending_seconds=10)
    original.clock.freeze()
    with connect(original) as raia:
        path = f"{CONVERSATIONS}/{raia.post(CONVERSATIONS, json={'conversationUserId': 'x'}).json()['id']}/messages"
        question = raia.post(f"{path}/async", json={"message": "x", "context": "c"}).json()["id"]
        original.clock.advance(9)
        raia.get(f"{path}/{question}/response-on")
    copy = Mock("raia", check=True, pending_polls=2, pending_seconds=10)
    copy.restore(original.snapshot())
    copy.clock.advance(1)
    with connect(copy) as raia:
        statuses = [raia.get(f"{path}/{question}/response-on").json()["status"] for _ in range(2)]

    assert ["pending", "completed"] == statuses


def test_a_restored_user_changes_everywhere() -> None:
    """The users and the conversations of a copy have the same user, not two alike."""
    copy = Mock("raia", check=True)
    copy.restore(Mock("raia").snapshot())
    with connect(copy) as raia:
        start = {"channel": "sms", "phoneNumber": "+1234567890", "smsIntroduction": "x"}
        raia.post(f"{CONVERSATIONS}/start", json={**start, "firstName": "Jack", "lastName": "Doe"})

        assert "Jack" == raia.get(DOCUMENTED).json()["user"]["firstName"]


def test_a_forgotten_user_stays_with_its_conversation() -> None:
    """Although the agent has another by that id by now."""
    mock, copy = Mock("raia"), Mock("raia")
    snapshot = mock.snapshot()
    conversation = snapshot["state"]["memory"]["agents"][0]["conversations"]["records"][ID]
    conversation["user"]["firstName"] = "Jack"
    copy.restore(snapshot)
    with connect(copy) as raia:
        assert "Jack" == raia.get(DOCUMENTED).json()["user"]["firstName"]


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_snapshot_is_a_copy(vendor: str) -> None:
    """Neither the mock that it was made of nor the one that was made of it is changed with it."""
    mock = Mock(vendor)
    mock.seed(**SEEDS[vendor])
    snapshot = mock.snapshot()
    expected = json.dumps(snapshot)
    copy = Mock(vendor)
    copy.restore(snapshot)
    snapshot["state"]["memory"].clear()

    assert expected == json.dumps(mock.snapshot()) == json.dumps(copy.snapshot())


def test_a_full_store_makes_room_as_before(tmp_path: Path) -> None:
    """What the documents name stays, and the oldest of the others goes."""
    mock = Mock("raia", check=True)
    agent = mock._state.memory.agents[0]
    agent.conversations.limit = 4
    mock.seed(conversations=[{"id": "a"}, {"id": "b"}])
    mock.save(tmp_path / "raia.json")
    copy = Mock("raia", check=True)
    copy.load(tmp_path / "raia.json")
    copy.seed(conversations=[{"id": "c"}])
    with connect(copy) as raia:
        found = {name: raia.get(f"{CONVERSATIONS}/{name}").status_code for name in (ID, "a", "b", "c")}

    assert {ID: 200, "a": 404, "b": 200, "c": 200} == found


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value, as a container and a key in it."""
    found: list[tuple[Any, Any]] = []
    if isinstance(value, dict | list):
        for key, item in list(value.items() if isinstance(value, dict) else enumerate(value)):
            found += [(value, key), *places(item)]
    return found


@pytest.mark.parametrize("vendor", VENDORS)
@settings(max_examples=60, deadline=None)
@given(
    place=st.integers(0, 10_000),
    value=st.sampled_from([None, -1, 1.5, True, "x", "", [], {}, [1], {"x": 1}, "2026-01-01", ["x"], 10**30]),
    steps=STEPS,
)
def test_a_damaged_snapshot_is_refused_or_plays(vendor: str, place: int, value: Any, steps: list[Step]) -> None:
    """With any of its values replaced, a `ValueError` leaves the mock as it was; otherwise the mock answers."""
    mock, copy = Mock(vendor), Mock(vendor)
    mock.seed(**SEEDS[vendor])
    for step in (Step(2, 0, 0, 0), Step(2, 0, 0, 1), Step(0, 0, 0, 0), Step(6, 0, 1, 0)):
        ask(mock, step, ["c"])
    snapshot, before = mock.snapshot(), copy.snapshot()
    there = places(snapshot["state"])
    container, key = there[place % len(there)]
    container[key] = value
    try:
        copy.restore(snapshot)
    except ValueError:
        assert before == copy.snapshot()
    else:
        assert all(ask(copy, step, ["c", "q", ID]).status < 500 for step in steps)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda state: state.update(ids="x"), "The state cannot be read: .*ids is 'x'"),
        (lambda state: state.pop("memory"), "The state cannot be read: KeyError"),
        (lambda state: state.update(memory=5), "The state cannot be read: "),
        (lambda state: state["memory"].update(more=1), "The state cannot be read: extra fields found"),
        (lambda state: state["memory"]["agents"][0].update(name=1), r"invalid value .*@ memory\.agents\[0\]\.name"),
        (
            lambda state: state["memory"]["agents"][0]["users"]["records"][ID].update(firstName=1),
            f"agents.0./users/{ID}/firstName: 1 is not of type",
        ),
        (
            lambda state: state["memory"]["agents"][0]["users"]["records"][ID].update(id="x"),
            f"agents.0./users/{ID}/id: it is 'x'",
        ),
        (
            lambda state: state["memory"]["agents"][0]["conversations"]["records"][ID]["messages"]["records"][ID][
                "shown"
            ].update(id="x"),
            f"agents.0./conversations/{ID}: a message has another's id",
        ),
        (
            lambda state: state["memory"]["agents"][0]["users"].update(limit=2),
            r"The state cannot be read: .*, expected Store @ memory\.agents\[0\]\.users",
        ),
    ],
)
def test_a_damaged_snapshot_is_told_where(change: Callable[[Any], Any], sentence: str) -> None:
    """The sentence says what cannot be read."""
    mock = Mock("raia")
    snapshot = mock.snapshot()
    change(snapshot["state"])

    with pytest.raises(ValueError, match=sentence):
        mock.restore(snapshot)


def test_a_damaged_conversation_is_told_where() -> None:
    """Convocore's have their id in them, too."""
    mock = Mock("convocore")
    snapshot = mock.snapshot()
    records = snapshot["state"]["memory"]["agents"]["records"]["agent123"]["conversations"]["records"]
    records["agent123_convo456"]["ID"] = "x"

    with pytest.raises(ValueError, match="agents/agent123/conversations/agent123_convo456/ID: it is 'x'"):
        mock.restore(snapshot)
    records["agent123_convo456"] = 5
    with pytest.raises(ValueError, match=r"expected Store @ memory\.agents\.conversations"):
        mock.restore(snapshot)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda agent: agent["shown"].pop("role"), 'agents[0]: "role" is a required property'),
        (lambda agent: agent["skills"][0].update(status="asleep"), "agents[0]/skills/0/status"),
        (
            lambda agent: agent["webhooks"]["records"]["w"].pop("agentId"),
            'agents[0]/webhooks/w: "agentId" is a required',
        ),
    ],
)
def test_a_damaged_agent_is_told_where(damage: Callable[[Any], Any], sentence: str) -> None:
    """What an agent shows of itself, and its webhooks, are held to the document."""
    mock = Mock("raia")
    snapshot = mock.snapshot()
    agent = snapshot["state"]["memory"]["agents"][0]
    date = "2026-01-01T00:00:00.000Z"
    agent["webhooks"]["records"]["w"] = {
        **dict.fromkeys(("title", "description", "agentId"), "x"),
        "id": "w",
        "url": "https://a.test/",
        "triggerCondition": "manual",
        "status": "active",
        **dict.fromkeys(("createdAt", "updatedAt"), date),
    }
    mock.restore(snapshot)
    damage(agent)

    with pytest.raises(ValueError, match=re.escape(sentence)):
        mock.restore(snapshot)


def test_a_damaged_number_is_told_where() -> None:
    """Zild's are stored by their number."""
    mock = Mock("zild")
    mock.seed(contacts=[{"id": 1}])
    snapshot = mock.snapshot()
    snapshot["state"]["memory"]["tenants"][0]["contacts"]["records"]["1"]["id"] = 2

    with pytest.raises(ValueError, match=r"tenants.0./contacts/1/id: it is 2"):
        mock.restore(snapshot)


def test_a_deep_snapshot_is_refused(tmp_path: Path) -> None:
    """One sentence, be it read from a file or given."""
    mock, file = Mock("raia"), tmp_path / "state.json"
    file.write_text("[" * 100_000, encoding="utf-8")
    snapshot = mock.snapshot()
    for _ in range(10_000):
        snapshot["state"]["memory"] = [snapshot["state"]["memory"]]

    with pytest.raises(ValueError, match=r"state\.json is nested too deeply to be a snapshot"):
        mock.load(file)
    with pytest.raises(ValueError, match="The snapshot of raia is damaged"):
        mock.restore(snapshot)


def test_an_empty_id_is_an_id() -> None:
    """raia's contract allows a user without a single letter, whom a saved state has too."""
    mock, copy = Mock("raia"), Mock("raia")
    with connect(mock) as raia:
        created = raia.post(CONVERSATIONS, json={"conversationUserId": ""}).json()
    copy.restore(mock.snapshot())
    with connect(copy) as raia:
        read = raia.get(f"{CONVERSATIONS}/{created['id']}").json()

    assert "" == created["conversationUserId"] == created["user"]["id"]
    assert created | {"feedbacks": []} == read


@pytest.mark.parametrize("name", ["createdAt", "from"])
def test_a_damaged_message_is_told_where(name: str) -> None:
    """What Zild's next answer needs of it."""
    mock = Mock("zild")
    mock.seed(conversations=[{"id": 1, "messages": [{"content": "x"}]}])
    snapshot = mock.snapshot()
    records = snapshot["state"]["memory"]["tenants"][0]["conversations"]["records"]
    del records["1"]["messages"][0][name]

    with pytest.raises(ValueError, match=f'tenants.0./conversations/1/messages/0: "{name}" is a required property'):
        mock.restore(snapshot)


def test_a_time_has_a_zone() -> None:
    """Without one it cannot be compared."""
    mock = Mock("raia", pending_polls=2)
    with connect(mock) as raia:
        conversation = raia.post(CONVERSATIONS, json={"conversationUserId": "x"}).json()["id"]
        question = raia.post(f"{CONVERSATIONS}/{conversation}/messages/async", json={"message": "x"}).json()["id"]
    snapshot = mock.snapshot()
    records = snapshot["state"]["memory"]["agents"][0]["conversations"]["records"]
    records[conversation]["messages"]["records"][question]["pending"]["since"] = "2026-01-01T00:00:00"

    with pytest.raises(ValueError, match=r"The state cannot be read: .*\.pending"):
        mock.restore(snapshot)
