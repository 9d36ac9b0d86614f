"""What a test may set of Convocore, and what was seen live."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from causerie_mock import Mock
from causerie_mock.convocore.options import Options
from tests.mock.conftest import connect

CONVERSATIONS = "/agents/agent123/convos"
CHATTED = f"{CONVERSATIONS}/k3v9q7x2m5t8w1z"
TURN = {"agentId": "agent123", "convoId": "new", "bucket": "(default)", "prompt": "Hello"}
#: Every operation on one conversation.
ON_ONE: list[tuple[str, str, Any]] = [
    ("GET", "", None),
    ("PATCH", "", {"conversation": {"title": "T"}}),
    ("GET", "/export", None),
    ("GET", "/details?region=eu", None),
    ("POST", "/assign", {"assignToUserId": "ada"}),
    ("PATCH", "/messages", {"turns": []}),
    ("POST", "/send", {"message": "Hello"}),
    ("POST", "/accept-handoff", {"acceptedByUserId": "ada"}),
    ("DELETE", "", None),
]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("paging", "scroll", r"paging is 'scroll'; give 'cursor' or 'page'\."),
        ("posted_found", 1, r"posted_found is 1; give True or False\."),
        ("runtime_time", "ms", "runtime_time is 'ms'; give 'seconds' or 'milliseconds'"),
        ("plan", "free", "plan is 'free'; give 'business' or 'pro'"),
        ("export_addon", "no", "export_addon is 'no'"),
        ("export_quota", -1, "export_quota is -1; give a whole number"),
        ("lists_per_minute", 0.5, "lists_per_minute is 0.5"),
        ("lists_per_hour", True, "lists_per_hour is True"),
        ("exports_per_hour", "1", "exports_per_hour is '1'"),
        ("broken", "k3v9", r"broken is 'k3v9'; give a list of texts\."),
        ("broken", [1], r"broken is \[1\]"),
    ],
)
def test_an_option_that_cannot_be_is_refused(convocore_vendor: Mock, name: str, value: Any, sentence: str) -> None:
    """When the mock is made, and when it is used."""
    with pytest.raises(ValueError, match=sentence):
        Options(**{name: value})
    setattr(convocore_vendor.options, name, value)
    with connect(convocore_vendor) as client, pytest.raises(ValueError, match=sentence):
        client.get(CONVERSATIONS)


def test_what_was_posted_is_not_found(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """By its id; the list has it, and whatever was made otherwise is found."""
    made = convocore.post(CONVERSATIONS, json={"conversation": {"ts": 1}}).json()["data"]
    seeded = {"agentId": "agent123", "ID": "seeded"}
    convocore_vendor.seed(conversations=[seeded])
    convocore.post("/agents/interact", json=TURN)
    convocore_vendor.options.posted_found = False
    path = f"{CONVERSATIONS}/{made['ID']}"
    missed = [convocore.request(method, path + rest, json=body) for method, rest, body in ON_ONE]
    listed = convocore.get(CONVERSATIONS).json()["data"]
    others = [convocore.get(f"{CONVERSATIONS}/{each}").status_code for each in ("seeded", "new", "k3v9q7x2m5t8w1z")]
    convocore_vendor.seed(conversations=[seeded | {"ID": made["ID"]}])

    assert [{"message": "Conversation not found", "code": "NOT_FOUND"}] * 9 == [each.json() for each in missed]
    assert made in listed
    assert [200, 200, 200] == others
    assert 200 == convocore.get(path).status_code


def test_a_broken_conversation_is_always_a_500(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """Whatever is asked of it; the lists have it."""
    convocore_vendor.options.broken = ["k3v9q7x2m5t8w1z"]
    answers = [convocore.request(method, CHATTED + rest, json=body) for method, rest, body in ON_ONE]
    listed, exported = (convocore.get(CONVERSATIONS + path).json()["data"] for path in ("", "/export"))
    expected = {"message": "Output validation failed", "code": "INTERNAL_SERVER_ERROR"}

    assert [(500, expected)] * 9 == [(each.status_code, each.json()) for each in answers]
    assert "k3v9q7x2m5t8w1z" == listed[1]["ID"] == exported[0]["metadata"]["convo"]["id"]
    assert 200 == convocore.get(f"{CONVERSATIONS}/agent123_convo456").status_code


def test_a_plan_below_business_has_no_api(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """Every operation is a 403 with the vendor's words."""
    convocore_vendor.options.plan = "pro"
    item = {"convoId": "c", "agentId": "agent123", "transcript": "x", "messageCount": 1}
    answers = [
        *(convocore.request(method, CHATTED + rest, json=body) for method, rest, body in ON_ONE),
        convocore.get(CONVERSATIONS),
        convocore.post(CONVERSATIONS, json={"conversation": {"ts": 1}}),
        convocore.get(f"{CONVERSATIONS}/export"),
        convocore.get("/workspace/sessions?workspaceId=workspace123&region=eu"),
        convocore.post("/convos/generate-summaries", json={"items": [item]}),
        convocore.post("/agents/interact", json=TURN),
    ]
    expected = {"message": "API access requires the Business plan or higher", "code": "FORBIDDEN"}

    assert [(403, expected)] * 15 == [(each.status_code, each.json()) for each in answers]


def test_an_export_needs_its_addon(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """It is looked for before the conversation; nothing else needs it."""
    convocore_vendor.options.export_addon = False
    answers = [convocore.get(f"{CONVERSATIONS}{path}") for path in ("/export", "/nobody/export")]
    words = "Chat Export API addon required. Subscribe to chat-export-api to use this endpoint."

    assert [(403, {"message": words, "code": "FORBIDDEN"})] * 2 == [(e.status_code, e.json()) for e in answers]
    assert 200 == convocore.get(CONVERSATIONS).status_code


def test_the_runtime_may_write_milliseconds(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """A turn and a seed then do; what the API writes is in seconds."""
    convocore_vendor.clock.freeze()
    now = int(convocore_vendor.clock.now.timestamp())
    convocore_vendor.options.runtime_time = "milliseconds"
    (seeded,) = convocore_vendor.seed(conversations=[{"agentId": "agent123", "ID": "c"}])["conversations"]
    convocore.post("/agents/interact", json=TURN)
    path = f"{CONVERSATIONS}/new"
    by_turn = convocore.get(path).json()["data"]
    by_update = convocore.patch(path, json={"conversation": {"title": "T"}}).json()["data"]
    made = convocore.post(CONVERSATIONS, json={"conversation": {"ts": 1}}).json()["data"]
    times = [each["lastModified"] for each in (seeded, by_turn, by_update, made)]

    assert [now * 1000, now * 1000, now, now] == times
    assert now == by_turn["lastMessageTS"]
