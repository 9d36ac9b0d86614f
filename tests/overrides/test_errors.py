"""Whatever a vendor answers, the caller sees the error tree; and errors travel."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import causerie
from causerie._errors import ErrorBody, status_error

from .conftest import SYNC, Answer, Caller, json, raw
from .test_operations import CASES, Case


def get(client: Any) -> Any:
    """Make one call with any vendor's client."""
    if isinstance(client, causerie.Convocore | causerie.AsyncConvocore):
        return client.conversations.get("a1", "c1")
    if isinstance(client, causerie.Raia | causerie.AsyncRaia):
        return client.conversations.get("c1")
    return client.conversations.start_proactive(recipient=["+1"])


def failure(caller: Caller, answer: Answer, vendor: str = "raia") -> causerie.CauserieError:
    with pytest.raises(causerie.CauserieError) as caught:
        caller(vendor, get, answer)
    return caught.value


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, causerie.APIStatusError),
        (400, causerie.BadRequestError),
        (401, causerie.AuthenticationError),
        (403, causerie.PermissionDeniedError),
        (404, causerie.NotFoundError),
        (409, causerie.ConflictError),
        (418, causerie.APIStatusError),
        (422, causerie.UnprocessableError),
        (429, causerie.RateLimitError),
        (500, causerie.ServerError),
        (520, causerie.ServerError),
    ],
)
@pytest.mark.parametrize("vendor", ["convocore", "raia", "zild"])
def test_status(status: int, kind: type, vendor: str, caller: Caller) -> None:
    """Each status has its class, also one that no standard knows, and a body of HTML does no harm."""
    error = failure(caller, raw(b"<html>", status, **{"x-request-id": "r1"}), vendor)

    assert kind is type(error)
    assert isinstance(error, causerie.APIStatusError)
    assert (status, "<html>", "r1") == (error.status_code, error.body, error.request_id)
    assert f"answered {status}, request id r1" in str(error)


def test_raia_credentials(caller: Caller) -> None:
    """raia answers 403 to a wrong key; that is an AuthenticationError."""
    body = {"status": 403, "name": "FORBIDDEN_ERROR", "message": "INVALID_CREDENTIALS", "details": []}
    error = failure(caller, json(body, 403))

    assert causerie.AuthenticationError is type(error)
    assert str(error).endswith(
        "FORBIDDEN_ERROR, INVALID_CREDENTIALS; a 403 can mean that the key is missing or wrong, or it has expired, "
        "or it was revoked; check the credential that the client was made with"
    )


@pytest.mark.parametrize("text", ["", "Agent is asleep", "INVALID_CREDENTIALS"])
def test_meanings(text: str) -> None:
    """What a vendor is known to mean by a status stands behind its own words, whatever these are."""
    response = causerie.Response("GET /", 403, {"x-request-id": "r1"}, b"")
    body = ErrorBody(None, text or None, [])
    error = status_error(response, body, {403: ("the key is wrong", "the plan is too small"), 404: ("it is gone",)})
    said = ", ".join(filter(None, ["GET /: answered 403", text, "request id r1"]))

    assert ("the key is wrong", "the plan is too small") == error.meanings
    assert str(error).startswith(f"{said}; a 403 can mean that the key is wrong, or the plan is too small")


def test_no_meanings() -> None:
    """Another status means nothing more than what the vendor says."""
    error = status_error(causerie.Response("GET /", 404, {}, b""), ErrorBody(None, None, []), {403: ("it is late",)})

    assert ((), "GET /: answered 404") == (error.meanings, str(error))


@pytest.mark.parametrize(
    "call",
    [lambda c: c.conversations.delete("a1", "c1"), lambda c: c.conversations.replace_messages("a1", "c1", [])],
)
@pytest.mark.parametrize("status", [200, 204])
def test_a_success_without_a_body(status: int, call: Any, caller: Caller) -> None:
    """A success without a body is one where nothing is to be returned."""
    done, _ = caller("convocore", call, raw(b"", status))

    assert done is None


def test_convocore_message(caller: Caller) -> None:
    """Convocore's code, message and issues are the error's."""
    body = {"message": "Input validation failed", "code": "BAD_REQUEST", "issues": [{"message": "ts is required"}]}
    error = failure(caller, json(body, 400), "convocore")

    assert isinstance(error, causerie.APIStatusError)
    assert ("BAD_REQUEST", "Input validation failed", [{"message": "ts is required"}]) == (
        error.code,
        error.message,
        error.issues,
    )
    assert (
        "GET /agents/{agentId}/convos/{conversationId}: answered 400, BAD_REQUEST, Input validation failed, "
        "issues: [{'message': 'ts is required'}]" == str(error)
    )


def test_zild_message(caller: Caller) -> None:
    """ASP.NET's problem details are the error's."""
    body = {"type": "about:blank", "title": "Bad Request", "errors": {"channelId": ["must be a number"]}}
    error = failure(caller, json(body, 400), "zild")

    assert isinstance(error, causerie.APIStatusError)
    assert ("Bad Request", [{"channelId": ["must be a number"]}]) == (error.message, error.issues)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "not JSON"),
        (b'{"id": ', "not JSON"),
        (b"<html>", "not JSON"),
        (b"[]", "expected an object, not []"),
        (b"null", "expected an object, not None"),
    ],
)
@pytest.mark.parametrize("vendor", ["convocore", "raia"])
def test_undecodable(content: bytes, problem: str, vendor: str, caller: Caller) -> None:
    """A success that cannot be decoded is an APIResponseValidationError with the answer at hand."""
    error = failure(caller, raw(content), vendor)

    assert isinstance(error, causerie.APIResponseValidationError)
    assert problem in str(error)
    assert content == error.response.content


@pytest.mark.parametrize("body", [{"success": False, "message": "nothing"}, {"success": True, "message": "nothing"}])
def test_envelope_without_success(body: dict[str, Any], caller: Caller) -> None:
    """An envelope that says failure, or holds nothing, is not passed off as a conversation."""
    error = failure(caller, json(body), "convocore")

    assert isinstance(error, causerie.APIResponseValidationError)
    assert "'nothing'" in str(error)


@pytest.mark.parametrize("body", [{}, {"messages": None}])
def test_missing_part(body: dict[str, Any], caller: Caller) -> None:
    """An answer without the messages is not passed off as an empty list, or as None."""
    with pytest.raises(causerie.APIResponseValidationError) as caught:
        caller("raia", lambda c: c.messages.list("c1"), json(body))

    assert "is not there" in str(caught.value)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError("refused"), causerie.APIConnectionError),
        (httpx.ConnectTimeout(""), causerie.APITimeoutError),
        (httpx.ReadTimeout("slow"), causerie.APITimeoutError),
        (httpx.RemoteProtocolError("closed"), causerie.APIConnectionError),
        (httpx.DecodingError("gzip"), causerie.APIConnectionError),
        (ConnectionResetError("reset"), causerie.APIConnectionError),
    ],
)
def test_connection(error: Exception, kind: type, caller: Caller) -> None:
    """A broken connection is an APIConnectionError, without the request that holds the credential."""

    def break_off(request: httpx.Request) -> httpx.Response:
        raise error

    raised = failure(caller, break_off)

    assert kind is type(raised)
    assert "GET /external/conversations/{conversationId}: no answer from https://vendor.test/v3 (" in str(raised)
    assert type(error).__name__ in str(raised)
    assert raised.__cause__ is None
    assert raised.__context__ is None


def test_transport_that_stops_iterating() -> None:
    """A StopIteration of a transport is not taken for the end of the call."""

    def exhausted(request: httpx.Request) -> httpx.Response:
        return next(iter(()))

    with pytest.raises(causerie.APIConnectionError, match="StopIteration"):
        Caller(SYNC)("raia", get, exhausted)


ERRORS = [
    failure(Caller(SYNC), json({"code": "X", "message": "m"}, status))
    for status in (302, 400, 401, 403, 404, 409, 422, 429, 500)
] + [
    failure(Caller(SYNC), raw(b"")),
    causerie.ArgumentError("id", "bad"),
    causerie.APIConnectionError("GET /", "refused"),
    causerie.APITimeoutError("GET /", "slow"),
    causerie.DecodeError("Conversation", ".id", "expected a string, not 1"),
    causerie.ReplyTimeoutError("c1", "q1", 5),
    causerie.ReplyTimeoutError(None, "p1", 5),
    causerie.ReplyFailedError("c1", "q1", "out of tokens"),
    causerie.ReplyFailedError(None, "p1", None),
    causerie.WebhookVerificationError("header", "Authorization", "is missing"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("travel", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy])
def test_errors_travel(error: Exception, travel: Any) -> None:
    """Every error pickles and copies, whole."""
    arrived = travel(error)

    assert type(error) is type(arrived)
    assert str(error) == str(arrived)
    assert vars(error) == vars(arrived)


def test_retry_after_seconds(caller: Caller) -> None:
    """``Retry-After`` may be a number of seconds."""
    error = failure(caller, json({}, 429, **{"Retry-After": "7"}))

    assert isinstance(error, causerie.RateLimitError)
    assert 7.0 == error.retry_after


def test_retry_after_date(caller: Caller) -> None:
    """``Retry-After`` may be a date."""
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    error = failure(caller, json({}, 429, **{"Retry-After": later}))

    assert isinstance(error, causerie.RateLimitError)
    assert error.retry_after is not None
    assert 3000 < error.retry_after <= 3600


@pytest.mark.parametrize("zone", ["GMT", "-0000", "+0000"])
def test_retry_after_zones(zone: str, caller: Caller) -> None:
    """All spellings of UTC are UTC, whatever the time zone of the machine."""
    later = (datetime.now(UTC) + timedelta(hours=1)).strftime(f"%a, %d %b %Y %H:%M:%S {zone}")
    error = failure(caller, json({}, 429, **{"Retry-After": later}))

    assert isinstance(error, causerie.RateLimitError)
    assert error.retry_after is not None
    assert 3000 < error.retry_after <= 3600


@pytest.mark.parametrize("text", ["9" * 400, "Fri, 31 Dec 9999 23:59:59 -0100"])
def test_retry_after_absurd(text: str, caller: Caller) -> None:
    """A ``Retry-After`` beyond all reason is a long time, and no other error."""
    error = failure(caller, json({}, 429, **{"Retry-After": text}))

    assert isinstance(error, causerie.RateLimitError)
    assert error.retry_after is not None
    assert error.retry_after > 10**9


@pytest.mark.parametrize("text", ["", "soon", "-1", "²"])
def test_retry_after_nonsense(text: str, caller: Caller) -> None:
    """A ``Retry-After`` that says nothing is None."""
    error = failure(caller, lambda request: httpx.Response(429, headers=[(b"Retry-After", text.encode())]))

    assert isinstance(error, causerie.RateLimitError)
    assert error.retry_after is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(),
    lambda children: (
        st.lists(children)
        | st.dictionaries(st.sampled_from(["data", "message", "code", "issues", "errors", "name"]), children)
    ),
    max_leaves=8,
)


STATUSES = st.integers(200, 599)


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
@settings(max_examples=15)  # of every operation, and they share nearly everything
@given(status=STATUSES, body=JSON)
def test_any_json(case: Case, status: int, body: Any) -> None:
    """Any JSON with any status is an answer of any operation, or an error of ours whose sentence can be read."""
    try:
        Caller(SYNC)(case.vendor, case.call, json(body, status))
    except causerie.CauserieError as error:
        assert str(error)


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
@settings(max_examples=15)
@given(
    status=STATUSES,
    body=st.binary(max_size=64),
    kind=st.sampled_from(["text/html", "application/json", "", "text/plain; charset=nonsense"]),
)
def test_any_bytes(case: Case, status: int, body: bytes, kind: str) -> None:
    """So are any bytes of any type with any status."""
    try:
        Caller(SYNC)(case.vendor, case.call, raw(body, status, **{"Content-Type": kind}))
    except causerie.CauserieError as error:
        assert str(error)
