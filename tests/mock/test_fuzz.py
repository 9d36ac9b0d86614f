"""Nonsense: no request whatever makes a mock raise, or answer with a 5xx or in a shape that is not the vendor's."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from causerie_mock import VENDORS, Mock, Reply, Request, document
from causerie_mock._contract import Contract
from tests.mock.conftest import connect

MOCKS = {vendor: Mock(vendor, check=True) for vendor in VENDORS}
CONTRACTS = {vendor: Contract(document(vendor)) for vendor in VENDORS}
PLACES = {
    "convocore": [
        *("/agents/agent123/convos", "/agents/agent123/convos/agent123_convo456", "/agents/agent456/convos"),
        *("/agents/agent123/convos/export", "/workspace/sessions", "/convos/generate-summaries", "/agents/interact"),
        *(
            f"/agents/agent123/convos/k3v9q7x2m5t8w1z/{rest}"
            for rest in ("export", "assign", "details", "messages", "send", "accept-handoff")
        ),
    ],
    "raia": [
        f"/external/conversations{rest}"
        for base in ("", "/5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b")
        for rest in (base, f"{base}/messages", f"{base}/messages/async", f"{base}/mode", "/states", "/start")
    ],
    "zild": ["/api/Conversation/proactive-conversation"],
}
BODIES = [
    b"{}",
    b"[]",
    b"null",
    b'{"message": NaN}',
    b'{"message": "\\ud800"}',
    b'{"conversation": {"ts": 1e999}}',
    b'{"conversation": {"ts": ' + b"9" * 4000 + b"}}",
    b'{"conversation": {"ts": 1, "origin": ' + b"[" * 95 + b"]" * 95 + b"}}",
    b'{"conversation": ' + b'{"a":' * 10_000,
    b"[" * 100_000 + b"]" * 100_000,
    b'{"conversationUserId": "a", "conversationUserId": 5}',
    b'{"conversationUserId": "\\u0000", "customData": ' + b'{"a":' * 97 + b"1" + b"}" * 98,
    b'{"recipient": ["\xed\xa0\x80"]}',
    b"\xff\xfe",
    b"\xef\xbb\xbf{}",
]
QUERIES = [
    b"page=1&page=2",
    b"page=%EF%BC%91",
    b"searchKeyword=%ff",
    b"searchKeyword=%00",
    b"=&&==",
    b"startDate=24:00",
]


def error_schema(vendor: str, reply: Reply) -> Any:
    """Return the schema of the vendor's error bodies; None for an answer without a body."""
    if vendor == "zild":
        return None if reply.status == 401 else {"$ref": "#/components/schemas/Problem"}
    return {"$ref": "#/components/schemas/Error"}


def sound(vendor: str, request: Request) -> None:
    """Assert what holds for the reply to any request."""
    reply = MOCKS[vendor].handle(request)
    lengths = [int(value) for name, value in reply.headers if name == "content-length"]

    assert 200 <= reply.status < 500
    assert request.method == "HEAD" or lengths == ([] if reply.status == 204 else [len(reply.body)])

    if reply.status >= 400 and request.method != "HEAD":
        schema = error_schema(vendor, reply)

        assert (schema is None) == (reply.body == b"")
        assert schema is None or [] == CONTRACTS[vendor].schema(schema).issues(json.loads(reply.body))
        assert reply.status != 405 or "allow" in dict(reply.headers)


def requests(vendor: str) -> st.SearchStrategy[Request]:
    """Return requests from almost right to pure noise."""
    credentials = [[(k.encode(), v.encode()) for k, v in MOCKS[vendor].headers(tenant).items()] for tenant in (0, 1)]
    noise = st.lists(st.tuples(st.binary(), st.binary()), max_size=3)
    return st.builds(
        Request,
        method=st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "get"])
        | st.text(),
        path=st.sampled_from(PLACES[vendor]).flatmap(
            lambda place: st.just(place.encode()) | st.binary().map(lambda tail: place.encode() + b"/" + tail)
        )
        | st.binary(),
        query=st.just(b"") | st.sampled_from(QUERIES) | st.binary(),
        headers=st.builds(
            lambda credential, media_type, rest: [*credential, *media_type, *rest],
            st.sampled_from([*credentials, [], credentials[0] * 2]),
            st.sampled_from([[(b"content-type", b"application/json")], [(b"Content-Type", b"text/\xff")], []]),
            noise,
        ),
        body=st.sampled_from(BODIES) | st.binary(),
    )


@pytest.mark.parametrize("vendor", VENDORS)
@settings(max_examples=120)
@given(data=st.data())
def test_any_request_gets_a_sound_reply(vendor: str, data: st.DataObject) -> None:
    """Any bytes as method, path, query, headers and body."""
    sound(vendor, data.draw(requests(vendor)))


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_nasty_body_gets_a_sound_reply(vendor: str) -> None:
    """Every body of the list, at every place, with every method and query."""
    headers = [(key.encode(), value.encode()) for key, value in MOCKS[vendor].headers().items()]
    for place in PLACES[vendor]:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            for query in (b"", *QUERIES):
                sound(vendor, Request(method, place.encode(), query, headers))
            for body in BODIES:
                request = Request(method, place.encode(), b"", [*headers, (b"content-type", b"application/json")], body)
                sound(vendor, request)


def test_many_threads_lose_nothing(raia_vendor: Mock) -> None:
    """Every conversation that some thread made is there afterwards, under an id of its own."""
    made: list[str] = []

    def work(number: int) -> None:
        with connect(raia_vendor) as client:
            for _ in range(25):
                body = {"conversationUserId": f"user {number}"}
                made.append(client.post("/external/conversations", json=body).json()["id"])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with connect(raia_vendor) as client:
        listed = client.get("/external/conversations", params={"pageSize": 1000}).json()["data"]

    assert 200 == len(set(made))
    assert set(made) <= {conversation["id"] for conversation in listed}


def test_the_same_seed_gives_the_same_answers() -> None:
    """Ids and dates repeat after a reset and in another mock; another seed gives other ids."""

    def play(mock: Mock) -> list[bytes]:
        with connect(mock) as client:
            created = client.post("/external/conversations", json={"conversationUserId": "u"})
            return [created.content, client.get("/external/conversations").content]

    mock = Mock("raia", seed=7)
    first = play(mock)
    mock.reset()

    assert first == play(mock)
    assert first == play(Mock("raia", seed=7))
    assert first != play(Mock("raia", seed=8))
