"""Faults on demand: in process, and over a real socket."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

import httpx
import pytest

from causerie_mock import Mock, MockTransport, Request, asgi, serve
from causerie_mock._faults import Kind
from tests.mock.conftest import connect

PATH = "/external/conversations"
LONG = 0.5
SHORT = 0.05


@pytest.fixture(params=["in process", "on a port"])
def place(request: pytest.FixtureRequest, raia_vendor: Mock) -> Iterator[httpx.Client]:
    """Yield a client that reaches the mock in process, and one that reaches it over a socket."""
    if request.param == "in process":
        with connect(raia_vendor) as client:
            yield client
    else:
        with httpx.Client(base_url=raia_vendor.url, headers=raia_vendor.headers(), trust_env=False) as client:
            yield client
        raia_vendor.close()


def test_a_status_comes_in_place_of_the_answer(place: httpx.Client, raia_vendor: Mock) -> None:
    """In the vendor's own words, once, and the vendor never hears of the request."""
    raia_vendor.faults.add("status", status=429, retry_after=7)
    first = place.post(PATH, json={"conversationUserId": "new"})
    total = place.get(PATH + "?userId=new").json()["totalItems"]

    assert (429, "7", 429) == (first.status_code, first.headers["retry-after"], first.json()["status"])
    assert 0 == total
    assert "status" == raia_vendor.requests[0].fault


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=2))), "Thu, 01 Jan 2026 00:00:00 GMT"),
        ("a while", "a while"),
        (99999999999, "99999999999"),
        (0.5, "0.5"),
    ],
)
def test_retry_after_is_seconds_a_date_or_absurd(raia: httpx.Client, raia_vendor: Mock, given: Any, sent: str) -> None:
    """Whatever a test needs."""
    raia_vendor.faults.add("status", retry_after=given)

    assert sent == raia.get(PATH).headers["retry-after"]


@pytest.mark.parametrize("status", [502, 503, 504, 520])
def test_a_gateway_answers_in_html(place: httpx.Client, raia_vendor: Mock, status: int) -> None:
    """As what stands before a vendor does."""
    raia_vendor.faults.add("status", status=status)
    answer = place.get(PATH)

    assert (status, "text/html") == (answer.status_code, answer.headers["content-type"])
    assert f"<h1>{status}" in answer.text


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 409, 422, 500, 501, 599])
@pytest.mark.parametrize("vendor", ["convocore", "raia", "zild"])
def test_every_vendor_has_words_for_every_other_status(vendor: str, status: int) -> None:
    """None of them makes the mock raise."""
    mock = Mock(vendor)
    mock.faults.add("status", status=status)

    assert status == mock.handle(Request("GET", b"/")).status


def test_invalid_json_is_none(place: httpx.Client, raia_vendor: Mock) -> None:
    """The body breaks off, and its length says so: nothing is missing on the wire."""
    raia_vendor.faults.add("invalid_json")
    answer = place.get(PATH)

    assert 200 == answer.status_code
    assert len(answer.content) == int(answer.headers["content-length"]) > 0
    with pytest.raises(ValueError, match=r"."):
        answer.json()


def test_an_empty_body_has_a_good_status(place: httpx.Client, raia_vendor: Mock) -> None:
    """A 200 with nothing in it."""
    raia_vendor.faults.add("empty_body")
    answer = place.get(PATH)

    assert (200, b"", "0") == (answer.status_code, answer.content, answer.headers["content-length"])


def test_a_wrong_content_type_has_the_right_body(place: httpx.Client, raia_vendor: Mock) -> None:
    """JSON that says it is HTML."""
    raia_vendor.faults.add("wrong_content_type")
    answer = place.get(PATH)

    assert ("text/html", True) == (answer.headers["content-type"], "data" in answer.json())


@pytest.mark.parametrize("kind", ["invalid_json", "empty_body", "wrong_content_type"])
def test_an_answer_without_a_body_gets_a_status_that_may_have_one(raia_vendor: Mock, kind: Kind) -> None:
    """A 204 cannot be wrong in its body."""
    raia_vendor.faults.add(kind)
    with connect(raia_vendor) as client:
        answer = client.request("DELETE", PATH, json={"conversationUserId": "u"})

    assert 200 == answer.status_code


def test_a_truncated_body_lacks_its_end(place: httpx.Client, raia_vendor: Mock) -> None:
    """The head promises more than comes."""
    raia_vendor.faults.add("truncated_body")

    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        place.get(PATH)


def test_a_truncated_body_lacks_its_end_for_asynchronous_clients_too(raia_vendor: Mock) -> None:
    """In process both kinds of client read the same body."""
    raia_vendor.faults.add("truncated_body")

    async def ask() -> None:
        transport = MockTransport(raia_vendor)
        async with httpx.AsyncClient(transport=transport, headers=raia_vendor.headers()) as client:
            await client.get(f"http://x{PATH}")

    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        asyncio.run(ask())


@pytest.mark.parametrize("kind", ["delay", "slow_body"])
def test_a_slow_answer_runs_into_a_timeout(place: httpx.Client, raia_vendor: Mock, kind: Kind) -> None:
    """Before the head, or between the bytes of the body; the vendor has done what was asked."""
    raia_vendor.faults.add(kind, seconds=LONG, method="POST")
    with pytest.raises(httpx.ReadTimeout):
        place.post(PATH, json={"conversationUserId": "new"}, timeout=SHORT)

    assert 1 == place.get(PATH + "?userId=new").json()["totalItems"]


@pytest.mark.parametrize("kind", ["delay", "slow_body"])
def test_a_slow_answer_is_an_answer(place: httpx.Client, raia_vendor: Mock, kind: Kind) -> None:
    """To those who wait."""
    raia_vendor.faults.add(kind, seconds=0.0001)

    assert "data" in place.get(PATH).json()


@pytest.mark.parametrize("timeout", [None, 60])
def test_in_process_a_slow_answer_takes_mock_time(raia: httpx.Client, raia_vendor: Mock, timeout: float | None) -> None:
    """No test has to wait for it."""
    raia_vendor.clock.step_by(0)
    before = raia_vendor.clock.now
    raia_vendor.faults.add("delay", seconds=60)
    raia.get(PATH, timeout=timeout)

    assert timedelta(seconds=60) == raia_vendor.clock.now - before


def test_in_process_a_slow_answer_takes_no_time_while_time_is_frozen(raia: httpx.Client, raia_vendor: Mock) -> None:
    """Frozen is frozen."""
    raia_vendor.clock.freeze()
    before = raia_vendor.clock.now
    raia_vendor.faults.add("delay", seconds=60)
    raia.get(PATH, timeout=None)

    assert before == raia_vendor.clock.now


@pytest.mark.parametrize(("kind", "done"), [("reset_before_request", 0), ("reset_after_request", 1)])
def test_a_connection_is_reset(place: httpx.Client, raia_vendor: Mock, kind: Kind, done: int) -> None:
    """Before the vendor has heard of the request, or after it has done what was asked."""
    raia_vendor.faults.add(kind)
    # A client that is still sending swallows the reset, and finds that nothing comes any more.
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError), match=r"reset by peer|disconnected without"):
        place.post(PATH, json={"conversationUserId": "new"})

    assert done == place.get(PATH + "?userId=new").json()["totalItems"]
    assert kind == raia_vendor.requests[0].fault


def test_a_connection_is_refused(raia: httpx.Client, raia_vendor: Mock) -> None:
    """As often as was asked."""
    raia_vendor.faults.add("refused", times=2)
    for _ in range(2):
        with pytest.raises(httpx.ConnectError, match="refused"):
            raia.get(PATH)

    assert 200 == raia.get(PATH).status_code
    assert [0, 0, 200] == [each.status for each in raia_vendor.requests]


def test_a_port_is_closed_for_a_while(raia_vendor: Mock) -> None:
    """Nobody can connect, and then everybody can again."""
    with serve([raia_vendor]) as urls, httpx.Client(headers=raia_vendor.headers(), trust_env=False) as client:
        client.get(urls["raia"] + PATH)
        raia_vendor.faults.add("refused", seconds=LONG)
        with pytest.raises(httpx.ConnectError, match="refused"):
            client.get(urls["raia"] + PATH)
        _wait_until_open(urls["raia"])

        assert 200 == client.get(urls["raia"] + PATH).status_code


def test_a_port_can_close_itself(raia_vendor: Mock) -> None:
    """Asked by the control endpoint: the answer still comes, and then nobody can connect for a while."""
    with serve([raia_vendor]) as urls, httpx.Client(trust_env=False) as client:
        control = urls["raia"].replace("/raia", "/_causerie/raia/faults")
        added = client.post(control, json={"kind": "refused", "seconds": LONG})
        with pytest.raises(httpx.ConnectError, match="refused"):
            client.get(control)
        _wait_until_open(urls["raia"])

        assert 201 == added.status_code
        assert 200 == client.get(control).status_code


def test_a_port_that_is_closed_again_stays_closed_longer(raia_vendor: Mock) -> None:
    """The second fault counts."""
    with serve([raia_vendor]) as urls:
        raia_vendor.faults.add("refused", seconds=0.01)
        raia_vendor.faults.add("refused", seconds=3600)
        time.sleep(0.1)

        with pytest.raises(httpx.ConnectError, match="refused"):
            httpx.get(urls["raia"])


def test_a_port_that_was_closed_leaves_nothing_behind(raia_vendor: Mock, raia: httpx.Client) -> None:
    """The fault is over with it, in process too."""
    with serve([raia_vendor]):
        raia_vendor.faults.add("refused", seconds=0.01)

    assert 0 == len(raia_vendor.faults)
    assert 200 == raia.get(PATH).status_code


def test_a_server_may_stop_while_its_port_is_closed(raia_vendor: Mock) -> None:
    """It does not open again."""
    with serve([raia_vendor]) as urls:
        raia_vendor.faults.add("refused", seconds=0.01)
        port = urlsplit(urls["raia"]).port

    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port))


def test_a_port_that_is_gone_cannot_close(raia_vendor: Mock) -> None:
    """Once its server has stopped, a mock refuses connections in process alone."""
    with serve([raia_vendor]):
        pass
    raia_vendor.faults.add("refused")

    with connect(raia_vendor) as client, pytest.raises(httpx.ConnectError):
        client.get(PATH)


@pytest.mark.parametrize("kind", ["status", "refused", "reset_before_request"])
def test_a_request_that_the_vendor_never_hears_of_has_its_operation(
    raia: httpx.Client, raia_vendor: Mock, kind: Kind
) -> None:
    """So whoever tests retries finds every attempt."""
    fault = raia_vendor.faults.add(kind)
    with contextlib.suppress(httpx.TransportError):
        raia.get(PATH)
    raia.get(PATH)
    first, second = raia_vendor.requests

    assert (fault.kind, None) == (first.fault, second.fault)
    assert first.operation == second.operation is not None


def _wait_until_open(url: str) -> None:
    address = urlsplit(url)
    for _ in range(1000):
        try:
            socket.create_connection((address.hostname, address.port), timeout=1).close()
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise AssertionError("The port stayed closed.")


def test_a_fault_befalls_only_what_it_is_meant_for(raia: httpx.Client, raia_vendor: Mock) -> None:
    """By operation or anything else that a matcher knows; the first that fits counts."""
    raia_vendor.faults.add("status", status=500, operation="list_conversation_states")
    raia_vendor.faults.add("status", status=409, method="POST", json={"title": "x"}, times=None)
    raia_vendor.faults.add("status", status=408, path="*/states")
    got = [
        raia.get(PATH).status_code,
        raia.post(PATH, json={"conversationUserId": "u"}).status_code,
        raia.post(PATH, json={"conversationUserId": "u", "title": "x"}).status_code,
        raia.get(PATH + "/states").status_code,
        raia.get(PATH + "/states").status_code,
        raia.get(PATH + "/states").status_code,
        raia.post(PATH, json={"conversationUserId": "u", "title": "x"}).status_code,
    ]

    assert [200, 201, 409, 500, 408, 200, 409] == got


def test_a_fault_counts_and_goes_when_it_is_used_up(raia: httpx.Client, raia_vendor: Mock) -> None:
    """Whoever added it can see that."""
    fault = raia_vendor.faults.add("status", times=2)
    seen = [(fault.hits, fault.left, len(raia_vendor.faults))]
    for _ in range(2):
        raia.get(PATH)
        seen.append((fault.hits, fault.left, len(raia_vendor.faults)))

    assert [(0, 2, 1), (1, 1, 1), (2, 0, 0)] == seen


def test_a_probable_fault_is_drawn_from_the_seed(raia: httpx.Client, raia_vendor: Mock) -> None:
    """The same requests meet the same faults, and about as many as was asked."""

    def draw() -> list[int]:
        raia_vendor.reset(seed=3)
        raia_vendor.faults.add("status", probability=0.5, times=None)
        return [raia.get(PATH).status_code for _ in range(200)]

    first = draw()

    assert first == draw()
    assert 60 < first.count(503) < 140


def test_a_fault_can_be_taken_away(raia: httpx.Client, raia_vendor: Mock) -> None:
    """One, twice even, or all."""
    first = raia_vendor.faults.add("status", times=None)
    second = raia_vendor.faults.add("delay", times=None)
    raia_vendor.faults.remove(first)
    raia_vendor.faults.remove(first)
    left = list(raia_vendor.faults)
    raia_vendor.faults.clear()

    assert [second] == left
    assert 0 == len(raia_vendor.faults)
    assert 200 == raia.get(PATH).status_code


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"kind": "fire"}, "kind is 'fire'; give one of status, delay"),
        ({"kind": "status", "times": 0}, "times is 0"),
        ({"kind": "status", "probability": 1.5}, r"probability is 1\.5"),
        ({"kind": "status", "status": 200}, "status is 200"),
        ({"kind": "delay", "seconds": -1}, "seconds is -1"),
        ({"kind": "status", "retry_after": datetime(2026, 1, 1)}, "a date with a time zone"),
        ({"kind": "status", "retry_after": "a\r\nb: c"}, "printable ASCII"),
        ({"kind": "status", "operation": "fly"}, "operation is 'fly'; give one of list_conversation"),
        ({"kind": "reset_before_request", "json": {}}, "json is given, but reset_before_request comes before a body"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(raia_vendor: Mock, arguments: dict[str, Any], sentence: str) -> None:
    """With the argument, the value, and what to give."""
    with pytest.raises(ValueError, match=sentence):
        raia_vendor.faults.add(**arguments)

    assert 0 == len(raia_vendor.faults)


def test_faults_have_an_end(raia_vendor: Mock) -> None:
    """Every request is held against each of them."""
    for _ in range(1000):
        raia_vendor.faults.add("status", path="/never")
    with pytest.raises(ValueError, match="There are 1000 faults already; remove or clear those"):
        raia_vendor.faults.add("status")

    assert 1000 == len(raia_vendor.faults)


def test_every_kind_has_been_tried() -> None:
    """A new kind of fault needs a test here."""
    here = Path(__file__).read_text(encoding="utf-8")

    assert [] == [kind for kind in get_args(Kind) if f'"{kind}"' not in here]


def test_a_reset_needs_a_connection(raia_vendor: Mock) -> None:
    """Behind another server, or none, a fault that cannot be played says so."""
    raia_vendor.faults.add("reset_after_request")

    async def ask() -> None:
        transport = httpx.ASGITransport(asgi([raia_vendor]))
        async with httpx.AsyncClient(transport=transport, base_url="http://x/raia") as client:
            await client.get(PATH)

    with pytest.raises(RuntimeError, match=r"serve the mock with causerie_mock\.serve"):
        asyncio.run(ask())


@pytest.mark.parametrize("kind", ["delay", "slow_body", "an unfinished upload"])
def test_closing_ends_what_is_under_way(kind: Any, raia_vendor: Mock, capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is waited for, the client sees the connection end, and nothing is printed."""
    if kind != "an unfinished upload":
        raia_vendor.faults.add(kind, seconds=3600)
    with serve([raia_vendor]) as urls:
        host, port = urlsplit(urls["raia"]).netloc.split(":")
        client = socket.create_connection((host, int(port)))
        head = "".join(f"{name}: {value}\r\n" for name, value in {"Host": "mock", **raia_vendor.headers()}.items())
        if kind == "an unfinished upload":
            head = f"POST /raia{PATH} HTTP/1.1\r\n{head}Expect: 100-continue\r\nContent-Length: 9\r\n\r\n"
            client.sendall(head.encode())
            client.recv(1, socket.MSG_PEEK)  # the server has begun to read it
        else:
            client.sendall(f"GET /raia{PATH} HTTP/1.1\r\n{head}\r\n".encode())
            while not raia_vendor.requests:
                time.sleep(0.01)
    client.settimeout(30)
    seen = b""
    with client, contextlib.suppress(ConnectionResetError):
        while piece := client.recv(65536):
            seen += piece

    assert b"500" not in seen
    assert ("", "") == capfd.readouterr()
