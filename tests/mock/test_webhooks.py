"""The calls that the mocks make: to whom, when, how often, in which order, and what the journal shows of them."""

from __future__ import annotations

import asyncio
import http.server
import json
import logging
import random
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import timedelta
from functools import reduce
from typing import Any, cast

import attrs
import httpx
import pytest

import causerie_mock
from causerie_mock import CONVOCORE_KEYS, RAIA_KEYS, Mock, Request, _webhooks, serve
from causerie_mock.__main__ import main
from causerie_mock._caller import Caller
from causerie_mock._waiting import Waiting
from tests.mock.conftest import connect

SECRET = "a secret of a test"
TURN = {"agentId": "agent123", "convoId": "c1", "bucket": "(default)", "prompt": "Hello"}
NESTED = reduce(lambda inner, _: [inner], range(150), cast("Any", 1))
VERY_NESTED = reduce(lambda inner, _: [inner], range(100_000), cast("Any", 1))
CONVERSATION = "/agents/agent123/convos/agent123_convo456"


class Heard:
    """A receiver in this process: keeps what it gets, and answers with the next status, 200 at last."""

    def __init__(self, *statuses: int) -> None:
        self.bodies: list[Any] = []
        self.requests: list[Request] = []
        self.statuses = list(statuses)

    def __call__(self, request: Request) -> int:
        self.requests.append(request)
        self.bodies.append(json.loads(request.body))
        return self.statuses.pop(0) if self.statuses else 200

    @property
    def types(self) -> list[str]:
        return [body["type"] for body in self.bodies]


@pytest.fixture
def heard() -> Heard:
    """Nothing yet."""
    return Heard()


class Server:
    """A receiver on a port: keeps what it gets, answers 200, or waits where `hangs` until the test is over."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, dict[str, str], Any]] = []
        self.came = threading.Semaphore(0)
        self.over = threading.Event()
        self.hangs = False
        self.status = 200
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                server.heard.append((self.path, headers, json.loads(body)))
                server.came.release()
                if server.hangs:
                    server.over.wait()
                    return
                self.send_response(server.status)
                self.send_header("location", "/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}/hooks"
        self.thread = threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.over.set()
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    """Yield a receiver on a port."""
    made = Server()
    yield made
    made.close()


@pytest.fixture
def closing(convocore_vendor: Mock) -> Iterator[Mock]:
    """Yield the mock whose thread the test starts."""
    with convocore_vendor:
        yield convocore_vendor
    assert f"webhooks of {convocore_vendor.vendor}" not in {thread.name for thread in threading.enumerate()}


# What happens


def test_a_conversation_is_made(convocore_vendor: Mock, convocore: httpx.Client, heard: Heard) -> None:
    """It was stored, and the call says how it was stored, with the secret in its body."""
    convocore_vendor.webhooks.add(heard, secret=SECRET)
    made = convocore.post("/agents/agent123/convos", json={"conversation": {"ts": 1, "userName": "Ada"}}).json()["data"]
    convocore_vendor.webhooks.deliver()

    now = int(convocore_vendor.clock.now.timestamp() * 1000)
    expected = {
        "agentId": "agent123",
        "convoId": made["ID"],
        "lightConvoData": made,
        "turns": [],
        "operation": "updated",
        "createdAt": now,
        "workspaceSecret": SECRET,
    }
    assert [{"type": "conversation_updated", "payload": expected}] == heard.bodies
    assert ["application/json; charset=UTF-8"] == heard.requests[0].header("content-type")


CAUSES: list[tuple[str, str, dict[str, Any], list[str]]] = [
    ("PATCH", CONVERSATION, {"conversation": {"notes": "new"}}, ["conversation_updated"]),
    ("PATCH", f"{CONVERSATION}/messages", {"turns": []}, ["conversation_updated"]),
    ("POST", f"{CONVERSATION}/send", {"message": "Hello"}, ["conversation_updated"]),
    ("POST", f"{CONVERSATION}/send", {"message": "Hello", "options": {"dryRun": True}}, []),
    ("POST", f"{CONVERSATION}/accept-handoff", {"acceptedByUserId": "user1"}, ["conversation_updated"]),
    ("POST", f"{CONVERSATION}/assign", {"assignToUserId": "user1"}, ["conversation_updated", "chat_delegated"]),
    ("GET", CONVERSATION, {}, []),
    ("DELETE", CONVERSATION, {}, []),
    ("PATCH", "/agents/agent123/convos/unknown", {"conversation": {"notes": "new"}}, []),
    (
        "POST",
        "/agents/interact",
        TURN,
        ["message_received", "conversation_updated"],
    ),
    (
        "POST",
        "/agents/interact",
        {**TURN, "prompt": "start"},
        ["conversation_updated"],
    ),
    (
        "POST",
        "/agents/interact",
        {**TURN, "disableRecordHistory": True},
        ["message_received"],
    ),
]


@pytest.mark.parametrize(("method", "path", "body", "events"), CAUSES)
def test_causes(
    method: str,
    path: str,
    body: dict[str, Any],
    events: list[str],
    convocore_vendor: Mock,
    convocore: httpx.Client,
    heard: Heard,
) -> None:
    """What is stored, said or handed over is told, and what is read, refused or tried is not."""
    convocore_vendor.webhooks.add(heard)
    convocore.request(method, path, json=body or None)
    convocore_vendor.webhooks.deliver()

    assert events == heard.types
    assert {CONVOCORE_KEYS[0]} >= {each["payload"]["workspaceSecret"] for each in heard.bodies}


def test_who_it_was_handed_to(convocore_vendor: Mock, convocore: httpx.Client, heard: Heard) -> None:
    """The first of the people, what is known of that person, and of the customer."""
    convocore_vendor.webhooks.add(heard, events=["chat_delegated"])
    hint = {"id": "user1", "name": "Ada", "email": "ada@example.com"}
    body = {"assignToUserIds": ["user1", "user2"], "assigneesHint": [hint], "delegatedBy": "user3"}
    convocore.post(f"{CONVERSATION}/assign", json=body)
    convocore_vendor.webhooks.deliver()

    expected = {
        "assignedToUserId": "user1",
        "assignedToUserName": "Ada",
        "assignedToUserEmail": "ada@example.com",
        "delegatedByUserId": "user3",
        "customerName": "John Doe",
        "customerEmail": "john@example.com",
        "customerPhone": "+1234567890",
        "channel": "web-chat",
    }
    assert expected == {name: heard.bodies[0]["payload"][name] for name in expected}


def test_channels(convocore_vendor: Mock, convocore: httpx.Client, heard: Heard) -> None:
    """A message names a channel that messages have, and a conversation without a channel names the web's or none."""
    convocore_vendor.webhooks.add(heard)
    for origin in ("whatsapp", "sms"):
        convocore_vendor.seed(conversations=[{"agentId": "agent123", "ID": origin, "origin": origin}])
        convocore.post("/agents/interact", json={**TURN, "convoId": origin})
    convocore_vendor.seed(conversations=[{"agentId": "agent123", "ID": "none"}])
    convocore.post("/agents/agent123/convos/none/assign", json={"assignToUserId": "user1"})
    convocore_vendor.webhooks.deliver()

    channels = [(body["type"], body["payload"].get("channel")) for body in heard.bodies]
    assert [
        ("message_received", "whatsapp"),
        ("conversation_updated", "whatsapp"),
        ("message_received", "webchat"),
        ("conversation_updated", "sms"),
        ("conversation_updated", None),
        ("chat_delegated", "web-chat"),
    ] == channels


def test_tenants(convocore_vendor: Mock, convocore: httpx.Client, other_convocore: httpx.Client) -> None:
    """Each gets what happens to it alone, with its own secret."""
    receivers = Heard(), Heard()
    for tenant, receiver in enumerate(receivers):
        convocore_vendor.webhooks.add(receiver, tenant=tenant)
    convocore.post("/agents/agent123/convos", json={"conversation": {"ts": 1}})
    other_convocore.post("/agents/agent456/convos", json={"conversation": {"ts": 1}})
    convocore_vendor.webhooks.deliver()

    got = [
        [(body["payload"]["agentId"], body["payload"]["workspaceSecret"]) for body in each.bodies] for each in receivers
    ]
    assert [[("agent123", CONVOCORE_KEYS[0])], [("agent456", CONVOCORE_KEYS[1])]] == got


def test_raia_tells_nothing_by_itself(raia_vendor: Mock, raia: httpx.Client, heard: Heard) -> None:
    """No source says what a body has."""
    raia_vendor.webhooks.add(heard)
    _talk(raia)

    assert 0 == len(raia_vendor.webhooks.settle())


def test_raia_tells_of_replies(raia_vendor: Mock, raia: httpx.Client, heard: Heard) -> None:
    """Where a test says what is sent: once for each reply, by the AI at once or later, or by a person."""
    raia_vendor.options.webhook_body = lambda message, conversation: {
        "text": message["message"],
        "messages": len(conversation["messages"]),
        "user": conversation["user"]["id"],
    }
    raia_vendor.webhooks.add(heard, secret=SECRET, headers={"X-Token": "another"})
    _talk(raia)
    raia_vendor.webhooks.deliver()

    expected = [
        {"text": "You said: one", "messages": 2, "user": "ada"},
        {"text": "You said: two", "messages": 4, "user": "ada"},
        {"text": "three", "messages": 6, "user": "ada"},
    ]
    assert expected == heard.bodies
    assert {(SECRET, "another")} == {
        (*each.header("authorization"), *each.header("x-token")) for each in heard.requests
    }


def test_raia_is_given_no_body(raia_vendor: Mock, raia: httpx.Client, heard: Heard) -> None:
    """A function that returns something else is a mistake of the test's."""
    raia_vendor.options.webhook_body = lambda *_: "text"
    raia_vendor.webhooks.add(heard)

    with pytest.raises(TypeError, match="returned 'text'; it must return a dict, or None"):
        _talk(raia)


def _talk(raia: httpx.Client) -> None:
    conversation = raia.post("/external/conversations", json={"conversationUserId": "ada", "title": "Hello"}).json()
    path = f"/external/conversations/{conversation['id']}"
    raia.post(f"{path}/messages", json={"message": "one"})
    question = raia.post(f"{path}/messages/async", json={"message": "two"}).json()
    for _ in range(3):
        raia.get(f"{path}/messages/{question['id']}/response-on")
    raia.put(f"{path}/mode", json={"mode": "manual"})
    raia.post(f"{path}/messages", json={"message": "nobody answers"})
    raia.post(f"{path}/send-manual-message", json={"message": "three"})


# What a test makes happen


def test_a_body_is_completed(convocore_vendor: Mock, heard: Heard) -> None:
    """What is left out is as documented; an event that no page has needs its body."""
    convocore_vendor.webhooks.add(heard)
    convocore_vendor.webhooks.emit("lead_captured", {"leadName": "Ada"})
    convocore_vendor.webhooks.emit("of_tomorrow", {"any": "thing"})
    convocore_vendor.webhooks.deliver()
    first, second = heard.bodies

    assert ("Ada", "john@example.com") == (first["payload"]["leadName"], first["payload"]["leadEmail"])
    assert {"any": "thing", "workspaceSecret": CONVOCORE_KEYS[0]} == second["payload"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"event": "mesage"}, "event is 'mesage'; choose from message_received, .*, or give its body"),
        ({"event": "webhook_test", "body": [1]}, "body is a list; give a JSON object"),
        ({"event": "webhook_test", "body": {"a": object()}}, "body is not a JSON object: "),
        ({"event": "webhook_test", "body": {"a": "\ud800"}}, "body is not a JSON object: "),
        ({"event": "webhook_test", "body": {"a": float("nan")}}, "body is not a JSON object: .*not JSON compliant"),
        ({"event": "webhook_test", "body": {"a": NESTED}}, "body is not a JSON object: .*deeper than 100 levels"),
        ({"event": "webhook_test", "body": {"a": VERY_NESTED}}, "body is not a JSON object: .*recursion"),
        ({"event": "webhook_test", "tenant": 1}, "No target wants 'webhook_test' of tenant 1; .*webhooks.add"),
        ({"event": "agent_created"}, "No target wants 'agent_created' of tenant 0"),
    ],
)
def test_what_cannot_happen(arguments: dict[str, Any], sentence: str, convocore_vendor: Mock, heard: Heard) -> None:
    """The error says what is wrong and what to do."""
    convocore_vendor.webhooks.add(heard, events=["webhook_test", "message_received"])

    with pytest.raises(ValueError, match=sentence):
        convocore_vendor.webhooks.emit(**arguments)
    assert 0 == convocore_vendor.webhooks.pending


def test_nothing_is_known_of_a_vendor(zild_vendor: Mock, heard: Heard) -> None:
    """No document says what Zild sends."""
    with pytest.raises(ValueError, match="The mock has no webhooks for zild"):
        zild_vendor.webhooks.add(heard)


# Order, delays, duplicates, retries


def test_delay(convocore_vendor: Mock, convocore: httpx.Client, heard: Heard) -> None:
    """Nothing is sent before its time in mock time has come."""
    convocore_vendor.clock.freeze()
    convocore_vendor.webhooks.add(heard, delay=60)
    convocore.post("/agents/agent123/convos", json={"conversation": {"ts": 1}})
    before = convocore_vendor.clock.now
    early = convocore_vendor.webhooks.deliver()
    convocore_vendor.clock.advance(60)
    (delivery,) = convocore_vendor.webhooks.deliver()

    assert ((), before + timedelta(seconds=60)) == (tuple(early), delivery.at)


def test_settle_moves_time(convocore_vendor: Mock, heard: Heard) -> None:
    """Frozen or not, it is as late as the last call is due, and what is due first is first."""
    convocore_vendor.clock.freeze()
    for delay in (30, 5):
        convocore_vendor.webhooks.add(heard, delay=delay)
    before = convocore_vendor.clock.now
    convocore_vendor.webhooks.emit("webhook_test")
    delivered = convocore_vendor.webhooks.settle()

    assert [5, 30] == [(each.at - before).total_seconds() for each in delivered]
    assert 0 == convocore_vendor.webhooks.pending


@pytest.mark.parametrize("method", ["deliver", "settle"])
def test_order(method: str, convocore_vendor: Mock, heard: Heard) -> None:
    """As it was sent, the other way round, or shuffled: by the seed, so it is the same again."""
    convocore_vendor.webhooks.add(heard)
    found = []
    for order in ("sent", "reversed", "shuffled", "shuffled"):
        if order == "shuffled":
            convocore_vendor.reset(seed=3)
            convocore_vendor.webhooks.add(heard)
        for number in range(6):
            convocore_vendor.webhooks.emit("webhook_test", {"message": str(number)})
        getattr(convocore_vendor.webhooks, method)(order=order)
        found.append("".join(body["payload"]["message"] for body in heard.bodies))
        heard.bodies.clear()

    assert ["012345", "543210"] == found[:2]
    assert found[2] == found[3]
    assert found[2] not in found[:2]
    assert "012345" == "".join(sorted(found[2]))


def test_settle_reverses_what_has_delays(convocore_vendor: Mock, convocore: httpx.Client, heard: Heard) -> None:
    """Time moves on to the last, so that it can be the first."""
    convocore_vendor.webhooks.add(heard, delay=60)
    made = [
        convocore.post("/agents/agent123/convos", json={"conversation": {"ts": 1}}).json()["data"]["ID"]
        for _ in range(3)
    ]
    convocore_vendor.webhooks.settle(order="reversed")

    assert made[::-1] == [body["payload"]["convoId"] for body in heard.bodies]


def test_no_such_order(convocore_vendor: Mock) -> None:
    """The error names the orders."""
    with pytest.raises(ValueError, match="order is 'random'; give one of sent, reversed, shuffled"):
        convocore_vendor.webhooks.deliver(order="random")  # type: ignore[arg-type]


def test_duplicates(convocore_vendor: Mock, heard: Heard) -> None:
    """The same body comes again, and the journal says so."""
    convocore_vendor.webhooks.add(heard, duplicates=2)
    convocore_vendor.webhooks.emit("webhook_test")
    delivered = convocore_vendor.webhooks.deliver()

    assert [False, True, True] == [each.duplicate for each in delivered]
    assert [heard.bodies[0]] * 3 == heard.bodies


def test_retries(convocore_vendor: Mock) -> None:
    """After each answer that is no success, a redirect too, it is sent again, later each time."""
    convocore_vendor.clock.freeze()
    heard = Heard(500, 302, 404, 204)
    convocore_vendor.webhooks.add(heard, retries=3, backoff=10)
    before = convocore_vendor.clock.now
    convocore_vendor.webhooks.emit("webhook_test")
    delivered = convocore_vendor.webhooks.settle()

    assert [(1, 500, 0), (2, 302, 10), (3, 404, 30), (4, 204, 70)] == [
        (each.attempt, each.status, (each.at - before).total_seconds()) for each in delivered
    ]
    assert [False, False, False, True] == [each.ok for each in delivered]
    assert [heard.bodies[0]] * 4 == heard.bodies


def test_retries_end(convocore_vendor: Mock) -> None:
    """Convocore does not call again, unless a test says so, and then as often as it says."""
    heard = Heard(*[500] * 9)
    convocore_vendor.webhooks.add(heard)
    convocore_vendor.webhooks.add(heard, retries=2)
    convocore_vendor.webhooks.emit("webhook_test")

    assert [1, 1, 2, 3] == [each.attempt for each in convocore_vendor.webhooks.settle()]


def test_what_is_cleared_is_not_tried_again(convocore_vendor: Mock) -> None:
    """A receiver that is not called any more while it is being called."""

    def receiver(_: Request) -> int:
        convocore_vendor.webhooks.clear()
        return 500

    for _ in range(2):
        convocore_vendor.webhooks.add(receiver, retries=3)
    convocore_vendor.webhooks.emit("webhook_test")

    assert [500] == [each.status for each in convocore_vendor.webhooks.settle()]
    assert () == convocore_vendor.webhooks.targets


def test_endless_events(convocore_vendor: Mock, convocore: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A receiver that answers every event with what causes the next one is found out."""
    monkeypatch.setattr(_webhooks, "_ROUNDS", 5)

    def receiver(_: Request) -> int:
        return convocore.post("/agents/agent123/convos", json={"conversation": {"ts": 1}}).status_code

    convocore_vendor.webhooks.add(receiver)
    convocore_vendor.webhooks.emit("webhook_test")
    first = convocore_vendor.webhooks.deliver()

    assert 1 == len(first)
    with pytest.raises(RuntimeError, match="After 5 rounds, calls still wait"):
        convocore_vendor.webhooks.settle()


def test_too_many_wait(convocore_vendor: Mock, heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest is never sent, and the journal says so."""
    monkeypatch.setattr(_webhooks, "_WAITING", 2)
    convocore_vendor.webhooks.add(heard)
    for number in range(3):
        convocore_vendor.webhooks.emit("webhook_test", {"message": str(number)})
    dropped = convocore_vendor.webhooks.deliveries[0]
    convocore_vendor.webhooks.deliver()

    assert (0, "It was never sent: more than 2 calls were waiting.") == (dropped.status, dropped.error)
    assert ["1", "2"] == [body["payload"]["message"] for body in heard.bodies]


# Receivers in this process


def test_a_receiver_that_raises(convocore_vendor: Mock) -> None:
    """What it raises comes out of `deliver`, the journal has it without a word of what was sent, and the rest waits."""

    def receiver(request: Request) -> int:
        raise OSError(request.body)

    convocore_vendor.webhooks.add(receiver)
    for _ in range(2):
        convocore_vendor.webhooks.emit("webhook_test")

    with pytest.raises(OSError, match="webhook_test"):
        convocore_vendor.webhooks.deliver()
    (delivery,) = convocore_vendor.webhooks.deliveries
    assert "webhook_test to receiver: The receiver raised OSError." == str(delivery)
    assert 1 == convocore_vendor.webhooks.pending


def test_a_receiver_without_a_status(convocore_vendor: Mock) -> None:
    """A function that forgets to return one is a mistake of the test's."""
    convocore_vendor.webhooks.add(lambda _: None)
    convocore_vendor.webhooks.emit("webhook_test")

    with pytest.raises(TypeError, match="<lambda> returned NoneType; it must return a status, such as 200"):
        convocore_vendor.webhooks.deliver()


async def _started(scope: Any, receive: Any, send: Any) -> None:
    """Answers, hears the end of the connection, and fails after that."""
    body = await receive()
    echoed = (scope["method"], scope["path"], scope["raw_path"], body["body"][:8])
    assert echoed == ("POST", "/ä", b"/%C3%A4", b'{"type":')
    await send({"type": "http.response.start", "status": 500, "headers": []})
    await send({"type": "http.response.body", "body": b"a", "more_body": True})
    await send({"type": "http.response.body", "body": b"b"})
    gone = await receive()
    raise RuntimeError(gone["type"])


async def _silent(_: Any, __: Any, ___: Any) -> None:
    """Answers nothing."""


async def _broken(_: Any, __: Any, ___: Any) -> None:
    raise RuntimeError("It is broken.")


def test_an_application_that_answers_and_fails(convocore_vendor: Mock) -> None:
    """Its answer counts, as it does from a server; and it may be called from within an event loop."""
    convocore_vendor.webhooks.add(_started, path="/ä")
    convocore_vendor.webhooks.emit("webhook_test")

    async def deliver() -> list[tuple[int, str]]:
        return [(each.status, each.target) for each in convocore_vendor.webhooks.deliver()]

    assert [(500, "function /ä")] == asyncio.run(deliver())


@pytest.mark.parametrize(("application", "sentence"), [(_silent, "has sent no answer"), (_broken, "It is broken")])
def test_an_application_without_an_answer(application: Any, sentence: str, convocore_vendor: Mock) -> None:
    """What it raises comes out of `deliver`."""
    convocore_vendor.webhooks.add(application)
    convocore_vendor.webhooks.emit("webhook_test")

    with pytest.raises(RuntimeError, match=sentence):
        convocore_vendor.webhooks.deliver()


# URLs


def test_a_url_is_called_at_once(closing: Mock, server: Server, heard: Heard) -> None:
    """By a thread: the request that caused it does not wait for the answer."""
    closing.webhooks.add(f"{server.url}?token=t0p", secret=SECRET)
    server.hangs = True
    with connect(closing) as client:
        client.post("/agents/agent123/convos", json={"conversation": {"ts": 1}})
        client.post("/agents/agent123/convos", json={"conversation": {"ts": 1}})
    server.came.acquire()
    (path, headers, body), *rest = server.heard
    server.over.set()

    assert ("/hooks?token=t0p", "application/json; charset=UTF-8") == (path, headers["content-type"])
    assert ("conversation_updated", SECRET) == (body["type"], body["payload"]["workspaceSecret"])
    assert [] == rest
    server.came.acquire()


def test_deliver_waits_for_the_thread(closing: Mock, server: Server) -> None:
    """What a URL was sent is in the journal then: status and place, and no query. Redirects are not followed."""
    server.status = 307
    closing.webhooks.add(f"{server.url}?token=t0p")
    for _ in range(3):
        closing.webhooks.emit("webhook_test")
    closing.webhooks.settle()
    journal = closing.webhooks.deliveries

    assert [(307, f"{server.url}?***")] * 3 == [(each.status, each.target) for each in journal]
    assert ["/hooks?token=t0p"] * 3 == [path for path, *_ in server.heard]


def test_held(closing: Mock, server: Server) -> None:
    """A URL may wait for the test as well, and its calls change places then."""
    closing.webhooks.add(server.url, held=True)
    for number in range(3):
        closing.webhooks.emit("webhook_test", {"message": str(number)})
    before = len(server.heard)
    closing.webhooks.deliver(order="reversed")

    assert 0 == before
    assert ["2", "1", "0"] == [body["payload"]["message"] for *_, body in server.heard]


@pytest.mark.parametrize("how", ["advance", "tick", "run"])
def test_the_thread_follows_the_clock(how: str, closing: Mock, server: Server) -> None:
    """A call that is not due is made once mock time comes to it, however it comes."""
    closing.webhooks.add(server.url, delay=0.01 if how == "run" else 1)
    closing.webhooks.emit("webhook_test")
    before = len(server.heard)
    if how == "advance":
        closing.clock.advance(1)
    elif how == "tick":
        closing.handle(Request("GET", b"/"))
    else:
        closing.clock.run()
    server.came.acquire()

    assert 0 == before


def test_nobody_listens(closing: Mock) -> None:
    """The journal says why there was no answer, and it is tried again."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    closing.webhooks.add(f"http://localhost:{port}", retries=1)
    closing.webhooks.emit("webhook_test")
    delivered = closing.webhooks.settle()

    assert [(0, "Connection refused")] * 2 == [(each.status, each.error) for each in delivered]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_what_is_no_answer(scheme: str, closing: Mock) -> None:
    """The journal does not show it: it may repeat what was sent."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def echo() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"nonsense " + connection.recv(65536) + b"\r\n\r\n")

        thread = threading.Thread(target=echo)
        thread.start()
        closing.webhooks.add(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/", secret=SECRET)
        closing.webhooks.emit("webhook_test")
        (delivery,) = closing.webhooks.deliver()
        thread.join()

    assert 0 == delivery.status
    assert delivery.error
    assert "nonsense" not in delivery.error


def test_close_while_a_call_waits_for_its_answer(convocore_vendor: Mock, server: Server) -> None:
    """It ends at once, the thread too, and nothing else is sent."""
    server.hangs = True
    webhooks = convocore_vendor.webhooks
    webhooks.add(server.url, retries=5)
    for _ in range(3):
        webhooks.emit("webhook_test")
    server.came.acquire()
    convocore_vendor.close()

    assert (0, 0, 1) == (webhooks.pending, len(webhooks.deliveries), len(server.heard))
    assert "webhooks of convocore" not in {thread.name for thread in threading.enumerate()}


def test_close_while_calls_are_not_due(convocore_vendor: Mock, server: Server) -> None:
    """They are not made; and a mock that is used again goes on."""
    convocore_vendor.webhooks.add(server.url, delay=60)
    convocore_vendor.webhooks.emit("webhook_test", {"message": "first"})
    convocore_vendor.close()
    convocore_vendor.clock.advance(60)
    convocore_vendor.webhooks.emit("webhook_test", {"message": "second"})
    convocore_vendor.webhooks.settle()
    convocore_vendor.close()

    assert ["second"] == [body["payload"]["message"] for *_, body in server.heard]


@pytest.mark.parametrize("end", ["close", "reset"])
def test_the_end_while_it_connects(end: str, convocore_vendor: Mock, server: Server) -> None:
    """Nobody accepts, and nothing waits for that: the mock ends, or goes on with what comes after a reset."""
    webhooks = convocore_vendor.webhooks
    with ExitStack() as stack:
        full = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(3):  # So many take the places of its queue.
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        webhooks.add(f"http://127.0.0.1:{full.getsockname()[1]}/")
        webhooks.emit("webhook_test")
        getattr(convocore_vendor, end)()
        webhooks.add(server.url)
        webhooks.emit("webhook_test")
        delivered = webhooks.deliver() if end == "reset" else ()
    convocore_vendor.close()

    assert [200] * len(delivered) == [each.status for each in delivered]
    assert "webhooks of convocore" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.parametrize("end", ["close", "reset"])
def test_a_server_is_called_again(end: str, closing: Mock, server: Server) -> None:
    """Although the call before never came to an end."""
    closing.webhooks.add(server.url, lasting=True)
    server.hangs = True
    closing.webhooks.emit("webhook_test", {"message": "first"})
    server.came.acquire()
    server.hangs = False
    getattr(closing, end)()
    closing.webhooks.emit("webhook_test", {"message": "second"})
    delivered = closing.webhooks.deliver()

    assert [("second", 200)] == [(each.json["payload"]["message"], each.status) for each in delivered]


def test_receivers_do_not_wait_for_each_other(closing: Mock, server: Server) -> None:
    """While one does not answer, others get all of theirs; and each in the order of the events, one after the other."""
    slow = Server()
    slow.hangs = True
    # The same URL is the same receiver, though it was named twice.
    for url in (slow.url, server.url, slow.url):
        closing.webhooks.add(url)
    for number in range(3):
        closing.webhooks.emit("webhook_test", {"message": str(number)})
    for _ in range(3):
        server.came.acquire()
    slow.came.acquire()
    heard = len(slow.heard)
    slow.close()
    closing.webhooks.deliver()
    journal = [(each.target, each.json["payload"]["message"]) for each in closing.webhooks.deliveries]

    assert 1 == heard
    assert [(server.url, number) for number in "012"] == [each for each in journal if each[0] == server.url]
    assert [(slow.url, number) for number in "001122"] == [each for each in journal if each[0] == slow.url]


ENDLESS = "The head of its answer is too long."
SILENCE = "It did not answer within 0.2 seconds."
ANSWERS: list[tuple[str, bytes, bool, int, str | None]] = [
    ("only a status", b"HTTP/1.1 204", False, 204, None),
    ("two gibibytes", b"HTTP/1.1 200 OK\r\ncontent-length: 2147483648\r\n\r\n" + b"x" * 100_000, True, 200, None),
    ("lines of Unix", b"HTTP/1.0 201 Created\ncontent-length: 0\n\n", True, 201, None),
    (
        "words in between",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103\r\nlink: a\r\n\r\nHTTP/1.1 202\r\n\r\n",
        True,
        202,
        None,
    ),
    ("another protocol", b"HTTP/1.1 101 Switching Protocols\r\n\r\n", True, 101, None),
    ("nothing", b"", True, 0, SILENCE),
    ("never a status", b"HTTP/1.1 100\r\n\r\n", True, 0, SILENCE),
    ("never its headers", b"HTTP/1.1 200\r\na: b\r\n", True, 0, SILENCE),
    ("the end", b"", False, 0, "It hung up without an answer."),
    ("no HTTP", b"SSH-2.0\r\n", True, 0, "Its answer is not HTTP."),
    ("a line without end", b"HTTP/1.1 200 " + b"x" * 200_000, True, 0, ENDLESS),
    ("headers without end", b"HTTP/1.1 200\r\n" + b"a: b\r\n" * 1000, True, 0, ENDLESS),
    ("words without end", b"HTTP/1.1 100\r\n\r\n" * 1000, True, 0, ENDLESS),
]


@pytest.mark.parametrize(
    ("answer", "stays", "status", "problem"), [each[1:] for each in ANSWERS], ids=[each[0] for each in ANSWERS]
)
def test_answers(
    answer: bytes,
    stays: bool,
    status: int,
    problem: str | None,
    closing: Mock,
    server: Server,
) -> None:
    """Whatever a receiver answers is read to the end of its headers, in the vendor's time, or is a sentence."""
    assert closing.webhooks._hooks
    closing.webhooks._hooks = attrs.evolve(closing.webhooks._hooks, timeout=0.2)
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def play() -> None:
            connection, _ = listener.accept()
            with connection, suppress(ConnectionError):
                connection.recv(65536)
                connection.sendall(answer)
                if stays:
                    over.wait()

        thread = threading.Thread(target=play)
        thread.start()
        closing.webhooks.add(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        closing.webhooks.emit("webhook_test")
        (delivery,) = closing.webhooks.deliver()
        over.set()
        thread.join()

    assert (status, problem) == (delivery.status, delivery.error)


@pytest.mark.parametrize(
    ("host", "problem"),
    [
        ("a..b", "check the name of its host."),
        ("nowhere.invalid", ""),
        (".b", ""),
        ("0.0.0.0:1", "Connection refused"),
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_hosts_that_are_not_reached(scheme: str, host: str, problem: str, closing: Mock, server: Server) -> None:
    """The journal says why, and the thread goes on with the next."""
    closing.webhooks.anywhere = True
    closing.webhooks.add(f"{scheme}://{host}/")
    closing.webhooks.add(server.url)
    closing.webhooks.emit("webhook_test")
    closing.webhooks.deliver()
    journal = {each.target: each for each in closing.webhooks.deliveries}

    assert 200 == journal[server.url].status
    assert problem in str(journal[f"{scheme}://{host}/"].error)


def test_a_thread_that_has_ended() -> None:
    """It is not woken any more, and nobody minds."""
    changed = threading.Condition()

    async def call(*_: object) -> None:
        """Nobody is called."""

    caller = Caller("webhooks of a test", changed, lambda: (Waiting(), [], None), call)
    with changed:
        caller.end()
    caller.join()
    caller.wake()

    assert "webhooks of a test" not in {thread.name for thread in threading.enumerate()}


def test_many_threads(closing: Mock, server: Server) -> None:
    """However they emit, reset, release and close at once, no thread is left behind, and the mock goes on."""
    silent = Server()
    silent.hangs = True
    webhooks = closing.webhooks
    chance = random.Random(4)

    def emit() -> None:
        with suppress(ValueError):  # nobody wants it
            webhooks.emit("webhook_test")

    deeds: list[Callable[[], object]] = [
        closing.reset,
        closing.close,
        webhooks.clear,
        webhooks.release,
        lambda: webhooks.add(server.url, retries=1, held=True),
        lambda: webhooks.add(silent.url, delay=1),
        lambda: webhooks.add(silent.url),
        *[emit] * 5,
        lambda: closing.clock.advance(0.5),
    ]
    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(chance.choice(deeds)) for _ in range(400)]
    problems = [each.exception() for each in done]
    closing.close()
    closing.reset()
    webhooks.add(server.url)
    webhooks.emit("webhook_test")
    delivered = webhooks.deliver()
    silent.close()

    assert {None} == set(problems)
    assert [200] == [each.status for each in delivered]


def test_an_application_that_does_not_answer(convocore_vendor: Mock) -> None:
    """It has the vendor's time; what it raises itself, a timeout too, comes out of `deliver`."""
    assert convocore_vendor.webhooks._hooks
    convocore_vendor.webhooks._hooks = attrs.evolve(convocore_vendor.webhooks._hooks, timeout=0.05)

    async def hanging(*_: Any) -> None:
        await asyncio.Event().wait()

    async def failing(*_: Any) -> None:
        raise TimeoutError("of its own")

    convocore_vendor.webhooks.add(hanging)
    convocore_vendor.webhooks.emit("webhook_test")
    (delivery,) = convocore_vendor.webhooks.deliver()
    convocore_vendor.webhooks.clear()
    convocore_vendor.webhooks.add(failing)
    convocore_vendor.webhooks.emit("webhook_test")

    assert (0, "It did not answer within 0.05 seconds.") == (delivery.status, delivery.error)
    with pytest.raises(TimeoutError, match="of its own"):
        convocore_vendor.webhooks.deliver()


def test_reset_while_a_call_is_made(convocore_vendor: Mock) -> None:
    """What becomes of it does not enter the new journal."""

    def receiver(_: Request) -> int:
        convocore_vendor.reset()
        return 500

    convocore_vendor.webhooks.add(receiver, retries=3, lasting=True)
    convocore_vendor.webhooks.add(receiver)
    convocore_vendor.webhooks.emit("webhook_test")
    delivered = convocore_vendor.webhooks.deliver()

    assert ((), 0, 0) == (
        tuple(delivered),
        convocore_vendor.webhooks.pending,
        convocore_vendor.webhooks.deliveries.total,
    )
    assert [True] == [each.lasting for each in convocore_vendor.webhooks.targets]


# Bad input, and secrets


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hooks",
        "https://10.0.0.1/",
        "http://0.0.0.0:80/",
        "http://169.254.169.254/latest",
        "http://[fe80::1]/",
        "http://127.0.0.1.example.com/",
        "http://localhost.example.com/",
        "http://2130706433/",
        "http://127.1/",
    ],
)
def test_other_machines(url: str, convocore_vendor: Mock) -> None:
    """The error names the argument, the value and the remedy; allowed, it is taken."""
    with pytest.raises(ValueError, match="not this machine; give a URL on 127") as caught:
        convocore_vendor.webhooks.add(f"{url}?token=t0p")
    convocore_vendor.webhooks.anywhere = True
    added = convocore_vendor.webhooks.add(url)

    assert f"target is {url!r}" in str(caught.value)
    assert "webhooks.anywhere = True" in str(caught.value)
    assert "t0p" not in str(caught.value)
    assert url == added.place


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000", "https://127.9.9.9/a", "http://[::1]:80/", "http://localhost"]
)
def test_this_machine(url: str, convocore_vendor: Mock) -> None:
    """Every address of it will do."""
    assert url == convocore_vendor.webhooks.add(url).place


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"target": "127.0.0.1:80"}, "target is '127.0.0.1:80'; give the http or https URL"),
        ({"target": "ftp://127.0.0.1"}, "target is 'ftp://127.0.0.1'; give the http or https URL"),
        ({"target": "http://127.0.0.1:port"}, "give the http or https URL"),
        ({"target": "http://127.0.0.1:0"}, "give the http or https URL"),
        ({"target": "http://"}, "give the http or https URL"),
        ({"target": "http://127.0.0.1/ä"}, "give the http or https URL"),
        ({"target": "http://127.0.0.1/\r\nx: y"}, "give the http or https URL"),
        ({"target": "http://127.0.0.1/a b"}, "give the http or https URL"),
        ({"target": f"http://me:{SECRET.replace(' ', '')}@127.0.0.1/"}, "a user or a password before '127.0.0.1'"),
        ({"target": "http://127.0.0.1/", "path": "/a"}, "path is '/a'; give it as a part of the URL"),
        ({"target": f"http://me:a?{SECRET.replace(' ', '')}@example.com/"}, "target is '\\*\\*\\*'"),
        ({"target": f"ftp://127.0.0.1/#{SECRET.replace(' ', '')}"}, "target is 'ftp://127.0.0.1/'"),
        ({"target": SECRET.encode()}, "target is a bytes; give a URL, an ASGI application, or a function"),
        ({"target": 5}, "target is 5; give a URL, an ASGI application, or a function"),
        ({"path": "a"}, "path is 'a'; give a text that begins with a slash"),
        ({"delay": -1}, "delay is -1; give a number of seconds"),
        ({"delay": 1e12}, "delay is 1000000000000.0; give at most 1000000000"),
        ({"backoff": "1"}, "backoff is '1'; give a number of seconds"),
        ({"retries": 1.5}, "retries is 1.5; give a whole number"),
        ({"retries": 21}, "retries is 21; give at most 20"),
        ({"duplicates": 21}, "duplicates is 21; give at most 20"),
        ({"held": 1}, "held is 1; give True or False"),
        ({"tenant": 2}, "tenant is 2; convocore has the tenants 0 and 1"),
        ({"events": "webhook_test"}, "events is 'webhook_test'; give a list of texts"),
        ({"events": ["mesage"]}, "events has 'mesage'; choose from message_received"),
        ({"secret": ""}, "secret is not a text with printable"),
        ({"secret": b"bytes"}, "secret is not a text with printable"),
        ({"secret": f"{SECRET}\ud800"}, "secret is not a text with printable"),
        ({"headers": [SECRET]}, "headers is not a dict"),
        ({"headers": {"Host": SECRET}}, "headers has 'Host'; give names that HTTP allows, and not connection"),
        ({"headers": {"a b": SECRET}}, "headers has 'a b'"),
        ({"headers": {"X": f"{SECRET}\r\n"}}, "The header 'X' has a value that cannot be sent"),
        ({"headers": {"X": 5}}, "The header 'X' has a value that cannot be sent"),
    ],
)
def test_what_is_refused(settings: dict[str, Any], sentence: str, convocore_vendor: Mock, heard: Heard) -> None:
    """The error says what is wrong and what to do, and shows no secret."""
    with pytest.raises(ValueError, match=sentence) as caught:
        convocore_vendor.webhooks.add(settings.pop("target", heard), **settings)

    assert () == convocore_vendor.webhooks.targets
    assert SECRET not in str(caught.value)
    assert SECRET.replace(" ", "") not in str(caught.value)


def test_a_secret_that_is_no_header(raia_vendor: Mock, heard: Heard) -> None:
    """raia's travels in one."""
    with pytest.raises(ValueError, match="The header 'authorization' has a value that cannot be sent"):
        raia_vendor.webhooks.add(heard, secret="é€")


@pytest.mark.parametrize("vendor", ["convocore", "raia"])
def test_no_secret_is_shown(vendor: str, server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """Not in the journal, nor in a repr or a log at DEBUG, be it in texts, names and numbers of the body too."""
    caplog.set_level(logging.DEBUG)
    header = "a secret header"
    with Mock(vendor) as mock:
        added = mock.webhooks.add(server.url, secret="4711", headers={"X-Token": header})
        mock.webhooks.emit("manual", {"4711": f"is {header}", "deep": [{"n": 47110, "other": 5}]})
        (delivery,) = mock.webhooks.deliver()
    journal = delivery.json if vendor == "raia" else delivery.json["payload"]
    shown = repr(delivery) + str(delivery) + repr(added) + caplog.text

    assert ("is ***", [{"n": "***0", "other": 5}]) == (journal["***"], journal["deep"])
    assert "***" == delivery.headers["X-Token"]
    assert [] == [secret for secret in ("4711", header) if secret in shown.replace(server.url, "")]
    assert "4711" in str(server.heard)
    assert header in str(server.heard)


def test_headers_of_a_test_come_first(raia_vendor: Mock, heard: Heard) -> None:
    """They take the place of the vendor's, however they are spelled; a short one is no secret in a body."""
    raia_vendor.webhooks.add(heard, secret=SECRET, headers={"AUTHORIZATION": "mine", "Content-Type": "text/json"})
    raia_vendor.webhooks.emit("manual", {"text": "It is mine."})
    (delivery,) = raia_vendor.webhooks.deliver()

    assert [["mine"], ["text/json"]] == [heard.requests[0].header(name) for name in ("authorization", "content-type")]
    assert {"AUTHORIZATION": "***", "Content-Type": "***"} == delivery.headers
    assert "It is mine." == delivery.json["text"]


def test_the_own_secret_is_not_shown_either(convocore_vendor: Mock, heard: Heard) -> None:
    """Where a test gives none, it is the key of the mock."""
    convocore_vendor.webhooks.add(heard)
    convocore_vendor.webhooks.emit("webhook_test")
    (delivery,) = convocore_vendor.webhooks.deliver()

    assert CONVOCORE_KEYS[0] not in repr(delivery)
    assert "***" == delivery.json["payload"]["workspaceSecret"]


def test_no_secret_is_no_header(raia_vendor: Mock) -> None:
    """raia has no secret of its own: a webhook has the headers that it was made with."""
    heard = Heard()
    raia_vendor.webhooks.add(heard)
    raia_vendor.webhooks.emit("manual")
    raia_vendor.webhooks.deliver()

    assert [] == heard.requests[0].header("authorization")
    assert {"conversationId", "messageId", "userId", "message", "timestamp"} == heard.bodies[0].keys()


def test_the_journal_forgets(convocore_vendor: Mock, heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest first, by number and by size; the total stays."""
    convocore_vendor.webhooks.add(heard)
    for _ in range(1002):
        convocore_vendor.webhooks.emit("webhook_test")
    convocore_vendor.webhooks.deliver()
    journal = convocore_vendor.webhooks.deliveries
    first, size = journal[0].index, len(journal)
    monkeypatch.setattr("causerie_mock._deliveries._BYTES", 1)
    convocore_vendor.webhooks.emit("webhook_test")
    convocore_vendor.webhooks.deliver()

    assert (2, 1000) == (first, size)
    assert (1, 1003, 1002) == (len(journal), journal.total, journal[-1].index)
    assert [1002] == [each.index for each in journal]


# On a port


def test_control(server: Server) -> None:
    """Everything that a test in Python has, over HTTP; the secret goes in and does not come out."""
    mock = Mock("convocore", check=True)
    with serve([mock]) as urls, httpx.Client() as client:
        base = urls["convocore"].replace("/convocore", "/_causerie/convocore/webhooks")
        added = client.post(
            base, json={"target": server.url, "secret": SECRET, "held": True, "events": ["webhook_test"]}
        )
        for number in range(2):
            client.post(f"{base}/events", json={"event": "webhook_test", "body": {"message": str(number)}})
        listed = client.get(base)
        ordered = client.post(f"{base}/deliveries", json={"order": "reversed"})
        for _ in range(2):
            server.came.acquire()
        mock.webhooks.deliver()
        journal = client.get(f"{base}/deliveries", params={"after": 0, "limit": 5})
        refused = client.post(base, json={"target": "http://example.com/"})
        unknown = client.post(f"{base}/events", json={"event": "agent_created"})
        cleared = client.delete(base)

    expected = {
        "target": server.url,
        "events": ["webhook_test"],
        "tenant": 0,
        "delay": 0,
        "retries": 0,
        "backoff": 1,
        "duplicates": 0,
        "held": True,
    }
    assert (201, expected) == (added.status_code, added.json())
    assert {"pending": 2, "webhooks": [expected]} == listed.json()
    assert [(1, 200, 2)] == [
        (each["index"], each["status"], journal.json()["total"]) for each in journal.json()["deliveries"]
    ]
    assert ["1", "0"] == [body["payload"]["message"] for *_, body in server.heard]
    assert [204, 400, 400, 204] == [each.status_code for each in (ordered, refused, unknown, cleared)]
    assert "not this machine" in refused.json()["message"]
    assert SECRET not in added.text + listed.text + journal.text
    assert () == mock.webhooks.targets


def test_a_receiver_that_calls_the_mock(closing: Mock) -> None:
    """Over two ports, while the mock calls it: neither waits for the other."""
    url = closing.url
    found = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            found.append(httpx.get(f"{url}{CONVERSATION}", headers=closing.headers()).status_code)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as receiver:
        thread = threading.Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        closing.webhooks.add(f"http://127.0.0.1:{receiver.server_port}")
        closing.webhooks.emit("webhook_test")
        delivered = closing.webhooks.deliver()
        receiver.shutdown()
        thread.join()

    assert ([200], [200]) == (found, [each.status for each in delivered])


def test_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `--webhook` names is there after a reset too, with the secret of the environment."""
    monkeypatch.setenv("CAUSERIE_WEBHOOK_SECRET", SECRET)
    served: list[Mock] = []
    monkeypatch.setattr("causerie_mock.__main__.run", lambda _, mocks: served.extend(mocks))
    code = main(["--port", "0", "--webhook", "raia=http://example.com/", "--webhook-anywhere"])
    targets = {}
    for mock in served:
        mock.reset()
        targets[mock.vendor] = [(each.place, each.secret) for each in mock.webhooks.targets]

    assert 0 == code
    assert {"convocore": [], "raia": [("http://example.com/", SECRET)], "zild": []} == targets


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("http://127.0.0.1/", "--webhook http://127.0.0.1/: Give VENDOR=URL, where the vendor is one of raia, zild."),
        ("http://me:pass@127.0.0.1/", "--webhook 127.0.0.1/: Give VENDOR=URL, where the vendor is one of raia, zild."),
        ("convocore=http://127.0.0.1/", "--webhook convocore: Give VENDOR=URL, where the vendor is one of raia, zild."),
        ("raia=http://example.com/", "--webhook raia: target is 'http://example.com/', which is not this machine; "),
        ("zild=http://127.0.0.1/", "--webhook zild: The mock has no webhooks for zild: "),
    ],
)
def test_the_command_refuses(text: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what is wrong and what to do."""
    assert 2 == main(["raia", "zild", "--webhook", text])
    assert capsys.readouterr().err.startswith(sentence)


def test_the_second_key_is_the_second_secret() -> None:
    """Each workspace has its own; raia has none."""
    secrets = {vendor: causerie_mock._vendors.vendor_of(vendor).hooks for vendor in ("convocore", "raia")}  # type: ignore[attr-defined]

    assert [CONVOCORE_KEYS, (None, None)] == [hooks.secrets for hooks in secrets.values()]
    assert RAIA_KEYS != CONVOCORE_KEYS
