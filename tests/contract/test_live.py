"""A live run reads, within its budget; writes what it was told to; and takes its things with it, whatever happens."""

from __future__ import annotations

import asyncio
import copy
import json
import multiprocessing
import os
import random
import re
import signal
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from causerie_contract import _cleanup, _live, _plan
from causerie_contract._budget import Budget
from causerie_contract._guard import Guard, Refused
from causerie_contract._journal import Journal, Run
from causerie_contract._limits import Limits
from causerie_contract._result import INTERRUPTED
from causerie_contract._settings import Live, Settings
from causerie_contract._signals import sigterm_as_interrupt
from causerie_contract._suite import Suite
from causerie_contract._target import Target
from causerie_contract._vendor import vendor_of
from causerie_contract._writes import Own
from causerie_mock import RAIA_KEYS, Mock, MockTransport, Reply, Request, serve
from causerie_spec.documents import load, operations
from tests.contract.conftest import Run as RunSuite
from tests.contract.live_soak import BASE, SECRET, soak
from tests.contract.servers import DOCUMENTS, FAST, Server, hold, playing, saying

NUMBER = "+1 555 0100"
URL = "https://me.test/webhook"
USER = "0f6a3f2e-7c1d-4a53-9d0e-2b8f6f1c9a11"
WRITES = ("create_conversation", "update_conversation", "set_conversation_mode", "send_message", "create_user")
CONVOCORE = "/agents/agent123/convos"
CONVOCORE_WRITES = vendor_of("convocore").writes


@pytest.mark.parametrize("vendor", ["convocore", "raia"])
def test_a_server_that_counts(vendor: str) -> None:
    """Whatever Schemathesis thinks of, a run that only reads sends nothing unsafe; live_soak.py tries much more."""
    counted = asyncio.run(soak(vendor, 100, 2))

    assert 0 == counted["unsafe"]
    assert counted["cases"] == counted["sent"] + counted["refused"]
    assert 0 < counted["sent"] < counted["refused"]


def test_reads() -> None:
    """A run that reads calls every operation that reads, with ids that it was told."""
    mock = Mock("raia")
    server = playing(mock)
    result = hold(server, Live(**FAST))
    reading = {name for name, (method, _) in operations(load("raia")).items() if method == "get"}
    reading -= {"find_user", "get_prompt_response"}  # which need to be told whom or what

    assert {"GET"} == {request.method for request in server.asked}
    assert dict.fromkeys(reading) == {name: tally.shortcoming for name, tally in result.operations.items()}
    assert ([], []) == (result.errors, [each for tally in result.operations.values() for each in tally.findings])


def test_finds() -> None:
    """What an answer breaks is found as in any other run."""

    class Faulty(Mock):
        def handle(self, request: Request) -> Reply:
            return Reply.json(200, [{"id": 7}])

    findings = hold(playing(Faulty("raia")), Live(**FAST)).operations["list_conversation_states"].findings

    assert {("answer /0/id", "type")} <= {(each.where, each.keyword) for found in findings for each in found.violations}
    assert {"live"} == {finding.phase for finding in findings}


@pytest.mark.parametrize("header", [{"retry-after": "3600"}, {"retry-after": "Fri, 31 Dec 2100 23:59:59 GMT"}])
def test_asked_to_wait_too_long(header: dict[str, str]) -> None:
    """A server that asks for more time than there is gets no further request."""
    server = saying(429, **header)
    result = hold(server, Live(**FAST))

    assert 1 == len(server.asked)
    assert "beyond the time limit of 120 s. The run ended there." in result.notes[0]


def test_refusing_server() -> None:
    """A server that always says 429 gets no more than the budget."""
    server = saying(429, **{"retry-after": "0"})
    result = hold(server, Live(**FAST, budget=7))

    assert 7 >= len(server.asked)
    assert f"{len(server.asked)} requests were sent." == result.notes[-1]


def test_hanging_server() -> None:
    """A server that never answers is left when the time is over."""

    async def hang(request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    server = Server(hang)
    result = hold(server, Live(**FAST, seconds=0.5))

    assert 1 == len(server.asked)
    assert "The time limit was reached while waiting for an answer. The run ended there." == result.notes[0]


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_interrupt(name: str, tmp_path: Path) -> None:
    """An interrupt waits for no answer; what was made is removed, and what there is to say is said."""
    mock = MockTransport(Mock("raia"))

    async def hang(request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            os.kill(os.getpid(), getattr(signal, name))
            await asyncio.Event().wait()
        return await mock.handle_async_request(request)

    live = Live(**FAST, write=("create_conversation", "update_conversation"), journal=tmp_path / "j")
    with sigterm_as_interrupt():
        result = hold(Server(hang), live)

    assert ["The run ended early, as it was interrupted."] == result.errors
    assert INTERRUPTED == result.ended
    assert any(note.startswith("Removed: every conversation ") for note in result.notes)


def test_dripping_server() -> None:
    """A server whose answer never ends is left, too."""

    class Drip(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                yield b" "
                await asyncio.sleep(0.01)

    async def drip(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=Drip())

    server = Server(drip)
    result = hold(server, Live(**FAST, seconds=0.5))

    assert 1 == len(server.asked)
    assert "The time limit was reached" in result.notes[0]


def test_answers_that_are_none() -> None:
    """Headers beyond ASCII are an answer like any other, and content that cannot be decoded ends no run."""

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/states"):
            return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(b"no gzip"))
        return httpx.Response(200, headers=[(b"x-greeting", "Grüße".encode("latin-1"))], json={})

    server = Server(answer)
    result = hold(server, Live(**FAST, budget=20))

    assert 1 < len(server.asked)
    assert [True] == [error.startswith("list_conversation_states: DecodingError: ") for error in result.errors]


def test_redirects_are_not_followed() -> None:
    """A server that redirects elsewhere gets its budget; nobody else gets a request."""
    server = saying(307, location="https://evil.test/")
    hold(server, Live(**FAST, budget=10))

    assert 0 < len(server.asked) <= 10
    assert {"vendor.test"} == {request.url.host for request in server.asked}


def guard(server: Server, tmp_path: Path, vendor: str = "raia", names: Sequence[str] = WRITES) -> Guard:
    """Return the guard of a run that writes."""
    run = Run("run", vendor, BASE, USER)
    journal = Journal.create(tmp_path / "journal.jsonl", run)
    return Guard(
        vendor,
        DOCUMENTS[vendor],
        Target(vendor, BASE, SECRET),
        Budget(1000, Limits(1e6, {}), 100),
        allowed=frozenset(names),
        own=Own(run.tag, run.user, (NUMBER, URL), journal.places),
        journal=journal,
        removals=vendor_of(vendor).removals,
        inner=server,
    )


def sent(guard: Guard, request: httpx.Request) -> bool:
    """Whether the guard lets it pass."""
    try:
        asyncio.run(guard.handle_async_request(request))
    except Refused:
        return False
    return True


@given(st.dictionaries(st.sampled_from(["conversationUserId", "title"]), st.just(USER) | st.text()))
def test_only_the_own_user(tmp_path_factory: pytest.TempPathFactory, body: dict[str, str]) -> None:
    """Conversations are made for the run's own user, and nobody else's are deleted."""
    held = guard(saying(200), tmp_path_factory.mktemp("guard"))
    passed = [
        sent(held, httpx.Request(method, f"{BASE}/external/conversations", json=body)) for method in ("POST", "DELETE")
    ]

    assert [body.get("conversationUserId") == USER, body == {"conversationUserId": USER}] == passed


def test_only_own_conversations(tmp_path: Path) -> None:
    """Only a conversation that the run made is written to."""

    async def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(201, json={"id": "mine"})

    server = Server(answer)
    held = guard(server, tmp_path)
    put = {name: httpx.Request("PUT", f"{BASE}/external/conversations/{name}", json={}) for name in ("mine", "yours")}
    before = sent(held, put["mine"])
    post = sent(held, httpx.Request("POST", f"{BASE}/external/conversations", json={"conversationUserId": USER}))

    assert (False, True, True, False) == (before, post, sent(held, put["mine"]), sent(held, put["yours"]))


@pytest.mark.parametrize(
    "name", ["..", "%2e%2E", "a%2Fb", "a%5Cb", "a%252Fb", "a%3Fb", "a%23b", "a;b", "a%0d%0ab", "%00"]
)
def test_paths_that_lead_elsewhere(name: str, tmp_path: Path) -> None:
    """An id that a proxy or a server may take for another path is not sent."""
    held = guard(saying(200), tmp_path, names=["get_conversation"])

    assert sent(held, httpx.Request("GET", f"{BASE}/external/conversations/a-b"))
    assert not sent(held, httpx.Request("GET", f"{BASE}/external/conversations/{name}"))


@given(st.dictionaries(st.sampled_from(["ID", "userID", "userPhone", "notifyToUserId", "title", "lang"]), st.text()))
def test_only_new_conversations_of_convocore(tmp_path_factory: pytest.TempPathFactory, fields: dict[str, str]) -> None:
    """What is written to Convocore names no conversation, person or number that may be somebody's."""
    held = guard(saying(200), tmp_path_factory.mktemp("guard"), "convocore")
    request = httpx.Request("POST", f"{BASE}{CONVOCORE}", json={"conversation": {"ts": 1, **fields}})

    assert (fields.keys() <= {"title", "lang"}) is sent(held, request)


def test_convocore(tmp_path: Path) -> None:
    """A run on Convocore makes conversations that bear its tag, works in them alone, and removes each of them."""
    mock = Mock("convocore")
    before = list(mock._state.memory.agents["agent123"].conversations)
    server = playing(mock)
    names = tuple(CONVOCORE_WRITES)
    live = Live(**FAST, write=names, recipients=("me",), journal=tmp_path / "journal.jsonl", budget=200)
    result = hold(server, live, "convocore", parameters={"path.agentId": "agent123"})
    bodies = [json.loads(request.content) for request in server.asked if request.content]
    written = [body["conversation"] for body in bodies if "conversation" in body]

    assert ([], 8, 32) == (result.errors, len(written), len(bodies))
    assert set(names) <= {name for name, tally in result.operations.items() if tally.successes}
    assert all(body["userName"].startswith("causerie-contract ") for body in written)
    assert {"me"} == {body["assignToUserId"] for body in bodies if "assignToUserId" in body}
    assert 4 == sum(note.startswith("Removed: agent123_") for note in result.notes)
    assert before == list(mock._state.memory.agents["agent123"].conversations)


def test_everything_on_raia(tmp_path: Path) -> None:
    """With all operations named, only the webhook stays; what reaches somebody reaches whom it may, and is told."""
    mock = Mock("raia")
    agent = mock._state.memory.agents[0]
    before = (list(agent.users), list(agent.conversations))
    names = (
        *(*WRITES, "send_message_async", "create_upload_url", "save_message_feedback"),
        *("send_prompt", "send_prompt_async", "create_webhook"),
    )
    server = playing(mock)
    live = Live(**FAST, write=names, recipients=(URL,), journal=tmp_path / "j", leave=True, budget=400)
    result = hold(server, live)
    plan = "\n".join(_plan.plan("raia", load("raia"), BASE, "VARIABLE", Settings(live=live)))
    called = {name for name, tally in result.operations.items() if tally.successes}

    assert [] == result.errors
    assert set(names) <= called
    assert before == (list(agent.users), list(agent.conversations))
    assert {URL} == {json.loads(each.content)["url"] for each in server.asked if each.url.path.endswith("/webhooks")}
    assert 4 == sum("made by create_webhook" in note for note in result.notes)
    assert "  may be billed for send_message_async: An AI answers; " in plan
    assert "leaves out find_user, which needs --parameter query.email" in plan


@pytest.mark.parametrize(
    ("vendor", "method", "path", "body", "passes"),
    [
        ("raia", "POST", "/external/users", {"firstName": "P", "lastName": "C", "fkId": USER}, True),
        ("raia", "POST", "/external/users", {"firstName": "P", "lastName": "C", "fkId": "theirs"}, False),
        ("raia", "POST", "/external/users", {"fkId": USER, "phoneNumber": "+1 555 0199"}, False),
        ("raia", "POST", "/external/users", {"fkId": USER, "email": "they@them.test"}, False),
        ("raia", "DELETE", "/external/users/theirs", None, False),
        ("raia", "DELETE", "/external/users/mine", None, True),
        ("raia", "DELETE", "/external/users/mine", {}, False),
        ("raia", "POST", "/external/agents/webhooks", {"url": URL}, True),
        ("raia", "POST", "/external/agents/webhooks", {"url": "https://them.test/"}, False),
        ("raia", "POST", "/external/agents/webhooks", {"url": URL, "headers": {"Authorization": "x"}}, False),
        ("raia", "POST", "/external/prompts", {"prompt": "Why?"}, True),
        ("raia", "POST", "/external/prompts", {"prompt": "Why?", "files": []}, False),
        (
            *("raia", "POST", "/external/conversation-message-feedbacks"),
            *({"conversationMessageId": "mine", "userId": USER}, True),
        ),
        (
            *("raia", "POST", "/external/conversation-message-feedbacks"),
            *({"conversationMessageId": "theirs", "userId": USER}, False),
        ),
        (
            *("raia", "POST", "/external/conversation-message-feedbacks"),
            *({"conversationMessageId": "mine", "userId": "theirs"}, False),
        ),
        ("convocore", "POST", f"{CONVOCORE}/mine/assign", {"assignToUserId": NUMBER}, True),
        ("convocore", "POST", f"{CONVOCORE}/mine/assign", {"assignToUserId": "they"}, False),
        ("convocore", "POST", f"{CONVOCORE}/mine/assign", {"assignToUserId": NUMBER, "delegatedBy": "they"}, False),
        ("convocore", "PATCH", f"{CONVOCORE}/theirs/messages", {"turns": []}, False),
        ("convocore", "PATCH", f"{CONVOCORE}/mine/messages", {"turns": []}, True),
        ("convocore", "POST", f"{CONVOCORE}/mine/accept-handoff", {"acceptedByUserId": NUMBER}, True),
        ("convocore", "POST", f"{CONVOCORE}/mine/accept-handoff", {"acceptedByUserId": "they"}, False),
        ("convocore", "POST", f"{CONVOCORE}/mine/accept-handoff", {"acceptedByUserId": USER, "teamIds": ["t"]}, False),
        ("convocore", "POST", f"{CONVOCORE}/mine/send", {"message": "Hi", "options": {"dryRun": True}}, True),
        ("convocore", "POST", f"{CONVOCORE}/theirs/send", {"message": "Hi", "options": {"dryRun": True}}, False),
        ("convocore", "POST", f"{CONVOCORE}/mine/send", {"message": "Hi", "options": {"dryRun": False}}, False),
        ("convocore", "POST", f"{CONVOCORE}/mine/send", {"message": "Hi", "options": {"dryRun": 1}}, False),
        ("convocore", "POST", f"{CONVOCORE}/mine/send", {"message": "Hi", "options": True}, False),
        ("convocore", "POST", f"{CONVOCORE}/mine/send", {"message": "Hi"}, False),
        ("convocore", "POST", "/agents/interact", {"agentId": "agent123", "convoId": "mine", "prompt": "Hi"}, True),
        ("convocore", "POST", "/agents/interact", {"agentId": "theirs", "convoId": "mine", "prompt": "Hi"}, False),
        ("convocore", "POST", "/agents/interact", {"agentId": "agent123", "convoId": "theirs", "prompt": "Hi"}, False),
        ("convocore", "POST", "/agents/interact", {"agentId": "agent123", "convoId": "mine", "agentData": {}}, False),
        (
            *("convocore", "POST", "/convos/generate-summaries"),
            *({"items": [{"agentId": "agent123", "convoId": "mine"}]}, True),
        ),
        (
            *("convocore", "POST", "/convos/generate-summaries"),
            *({"items": [{"agentId": "agent123", "convoId": "mine"}, {"convoId": "mine"}]}, False),
        ),
        ("convocore", "POST", "/convos/generate-summaries", {"items": "mine"}, False),
        ("convocore", "POST", "/convos/generate-summaries", {"items": ["mine"]}, False),
        ("convocore", "DELETE", f"{CONVOCORE}/theirs", None, False),
        ("convocore", "DELETE", f"{CONVOCORE}/mine", None, True),
    ],
)
def test_only_what_is_its_own(tmp_path: Path, vendor: str, method: str, path: str, body: Any, passes: bool) -> None:
    """Users, feedbacks, webhooks, prompts, assignments and messages: nothing of anybody else, and nobody is told."""
    names = [name for name in operations(DOCUMENTS[vendor]) if not name.startswith("delete_")]
    held = guard(saying(200), tmp_path, vendor, names)
    for name in ("create_conversation", "create_user", "send_message"):
        held._journal.made(held._journal.intend(name, {"agentId": "agent123"}), ["mine"])  # type: ignore[union-attr]

    assert passes is sent(held, httpx.Request(method, f"{BASE}{path}", **({} if body is None else {"json": body})))


def test_nobody_is_named() -> None:
    """Of an answer on a server that others use a finding tells no value, and of a request nobody's address."""

    async def answer(request: httpx.Request) -> httpx.Response:
        person = {"id": "the-id", "firstName": 7, "lastName": ["Lovelace"], "isAnonymized": "never"}
        return httpx.Response(200, json={"user": person, "conversationIds": ["secret", 8]})

    result = hold(Server(answer), Live(**FAST), parameters={"query.email": "ada+1@example.com"})
    findings = [str(each) for tally in result.operations.values() for each in tally.findings]

    assert any("answer /user/firstName violates type: the value is not of type" in each for each in findings)
    assert not any(word in each for each in findings for word in ("Lovelace", "ada", "never"))


@pytest.mark.parametrize(
    ("status", "answer", "ids", "unanswered"),
    [
        (200, [{"id": 7}, {}, {"id": None}, {"id": 8}], ("7", "8"), 0),
        (200, {"success": True}, (), 1),
        (500, {"id": 7}, (), 1),
        (400, {"id": 7}, (), 0),
    ],
)
def test_what_an_answer_names(status: int, answer: Any, ids: tuple[str], unanswered: int, tmp_path: Path) -> None:
    """Each id of an answer is noted, whatever stands beside it; a success or a crash that names nothing stays open."""

    async def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, json=answer)

    held = guard(Server(handle), tmp_path, "zild", ["start_proactive_conversation"])
    sent(held, httpx.Request("POST", f"{BASE}/api/Conversation/proactive-conversation", json={"recipient": [NUMBER]}))
    journal = Journal.read(tmp_path / "journal.jsonl")

    assert ids == journal.ids("start_proactive_conversation")
    assert unanswered == len(journal.unanswered("start_proactive_conversation"))


def bodies() -> st.SearchStrategy[Any]:
    numbers = st.lists(st.sampled_from([NUMBER, "+1 555 0199", "", None, 7]), max_size=3)
    fields = {
        "recipient": st.none() | numbers | st.just(NUMBER),
        "contactIds": st.none() | st.lists(st.integers()),
        "accountIds": st.lists(st.integers()),
        "counterpartUserId": st.integers(),
        "channelId": st.integers(),
        "Recipient": numbers,
        "ContactIds": st.lists(st.integers()),
    }
    return st.fixed_dictionaries({}, optional=fields) | st.lists(st.integers())


@given(bodies())
@example({"recipient": [NUMBER], "Recipient": ["+1 555 0199"]})
def test_only_allowed_recipients(tmp_path_factory: pytest.TempPathFactory, body: Any) -> None:
    """A message goes to numbers that are allowed, and to nobody who is named in another way."""
    name = "start_proactive_conversation"
    held = guard(saying(200), tmp_path_factory.mktemp("guard"), "zild", [name])
    request = httpx.Request("POST", f"{BASE}/api/Conversation/proactive-conversation", json=body)
    people = {"contactIds", "accountIds", "counterpartUserId", "Recipient", "ContactIds"}
    allowed = (
        isinstance(body, dict)
        and not people & body.keys()
        and isinstance(body.get("recipient"), list)
        and {NUMBER} == set(body["recipient"])
    )

    assert allowed is sent(held, request)


def test_zild(tmp_path: Path) -> None:
    """On Zild every message goes to an allowed number, and what stays is told."""
    server = playing(Mock("zild"))
    live = Live(
        **FAST,
        write=("start_proactive_conversation",),
        recipients=(NUMBER,),
        journal=tmp_path / "journal.jsonl",
        leave=True,
    )
    result = hold(server, live, "zild", parameters={"body.channelId": "5"})
    asked = [json.loads(request.content) for request in server.asked]

    assert [[NUMBER]] * 4 == [body["recipient"] for body in asked]
    assert {5} == {body["channelId"] for body in asked}
    assert any(note.startswith("Left, for nothing removes it: ") for note in result.notes)


def test_start_reaches_allowed_addresses(tmp_path: Path) -> None:
    """On raia too."""
    server = playing(Mock("raia"))
    live = Live(
        **FAST, write=("start_conversation",), recipients=(NUMBER, "me@me.test"), journal=tmp_path / "j", leave=True
    )
    hold(server, live)
    asked = [json.loads(request.content) for request in server.asked if request.method == "POST"]

    assert {NUMBER, "me@me.test"} >= {body.get("email", body.get("phoneNumber")) for body in asked}
    assert 4 == len(asked)
    assert all(body["customData"]["causerie-contract"].startswith("causerie-contract ") for body in asked)
    assert not any({"fkId", "fkUserId"} & body.keys() for body in asked)


@pytest.mark.parametrize(
    ("vendor", "live", "sentence"),
    [
        ("zild", {}, "zild has no operation that only reads"),
        ("raia", {"write": ["delete_conversations"]}, "cannot be named; it is how a run removes what it made"),
        ("raia", {"write": ["get_conversation"]}, "is no operation of raia that writes; create_conversation, "),
        ("raia", {"write": ["send_message"]}, "name create_conversation too"),
        ("raia", {"write": ["start_conversation"], "leave": True}, "name those it may reach with --allow-recipient"),
        ("raia", {"write": ["delete_user"]}, "cannot be named; it is how a run removes what it made"),
        ("raia", {"write": ["save_message_feedback"]}, "name send_message or send_message_async too"),
        ("raia", {"write": ["create_webhook"], "recipients": ["https://me.test/"]}, "--leave says that it may stay"),
        ("raia", {"write": ["create_webhook"], "leave": True}, "name those it may reach with --allow-recipient"),
        ("convocore", {"write": ["assign_conversation"]}, "name create_conversation too"),
        ("convocore", {"write": ["interact"]}, "interact is about what the run made; name create_conversation too"),
        ("convocore", {"write": ["export_conversations"]}, "One that reads and is billed is named with --bill."),
        ("convocore", {"write": ["delete_conversation"]}, "cannot be named; it is how a run removes what it made"),
        ("zild", {"write": ["start_proactive_conversation"], "leave": True}, "--allow-recipient"),
    ],
)
def test_what_cannot_be_done(vendor: str, live: dict[str, Any], sentence: str) -> None:
    """What a live run cannot do safely, it does not begin."""
    with pytest.raises(ValueError, match=re.escape(sentence)):
        _plan.plan(vendor, load(vendor), BASE, "VARIABLE", Settings(live=Live(**live, journal=Path("journal.jsonl"))))


@pytest.mark.parametrize(
    "url", ["https://", "https://me:hidden@vendor.test", "https://vendor.test/?key=hidden", "https://vendor.test:x/"]
)
def test_base_url_without_sense(url: str) -> None:
    """A base URL that could not be used, or that has a credential of its own, is refused before anything is sent."""
    with pytest.raises(ValueError, match="--base-url ") as caught:
        _plan.plan("raia", load("raia"), url, "VARIABLE", Settings(live=Live()))

    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"rate": 0.0}, "--rate is 0"),
        ({"budget": -1}, "--budget is -1"),
        ({"seconds": float("nan")}, "--time-limit is nan"),
        ({"write": ("create_conversation",)}, "--write needs --journal FILE"),
        ({"recipients": ("",)}, "--allow-recipient: an empty text"),
    ],
)
def test_options_without_sense(options: dict[str, Any], sentence: str) -> None:
    """Invalid limits are refused."""
    with pytest.raises(ValueError, match=re.escape(sentence)):
        Live(**options)


def suite(monkeypatch: pytest.MonkeyPatch, **options: Any) -> Suite:
    """Return what a command line about raia asks for."""
    monkeypatch.setenv("RAIA_AGENT_SECRET_KEY", SECRET)
    live = options.pop("live", None)
    return Suite(("raia",), Settings(live=live), **options)


def test_a_server_needs_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server is tested when it is said whether others use it; and only a server is."""
    with pytest.raises(ValueError, match="--base-url needs either --live"):
        suite(monkeypatch, base_url=BASE)
    with pytest.raises(ValueError, match="--base-url needs either --live"):
        suite(monkeypatch, base_url=BASE, where="scratch", live=Live())
    with pytest.raises(ValueError, match="are about a server"):
        suite(monkeypatch, live=Live())
    with pytest.raises(ValueError, match="are about a server"):
        suite(monkeypatch, where="scratch")


def test_credential_is_for_the_server_of_the_journal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A journal of another server is refused: the credential is not for that one."""
    path = tmp_path / "journal.jsonl"
    Journal.create(path, Run.new("raia", "https://other.test"))

    with pytest.raises(ValueError, match=re.escape("is about raia at https://other.test")):
        suite(monkeypatch, base_url=BASE, live=Live(journal=path)).clean_up()
    with pytest.raises(ValueError, match="--resume-cleanup needs --live"):
        suite(monkeypatch, base_url=BASE, live=Live()).clean_up()


def test_command(run: RunSuite, tmp_path: Path) -> None:
    """The command says what it will do, does it, and says what it did; nothing is left to clean up."""
    with serve([Mock("raia")]) as urls:
        where = ("--vendor=raia", f"--base-url={urls['raia']}", "--live", "--journal=journal.jsonl")
        key = {"RAIA_AGENT_SECRET_KEY": RAIA_KEYS[0]}
        done = run(*where, "--write=create_conversation", "--rate=500", "-k", "test_operations", **key)
        again = run(*where, "--resume-cleanup", **key)
        alone = run(*where[:2], **key)

    assert 0 == done.returncode, done.stdout + done.stderr
    assert "  sends at most 100 requests, at most 500 a second, for at most 120 s\n" in done.stdout
    assert "Removed: every conversation of the conversation user " in done.stdout
    assert done.stdout.index("live: raia at 127.0.0.1, with the credential in RAIA_") < done.stdout.index("collected")
    assert 0 == again.returncode
    assert "Nothing more is to be removed." in again.stdout
    assert 4 == alone.returncode
    assert RAIA_KEYS[0] not in done.stdout + done.stderr + (tmp_path / "journal.jsonl").read_text()


class Slow(Mock):
    """A vendor that takes its time before it does something, and before it says so."""

    def handle(self, request: Request) -> Reply:
        """Return the reply."""
        time.sleep(0.005)
        reply = super().handle(request)
        time.sleep(0.005)
        return reply


def write(url: str, path: Path, seed: int) -> None:
    """Run live and write, in a process of its own."""
    live = Live(rate=10_000, write=WRITES, journal=path)
    _live.run("raia", load("raia"), Target("mock", url, RAIA_KEYS[0]), Settings(seed, max_examples=4, live=live))


def everything(url: str, mock: Mock) -> list[dict[str, Any]]:
    """Every user and every conversation of both agents, with its messages."""
    found = [copy.deepcopy(user) for agent in mock._state.memory.agents for user in agent.users.values()]
    for key in RAIA_KEYS:
        with httpx.Client(base_url=url, headers={"agent-secret-key": key}) as client:
            for each in client.get("/external/conversations", params={"pageSize": 1000}).json()["data"]:
                messages = client.get(f"/external/conversations/{each['id']}/messages").json()
                found.append({**each, **messages})
    return found


@pytest.fixture(scope="module")
def processes() -> Any:
    """Return processes that have loaded everything already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def test_killed_at_any_moment(processes: Any, tmp_path: Path) -> None:
    """Killed at six moments and resumed, nothing that a run made is left, and nothing else is touched."""
    chance = random.Random(20)
    states: list[tuple[bool, bool]] = []
    mock = Slow("raia")
    with serve([mock]) as urls:
        url = urls["raia"]
        before = everything(url, mock)
        for seed in range(6):
            path = tmp_path / f"{seed}.jsonl"
            process = processes.Process(target=write, args=(url, path, seed))
            process.start()
            lines = chance.randrange(1, 16)
            while process.is_alive() and not (path.exists() and path.read_bytes().count(b"\n") >= lines):
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.012))
            process.kill()
            process.join()
            journal = Journal.read(path)
            made = everything(url, mock) != before
            _cleanup.resume(journal, load("raia"), Target("mock", url, RAIA_KEYS[0]), Live(rate=10_000))
            states.append((made, everything(url, mock) == before))

    assert [True] * 6 == [same for _, same in states]
    assert sum(made for made, _ in states) > 2
