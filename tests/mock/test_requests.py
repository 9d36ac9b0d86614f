"""The log of requests, and its matchers."""

from __future__ import annotations

import contextlib

import httpx
import pytest

from causerie_mock import VENDORS, Mock, Request, _requests, document
from causerie_mock._faults import Kind
from causerie_mock._match import query_values
from causerie_mock._requests import SECRET_HEADERS, masked
from tests.mock.conftest import connect

CONVERSATIONS = "/external/conversations"


def test_a_request_is_recorded_with_its_reply(raia: httpx.Client, raia_vendor: Mock) -> None:
    """Everything that a test may want to know of it."""
    raia.post(CONVERSATIONS + "?a=1&a=2", json={"conversationUserId": "u", "title": "Hi"})
    recorded = raia_vendor.requests.last

    assert 1 == len(raia_vendor.requests)
    assert (0, "POST", CONVERSATIONS, {"a": "2"}) == (recorded.index, recorded.method, recorded.path, recorded.query)
    assert ("create_conversation", 0, 201) == (recorded.operation, recorded.tenant, recorded.status)
    assert {"conversationUserId": "u", "title": "Hi"} == recorded.json
    assert "application/json" == recorded.headers["content-type"]
    assert b"Hi" in recorded.body
    assert b"Hi" in recorded.reply.body
    assert recorded.valid
    assert f"POST {CONVERSATIONS} 201" == str(recorded)


def test_a_refused_request_says_why(raia: httpx.Client, raia_vendor: Mock) -> None:
    """The verdict, and the places that are wrong."""
    raia.post(CONVERSATIONS, json={"conversationUserId": 1})
    recorded = raia_vendor.requests.last

    assert not recorded.valid
    assert "The body is invalid." == recorded.problem
    assert ["/conversationUserId"] == [issue.place for issue in recorded.issues]
    assert f"POST {CONVERSATIONS} 400 The body is invalid." == str(recorded)


def test_what_was_not_found_out_is_none(raia_vendor: Mock) -> None:
    """An unknown path has no operation, a wrong credential no tenant."""
    raia_vendor.handle(Request("GET", b"/nothing"))
    raia_vendor.handle(Request("GET", CONVERSATIONS.encode()))

    assert [(None, None), ("list_conversations", None)] == [
        (each.operation, each.tenant) for each in raia_vendor.requests
    ]


@pytest.mark.parametrize("vendor", VENDORS)
def test_no_credential_is_kept(vendor: str) -> None:
    """Neither a good one nor a bad one, under whatever header a vendor reads it from."""
    mock = Mock(vendor)
    ((name, value),) = mock.headers().items()
    mock.handle(Request("GET", b"/", headers=[(name.encode(), value.encode()), (b"AUTHORIZATION", b"secret")]))

    assert {"***"} == {value for name, value in mock.requests.last.headers.items()}


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_credential_header_of_the_documents_is_masked(vendor: str) -> None:
    """A new vendor's header must be added to those that are masked."""
    schemes = document(vendor)["components"]["securitySchemes"].values()
    names = {scheme.get("name", "Authorization").lower().encode() for scheme in schemes}

    assert names <= SECRET_HEADERS


NAMES = ("X-Api-Key", "authentication", "access_token", "client-secret", "password", "sig", "X-Amz-Signature", "jwt")


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("name", NAMES)
def test_nor_where_none_belongs(name: str, vendor: str) -> None:
    """A credential in another header, or in the query, is masked, and what stands beside it is not."""
    mock = Mock(vendor)
    headers = [(name.encode(), b"sk-hush"), (b"X-Request-Id", b"7"), (b"Idempotency-Key", b"8")]
    mock.handle(Request("GET", b"/", f"a=1&{name}=sk-hush&b".encode(), headers=headers))
    kept = mock.requests.last

    assert {name.lower(): "***", "x-request-id": "7", "idempotency-key": "8"} == kept.headers
    assert f"a=1&{name}=***&b".encode() == kept.request.query


@pytest.mark.parametrize("vendor", VENDORS)
def test_nor_under_any_name(vendor: str) -> None:
    """The vendor's own credentials are masked wherever they stand but in a body."""
    mock = Mock(vendor)
    (value,) = mock.headers().values()
    key = value.removeprefix("Bearer ").encode()
    mock.handle(Request("GET", b"/a/" + key + b"/b", b"q=" + key, headers=[(b"x-a", b"Token " + key)]))
    kept = mock.requests.last

    assert ("/a/***/b", {"q": "***"}, {"x-a": "***"}) == (kept.path, kept.query, kept.headers)
    assert key not in repr(kept).encode()


def test_parameters_of_the_document_are_kept() -> None:
    """What the document itself calls a key or a token, a test may want to see."""
    kept = masked(Request("GET", b"/", b"token=1&key=2"), [], {"token"})

    assert {"token": "1", "key": "***"} == query_values(kept)


@pytest.mark.parametrize("path", ["/external/agents/webhook", "/external/agents/webhooks", "/external/webhook", "/"])
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_headers_of_webhooks(method: str, path: str) -> None:
    """A webhook's headers are masked although nobody knows the path or the method."""
    mock = Mock("raia")
    body = b'{"title": "T", "headers": {"x": "sk-hush"}}'
    mock.handle(Request(method, path.encode(), headers=[(b"content-type", b"application/json")], body=body))
    kept = mock.requests.last

    assert {"title": "T", "headers": {"x": "***"}} == kept.json
    assert "sk-hush" not in repr(kept)


def test_requests_are_found_by_what_they_are(raia_vendor: Mock) -> None:
    """By operation, method, path pattern, query, a part of the body, status and tenant."""
    with connect(raia_vendor) as first, connect(raia_vendor, 1) as second:
        created = first.post(CONVERSATIONS, json={"conversationUserId": "u", "customData": {"a": 1, "b": [2]}}).json()
        second.get(CONVERSATIONS + "?userId=u")
        messages = f"{CONVERSATIONS}/{created['id']}/messages"
        first.post(messages, content=b"{", headers={"content-type": "application/json"})
    found = raia_vendor.requests.matching

    assert [0] == [each.index for each in found(operation="create_conversation")]
    assert [0, 2] == [each.index for each in found(method="post")]
    assert [2] == [each.index for each in found(path="/external/*/messages")]
    assert [1] == [each.index for each in found(query={"userId": "u"})]
    assert [0] == [each.index for each in found(json={"customData": {"b": [2]}})]
    assert [] == found(json={"customData": {"b": [3]}})
    assert [2] == [each.index for each in found(status=400)]
    assert [1] == [each.index for each in found(tenant=1)]
    assert [0, 1, 2] == [each.index for each in found()]


def test_the_only_one_is_found_or_all_are_listed(raia: httpx.Client, raia_vendor: Mock) -> None:
    """An assertion that failed should say what there was instead."""
    with pytest.raises(AssertionError, match="There were: none at all"):
        raia_vendor.requests.one()
    raia.get(CONVERSATIONS)
    raia.get(CONVERSATIONS + "/states")
    one = raia_vendor.requests.one(path="*/states")
    with pytest.raises(AssertionError) as none:
        raia_vendor.requests.one(method="PUT", status=200)

    assert "list_conversation_states" == one.operation
    assert [
        "0 requests match (method='PUT'). There were:",
        f"  GET {CONVERSATIONS} 200",
        f"  GET {CONVERSATIONS}/states 200",
    ] == str(none.value).splitlines()


def test_the_log_is_a_sequence(raia: httpx.Client, raia_vendor: Mock) -> None:
    """It can be indexed, cut, counted and gone through."""
    for _ in range(3):
        raia.get(CONVERSATIONS)
    requests = raia_vendor.requests

    assert [0, 1, 2] == [each.index for each in requests]
    assert [1, 2] == [each.index for each in requests[1:]]
    assert 2 == requests[-1].index
    assert 3 == requests.total


def test_the_log_forgets_the_oldest(raia_vendor: Mock) -> None:
    """It is bounded in requests and in bytes, and still counts them all."""
    for _ in range(1001):
        raia_vendor.handle(Request("GET", b"/"))

    assert (1000, 1, 1001) == (len(raia_vendor.requests), raia_vendor.requests[0].index, raia_vendor.requests.total)

    for _ in range(12):
        raia_vendor.handle(Request("POST", b"/", body=bytes(4_000_000)))

    assert 8 == len(raia_vendor.requests)

    for _ in range(12):
        raia_vendor.handle(Request("GET", b"/", headers=[(b"x", bytes(4_000_000))]))

    assert 8 == len(raia_vendor.requests)


def test_the_log_keeps_the_latest_however_long_it_is(raia_vendor: Mock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test may look at what it has just sent, even where that is more than the log holds."""
    monkeypatch.setattr(_requests, "_BYTES", 1_000)
    for path in (b"/first", b"/second"):
        raia_vendor.handle(Request("GET", path, b"x" * 2_000))

    assert ["/second"] == [each.path for each in raia_vendor.requests]
    assert 2_000 == len(raia_vendor.requests.last.request.query)


@pytest.mark.parametrize("kind", ["status", "reset_before_request", "refused"])
def test_nobody_knows_whether_a_request_was_valid_that_nobody_looked_at(raia_vendor: Mock, kind: Kind) -> None:
    """A fault came before the vendor heard of it; one that comes after it leaves the verdict."""
    raia_vendor.faults.add(kind)
    raia_vendor.faults.add("delay", times=None)
    with connect(raia_vendor) as client:
        for _ in range(2):
            with contextlib.suppress(httpx.TransportError):
                client.get("/nowhere")

    assert [(kind, None), ("delay", False)] == [(each.fault, each.valid) for each in raia_vendor.requests]


def test_a_reset_forgets_the_requests(raia: httpx.Client, raia_vendor: Mock) -> None:
    """As it forgets everything."""
    raia.get(CONVERSATIONS)
    raia_vendor.reset()

    assert (0, 0) == (len(raia_vendor.requests), raia_vendor.requests.total)
