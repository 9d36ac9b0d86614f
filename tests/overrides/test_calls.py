"""What a client offers around a call: pages, waiting, many at once, other options, the raw answer."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable
from contextvars import ContextVar
from functools import partial
from typing import Any

import httpx
import httpx2
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

import causerie
from causerie.testing import no_waiting
from causerie_api.raia import CREDENTIAL_HEADER
from causerie_api.raia.api.conversations import get_conversation
from causerie_api.raia.api.users import create_user

from .conftest import ASYNC, SYNC, Caller, Vendor, json, raw


def pages_of(ids: list[list[str]], **changes: Any) -> Callable[[httpx.Request], httpx.Response]:
    """Make a raia that has these conversations on these pages."""

    def answer(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params["page"])
        data = [{"id": each} for each in ids[number - 1]] if number <= len(ids) else []
        body = {"currentPage": number, "hasNextPage": number < len(ids), "totalItems": sum(map(len, ids)), "data": data}
        return httpx.Response(200, json={**body, **changes})

    return answer


def collect(client: Any, **arguments: Any) -> Any:
    """Collect the ids of every page, with either client."""
    listing = client.conversations.list(**arguments)
    if isinstance(client, causerie.Raia):
        return [conversation.id for conversation in listing]

    async def collected() -> list[str]:
        return [conversation.id async for conversation in listing]

    return collected()


@given(ids=st.lists(st.lists(st.uuids().map(str), max_size=3), min_size=1, max_size=6))
@pytest.mark.parametrize("clients", [SYNC, ASYNC], ids=["sync", "async"])
def test_every_page(clients: dict[str, Any], ids: list[list[str]]) -> None:
    """Iterating gives every item of every page once and in order, also past an empty page, and asks once for each."""
    found, requests = Caller(clients)("raia", collect, pages_of(ids))

    assert [each for page in ids for each in page] == found
    assert [str(number + 1) for number in range(len(ids))] == [request.url.params["page"] for request in requests]


def test_one_page(caller: Caller) -> None:
    """``.data`` is one page, with the vendor's totals beside it, and nothing more is asked for."""
    page, requests = caller(
        "raia", lambda client: client.conversations.list(page=2), pages_of([["a"], ["b", "c"], ["d"]])
    )

    assert ["b", "c"] == [conversation.id for conversation in page.data]
    assert 4 == page.answer.total_items
    assert page.has_next
    assert 1 == len(requests)
    assert "data=[Conversation(id='b'" in repr(page)


def test_page_by_page(caller: Caller) -> None:
    """Pages can be gone through one by one, without waiting for the first by itself."""

    def lengths(client: Any) -> Any:
        if isinstance(client, causerie.Raia):
            return [len(page.data) for page in client.conversations.list().pages()]

        async def awaited() -> list[int]:
            return [len(page.data) async for page in client.conversations.list().pages()]

        return awaited()

    result, _ = caller("raia", lengths, pages_of([["a"], [], ["b", "c"]]))

    assert [1, 0, 2] == result


def test_repeated_page(caller: Caller) -> None:
    """Listing stops at a server that answers with the same page for ever, and shows the page's items once."""
    found, requests = caller("raia", collect, json({"currentPage": 1, "hasNextPage": True, "data": [{"id": "a"}]}))

    assert ["a"] == found
    assert 2 == len(requests)


def test_another_page_than_asked(caller: Caller) -> None:
    """A page that is not the one asked for is shown, whatever number it has, and is the last."""
    answer = json({"currentPage": 1, "hasNextPage": True, "data": [{"id": "a"}]})
    found, requests = caller("raia", lambda client: collect(client, page=3), answer)

    assert ["a"] == found
    assert 1 == len(requests)


@pytest.mark.parametrize("says", [{"currentPage": None}, {"currentPage": "1"}, {"hasNextPage": None, "totalPages": 3}])
def test_page_that_says_less(says: dict[str, Any], caller: Caller) -> None:
    """What a page does not say is taken from what it does say."""
    found, requests = caller("raia", collect, pages_of([["a"], [], ["b"]], **says))

    assert ["a", "b"] == found
    assert 3 == len(requests)


@pytest.mark.parametrize(
    ("says", "requests"), [({"hasNextPage": True, "totalPages": 1}, 2), ({"hasNextPage": None}, 1)]
)
def test_last_page(says: dict[str, Any], requests: int, caller: Caller) -> None:
    """An empty page beyond the last is the end, and so is a page that says nothing of others."""
    found, sent = caller("raia", collect, pages_of([["a"]], **says))

    assert ["a"] == found
    assert requests == len(sent)


def test_page_that_does_not_say_its_number(caller: Caller) -> None:
    """A server that leaves out the number of the page is believed about whether another follows."""

    def answer(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params["page"])
        return httpx.Response(200, json={"hasNextPage": number < 2, "data": [{"id": str(number)}]})

    found, _ = caller("raia", collect, answer)

    assert ["1", "2"] == found


def test_listing_again() -> None:
    """An async list can be gone through again, and is asked for again."""
    vendor = Vendor(pages_of([["a"]]))

    async def twice() -> list[str]:
        async with causerie.AsyncRaia("k", transport=vendor) as raia:
            listing = raia.conversations.list()
            return [each.id async for each in listing] + [each.id for each in (await listing).data]

    assert ["a", "a"] == asyncio.run(twice())
    assert 2 == len(vendor.requests)


def test_shrinking(caller: Caller) -> None:
    """A list that shrinks meanwhile ends where it ends now."""
    pages = [["a", "b"], ["c"], ["d"]]

    def answer(request: httpx.Request) -> httpx.Response:
        answered = pages_of(list(pages))(request)
        del pages[1:]
        return answered

    found, requests = caller("raia", collect, answer)

    assert ["a", "b"] == found
    assert 2 == len(requests)


def test_filters_travel(caller: Caller) -> None:
    """Every page is asked for with the same filters."""
    _, requests = caller(
        "raia", lambda client: collect(client, search_keyword="x", page_size=1), pages_of([["a"], ["b"]])
    )

    assert [("1", "x", "1"), ("2", "x", "1")] == [
        tuple(request.url.params[name] for name in ("page", "searchKeyword", "pageSize")) for request in requests
    ]


def test_page_without_data(caller: Caller) -> None:
    """A page that holds no list is not passed off as an empty one."""
    with pytest.raises(causerie.APIResponseValidationError, match="no current_page"):
        caller("raia", collect, json({}), validate=True)
    with pytest.raises(causerie.APIResponseValidationError, match=r"ConversationPage.data: no list among data$"):
        caller("raia", collect, json({"data": None}))
    with pytest.raises(causerie.APIResponseValidationError, match=r"ConversationPage.data: no list among nothing$"):
        caller("raia", collect, json({}))


class Agent:
    """A raia that answers after so many polls."""

    def __init__(self, polls: int, **outcome: Any) -> None:
        self.polls = polls
        self.outcome = outcome
        self.asked = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            self.asked += 1
            return httpx.Response(201, json={"id": "q1"})
        self.polls -= 1
        pending = {"status": "pending", "message": None, "error": None}
        return httpx.Response(200, json=pending if self.polls >= 0 else {**pending, **self.outcome})


ANSWER = {"status": "completed", "message": {"id": "m2", "message": "Forty-two"}}


@pytest.mark.parametrize("polls", [0, 1, 7])
def test_send_and_wait(polls: int, caller: Caller) -> None:
    """The question is asked once, its answer polled for and returned."""
    agent = Agent(polls, **ANSWER)
    with no_waiting():
        reply, requests = caller("raia", lambda client: client.messages.send_and_wait("c1", "What?"), agent)

    assert "Forty-two" == reply.message
    assert 1 == agent.asked
    assert polls + 2 == len(requests)


def test_wait(caller: Caller) -> None:
    """An answer can be waited for without asking again."""
    agent = Agent(2, **ANSWER)
    with no_waiting():
        reply, _ = caller("raia", lambda client: client.messages.wait("c1", "q1"), agent)

    assert "Forty-two" == reply.message
    assert 0 == agent.asked


def test_reply_timeout(caller: Caller) -> None:
    """An answer that does not come in time leaves what is needed to go on waiting."""
    with no_waiting(), pytest.raises(causerie.ReplyTimeoutError, match=r"messages.wait\('c1', 'q1'\)") as caught:
        caller("raia", lambda client: client.messages.send_and_wait("c1", "What?", timeout=30), Agent(10**6))

    assert ("c1", "q1", 30) == (caught.value.conversation_id, caught.value.message_id, caught.value.seconds)


def test_reply_failed(caller: Caller) -> None:
    """An answer that failed raises with raia's text."""
    with no_waiting(), pytest.raises(causerie.ReplyFailedError, match="question q1: out of tokens") as caught:
        caller(
            "raia", lambda client: client.messages.wait("c1", "q1"), Agent(1, status="failed", error="out of tokens")
        )

    assert "out of tokens" == caught.value.error


def test_deadline_bounds_requests(caller: Caller) -> None:
    """A request gets no more time than is left."""
    _, (request,) = caller("raia", lambda client: client.messages.wait("c1", "q1", timeout=3), Agent(0, **ANSWER))

    assert 0 < request.extensions["timeout"]["read"] <= 3


def test_failing_poll(caller: Caller) -> None:
    """A poll that fails in the middle raises what it failed with, and says how to go on."""
    unavailable = lambda request: httpx.Response(503, headers={"Retry-After": "5"})  # noqa: E731
    with no_waiting(), pytest.raises(causerie.ServerError) as caught:
        caller("raia", lambda client: client.messages.wait("c1", "q1", timeout=3), unavailable, retry=causerie.Retry())

    assert "messages.wait('c1', 'q1')" in caught.value.__notes__[0]


@pytest.mark.parametrize("timeout", [0.2, 60])
@pytest.mark.parametrize("status", [404, 403])
def test_poll_that_is_refused(status: int, timeout: float, caller: Caller) -> None:
    """A refusal is raised as it is, however little time is left: waiting does not help."""
    with pytest.raises(causerie.APIStatusError) as caught:
        caller("raia", lambda client: client.messages.wait("c1", "q1", timeout=timeout), json({}, status))

    assert status == caught.value.status_code
    assert not hasattr(caught.value, "__notes__")


def test_poll_that_fails_at_the_deadline(caller: Caller) -> None:
    """A poll that fails because the time is over is a ReplyTimeoutError: the question is not lost."""
    from causerie import _clock

    def slow(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return httpx.Response(201, json={"id": "q1"})
        _clock.sleep(30)
        raise httpx.ReadTimeout("slow")

    with no_waiting(), pytest.raises(causerie.ReplyTimeoutError) as caught:
        caller("raia", lambda client: client.messages.send_and_wait("c1", "What?", timeout=30), slow)

    assert isinstance(caught.value.__cause__, causerie.APITimeoutError)


@pytest.mark.parametrize("question_id", [5, "", "..", None])
def test_unusable_question(question_id: Any, caller: Caller) -> None:
    """A question whose id cannot be used is the vendor's fault."""
    with pytest.raises(causerie.APIResponseValidationError):
        caller("raia", lambda client: client.messages.send_and_wait("c1", "What?"), json({"id": question_id}, 201))


def test_waiting_side_by_side() -> None:
    """Skipped waits of tasks do not add up to deadlines missed."""

    async def ask() -> list[Any]:
        async def one() -> Any:
            async with causerie.AsyncRaia("k", transport=Vendor(Agent(10, **ANSWER))) as raia:
                return await raia.messages.wait("c1", "q1", timeout=60)

        return await asyncio.gather(*(one() for _ in range(10)))

    with no_waiting():
        assert ["m2"] * 10 == [reply.id for reply in asyncio.run(ask())]


@pytest.mark.parametrize("seconds", [0, -1, float("inf")])
def test_bad_deadline(seconds: float, caller: Caller) -> None:
    """A deadline is a positive number of seconds."""
    with pytest.raises(causerie.ArgumentError, match="timeout"):
        caller("raia", lambda client: client.messages.wait("c1", "q1", timeout=seconds), json({}))


def unreachable(request: httpx.Request) -> httpx.Response:
    raise AssertionError("sent")


def echo(request: httpx.Request) -> httpx.Response:
    """Return the id in the path; one that begins with x is not found."""
    found = request.url.path.split("/")[-1]
    return httpx.Response(404 if found.startswith("x") else 200, json={"id": found, "message": "gone"})


@given(ids=st.lists(st.sampled_from(["a", "b", "c", "x1", "x2"]), max_size=30), concurrency=st.integers(1, 5))
@pytest.mark.parametrize("clients", [SYNC, ASYNC], ids=["sync", "async"])
def test_get_many(clients: dict[str, Any], ids: list[str], concurrency: int) -> None:
    """Many calls give an outcome each, in order; one that fails costs the others nothing."""
    outcomes, requests = Caller(clients)(
        "raia", lambda client: client.conversations.get_many(ids, concurrency=concurrency), echo
    )

    assert len(ids) == len(requests)
    assert ids == [
        outcome.value.id if outcome.error is None else "x" + ids[index][1:] for index, outcome in enumerate(outcomes)
    ]
    assert [each.startswith("x") for each in ids] == [isinstance(o.error, causerie.NotFoundError) for o in outcomes]


def test_unwrap(caller: Caller) -> None:
    """An outcome gives its value or raises its error."""
    (good, bad), _ = caller("raia", lambda client: client.conversations.get_many(["a", "x"]), echo)

    assert "a" == good.unwrap().id
    with pytest.raises(causerie.NotFoundError):
        bad.unwrap()


def test_other_many(caller: Caller) -> None:
    """The messages of many conversations, and Convocore's conversations."""
    messages = json({"messages": [{"id": "m1"}]})
    (first, _), _ = caller("raia", lambda client: client.messages.list_many(["a", "b"]), messages)
    envelope = json({"success": True, "message": "", "data": {"ID": "c1"}})
    (conversation,), _ = caller("convocore", lambda client: client.conversations.get_many("a1", ["c1"]), envelope)

    assert "m1" == first.unwrap()[0].id
    assert "c1" == conversation.unwrap().id


def test_bound(caller: Caller) -> None:
    """No more requests are under way at a time than was said."""
    under_way, most = 0, 0
    lock = threading.Lock()

    class Slow(httpx.BaseTransport, httpx.AsyncBaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            self.enter()
            threading.Event().wait(0.005)
            return self.leave()

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            self.enter()
            await asyncio.sleep(0.005)
            return self.leave()

        def enter(self) -> None:
            nonlocal under_way, most
            with lock:
                under_way += 1
                most = max(most, under_way)

        def leave(self) -> httpx.Response:
            nonlocal under_way
            with lock:
                under_way -= 1
            return httpx.Response(200, json={})

    ids = [str(number) for number in range(20)]
    caller("raia", lambda client: client.conversations.get_many(ids, concurrency=3), json({}), transport=Slow())

    assert 3 == most


def test_held_back(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls that come later wait too, for as long as is left."""
    from causerie import _clock

    waits: list[float] = []

    async def sleep_async(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(_clock, "sleep", lambda seconds, _: waits.append(seconds))
    monkeypatch.setattr(_clock, "sleep_async", sleep_async)
    statuses = iter([429, 200, 200])
    answer = lambda request: httpx.Response(next(statuses), json={}, headers={"Retry-After": "30"})  # noqa: E731
    caller(
        "raia",
        lambda client: client.conversations.get_many(["a", "b"], concurrency=1),
        answer,
        retry=causerie.Retry(),
    )

    assert [30, 30, 30] == [round(seconds) for seconds in waits if seconds]


def limited_to(seconds: int) -> Callable[[httpx.Request], httpx.Response]:
    return lambda request: httpx.Response(429, json={}, headers={"Retry-After": str(seconds)})


def test_own_wait(caller: Caller) -> None:
    """A call that fails for reasons of its own waits, and is repeated."""
    statuses = iter([500, 200, 200])
    with no_waiting():
        outcomes, requests = caller(
            "raia",
            lambda client: client.conversations.get_many(["a", "b"], concurrency=1),
            lambda _: httpx.Response(next(statuses), json={"id": "c"}),
            retry=causerie.Retry(),
        )

    assert 3 == len(requests)
    assert ["c", "c"] == [outcome.unwrap().id for outcome in outcomes]


def test_too_long_for_all(caller: Caller) -> None:
    """When the vendor asks for a wait that is too long, the others are not sent at all."""
    ids = [str(number) for number in range(20)]
    outcomes, requests = caller(
        "raia",
        lambda client: client.conversations.get_many(ids, concurrency=1),
        limited_to(3600),
        retry=causerie.Retry(),
    )

    assert 1 == len(requests)
    assert [causerie.RateLimitError] * 20 == [type(outcome.error) for outcome in outcomes]


def test_last_attempt_holds_the_others(caller: Caller) -> None:
    """A call that is not repeated tells the others to wait all the same."""
    with no_waiting():
        outcomes, requests = caller(
            "raia", lambda client: client.conversations.get_many(["a", "b"], concurrency=1), limited_to(5)
        )

    assert 2 == len(requests)
    assert [causerie.RateLimitError] * 2 == [type(outcome.error) for outcome in outcomes]
    with pytest.raises(causerie.RateLimitError):
        caller("raia", lambda client: client.conversations.get("a"), limited_to(5))


def test_interrupt_of_many() -> None:
    """An interrupt does not wait for calls that wait, and sends nothing of what is left."""
    is_limited, begun = threading.Event(), list[str]()
    vendor = Vendor(limited_to(10))

    def interrupt(request: Any) -> None:
        begun.append(request.path)
        if request.path == begun[0]:
            is_limited.wait(30)
            raise KeyboardInterrupt

    hooks: dict[str, Any] = {"on_request": interrupt, "on_response": lambda _: is_limited.set()}
    client = causerie.Raia("the-secret", transport=vendor, retry=causerie.Retry(), **hooks)
    with pytest.raises(KeyboardInterrupt):
        client.conversations.get_many(["a", "b", "c", "d"], concurrency=2)
    left = [thread for thread in threading.enumerate() if thread.name.startswith("causerie")]
    for thread in left:
        thread.join(5)

    assert 1 == len(vendor.requests)
    assert "/external/conversations/d" not in begun
    assert not any(thread.is_alive() for thread in left)


TRACE: ContextVar[str] = ContextVar("trace", default="lost")


def test_context_of_many(caller: Caller) -> None:
    """Many calls run in the context of the caller, where telemetry keeps its spans."""
    seen: list[str] = []
    TRACE.set("kept")
    caller(
        "raia",
        lambda client: client.conversations.get_many(["a", "b"]),
        echo,
        on_request=lambda request: seen.append(TRACE.get()),
    )

    assert ["kept", "kept"] == seen


def test_defect_in_many(caller: Caller) -> None:
    """What is no error of ours is raised as it is, and not wrapped."""

    def defect(request: Any) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        caller("raia", lambda client: client.conversations.get_many(["a", "b"]), echo, on_request=defect)


def test_raw_of_many(caller: Caller) -> None:
    """Many calls have no answer of their own, and are not made."""
    with pytest.raises(causerie.ArgumentError, match="side by side"):
        caller("raia", lambda client: client.raw(client.conversations.get_many, ["a"]), unreachable)


@pytest.mark.parametrize("concurrency", [0, -1])
def test_bad_concurrency(concurrency: int, caller: Caller) -> None:
    """A concurrency below one call at a time is refused."""
    with pytest.raises(causerie.ArgumentError, match="concurrency"):
        caller("raia", lambda client: client.conversations.get_many(["a"], concurrency=concurrency), json({}))


def test_with_options(caller: Caller) -> None:
    """A view has its own options and the same connections; the original keeps its own."""

    def both(client: Any) -> Any:
        view = client.with_options(timeout=1, headers={"X-Trace": "t1"}, retry=causerie.Retry(attempts=1))
        assert view is not client
        calls = (view.conversations.get("a"), client.conversations.get("b"))
        return calls if isinstance(client, causerie.Raia) else asyncio.gather(*calls)

    _, (first, second) = caller("raia", both, echo, timeout=9)

    assert (1, 9) == (first.extensions["timeout"]["read"], second.extensions["timeout"]["read"])
    assert ("t1", None) == (first.headers.get("X-Trace"), second.headers.get("X-Trace"))


@pytest.mark.parametrize(
    "changes",
    [
        *({"timeout": value} for value in (0, None, "3", True)),
        *({"headers": headers} for headers in ({"a b": ""}, {"a": "b\n"}, {"": ""}, {"a:": ""}, {"a": 1}, {1: "a"})),
        {"retry": 3},
    ],
)
def test_bad_options(changes: dict[str, Any]) -> None:
    """Options that make no sense name the argument."""
    with pytest.raises(causerie.ArgumentError, match=next(iter(changes))):
        causerie.Raia("k").with_options(**changes)


@pytest.mark.parametrize("name", ["Agent-Secret-Key", "agent-secret-key", "AGENT-SECRET-KEY"])
def test_headers_cannot_replace_the_credential(name: str, caller: Caller) -> None:
    """A header of one's own does not stand in for the credential, however it is spelled."""
    _, (request,) = caller("raia", lambda c: c.conversations.get("a"), echo, headers={name: "other"})

    assert ["the-secret"] == request.headers.get_list("Agent-Secret-Key")


def test_headers_replace_ours(caller: Caller) -> None:
    """A header of one's own takes the place of one that we send; answers may be compressed."""
    _, (request,) = caller("raia", lambda c: c.conversations.get("a"), echo, headers={"user-AGENT": "mine"})

    assert ["mine"] == request.headers.get_list("User-Agent")
    assert "gzip" in request.headers["Accept-Encoding"]


def test_options_are_frozen(caller: Caller) -> None:
    """Changing the dict that the headers came in changes no client."""
    headers = {"X-Trace": "t1"}

    def call(client: Any) -> Any:
        headers["X-Trace"] = "t2\r\n"
        return client.conversations.get("a")

    _, (request,) = caller("raia", call, echo, headers=headers)

    assert "t1" == request.headers["X-Trace"]


def test_unknown_option() -> None:
    """An option that does not exist is refused with the nearest one that does; a view cannot go to another host."""
    with pytest.raises(TypeError, match="there is no option 'timeoutt'; did you mean 'timeout'"):
        causerie.Raia("k", timeoutt=5)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"there is no option 'base_url'$"):
        causerie.Raia("k").with_options(base_url="http://evil.test")  # type: ignore[call-arg]


HTTPX = (
    "when the client is made, give it http_client=httpx.Client({}=...), or an httpx.AsyncClient where calls are awaited"
)
RETRY = "give retry=Retry(attempts=...), which counts the first attempt too: Retry(attempts=3) repeats twice"


@pytest.mark.parametrize(
    "client",
    [partial(causerie.Raia, "k"), partial(causerie.AsyncConvocore, "k"), causerie.Raia("k").with_options],
    ids=["blocking", "awaited", "view"],
)
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        *((name, RETRY) for name in ("max_retries", "retries", "max_attempts", "attempts")),
        *((name, HTTPX.format(name)) for name in ("proxy", "verify", "cert", "http2", "limits", "mounts", "trust_env")),
        ("proxies", HTTPX.format("proxy")),
        *((name, "give headers={...}") for name in ("default_headers", "extra_headers")),
        *((name, "when the client is made, give it base_url=...") for name in ("host", "url", "endpoint", "api_base")),
    ],
)
def test_option_of_other_clients(client: Any, name: str, sentence: str) -> None:
    """What other clients have under a name or in a place of their own is explained, without the value."""
    with pytest.raises(TypeError) as caught:
        client(**{name: "http://user:s3cret@proxy.test"})

    assert f"there is no option {name!r}: {sentence}" == str(caught.value)


def test_raw(caller: Caller) -> None:
    """The answer behind a value, with its headers."""
    answer = lambda request: httpx.Response(200, json={"id": "c1"}, headers={"X-Request-Id": "r1"})  # noqa: E731
    answered, _ = caller("raia", lambda client: client.raw(client.conversations.get, "c1"), answer)

    assert ("c1", 200, "r1") == (answered.value.id, answered.http.status_code, answered.request_id)


def test_raw_page(caller: Caller) -> None:
    """The answer behind a page, which still goes on."""

    def both(client: Any) -> Any:
        raw = client.raw(client.conversations.list)
        if isinstance(client, causerie.Raia):
            return raw.http.status_code, [conversation.id for conversation in raw.value]

        async def awaited() -> Any:
            page = await raw
            return page.http.status_code, [conversation.id async for conversation in page.value]

        return awaited()

    result, _ = caller("raia", both, pages_of([["a"], ["b"]]))

    assert (200, ["a", "b"]) == result


def test_raw_of_errors_and_retries(caller: Caller) -> None:
    """``raw`` keeps retries and errors."""
    left = iter([500, 200])
    answer = lambda request: httpx.Response(next(left), json={"id": "c1"})  # noqa: E731
    with no_waiting():
        answered, _ = caller("raia", lambda c: c.raw(c.conversations.get, "c1"), answer, retry=causerie.Retry())

    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    assert 200 == answered.http.status_code
    with pytest.raises(causerie.APIConnectionError):
        caller("raia", lambda c: c.raw(c.conversations.get, "c1"), broken)


def test_raw_of_something_else(caller: Caller) -> None:
    """Anything but a method of a client is refused."""
    with pytest.raises(causerie.ArgumentError, match="method: "):
        caller("raia", lambda client: client.raw(len, "c1"), json({}))


def test_validate(caller: Caller) -> None:
    """``validate=True`` holds answers against the document, lists of models too."""
    with pytest.raises(causerie.APIResponseValidationError, match="Conversation: no id"):
        caller("raia", lambda client: client.conversations.get("c1"), json({}), validate=True)
    with pytest.raises(causerie.APIResponseValidationError, match=r"ConversationState: no id"):
        caller("raia", lambda client: client.conversations.states(), json([{}]), validate=True)
    nothing, _ = caller("raia", lambda client: client.conversations.delete_all("u1"), raw(b"", 204), validate=True)

    assert nothing is None


def test_own_http_client() -> None:
    """A client of the caller's adds what it was made with but its auth, and stays open."""
    vendor = Vendor(json([]))
    with httpx.Client(transport=vendor, headers={"X-Mine": "yes", "User-Agent": "mine"}, auth=("u", "p")) as mine:
        with causerie.Zild("k", base_url="https://zild.test", http_client=mine) as client:
            client.with_options(retry=causerie.Retry(attempts=1)).conversations.start_proactive()

        assert not mine.is_closed

    headers = vendor.requests[0].headers

    assert ("yes", "mine", "Bearer k") == (headers["X-Mine"], headers["User-Agent"], headers["Authorization"])


def test_own_async_http_client() -> None:
    """The same for asyncio."""
    vendor = Vendor(echo)

    async def call() -> bool:
        async with httpx.AsyncClient(transport=vendor, headers={"X-Mine": "yes"}) as mine:
            async with causerie.AsyncRaia("k", http_client=mine) as client:
                await client.conversations.get("c1")
            return mine.is_closed

    assert not asyncio.run(call())
    assert "yes" == vendor.requests[0].headers["X-Mine"]


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (
            lambda: causerie.Raia("k", http_client=httpx.AsyncClient()),
            "http_client: it is of type AsyncClient: give an httpx.Client",
        ),
        (
            lambda: causerie.AsyncRaia("k", http_client=httpx.Client()),
            "http_client: it is of type Client: give an httpx.AsyncClient",
        ),
        (lambda: causerie.Raia("k", http_client=httpx.Client(), transport=Vendor(echo)), "transport: .* not both"),
        (
            lambda: causerie.Raia("k", transport="aiohttp"),
            "transport: it is of type str: give an httpx.BaseTransport, or 'httpx2'$",
        ),
        (
            lambda: causerie.AsyncRaia("k", transport="httpx3"),
            "give an httpx.AsyncBaseTransport, or 'httpx2' or 'aiohttp'$",
        ),
        (lambda: causerie.Raia("k", transport="httpx"), "transport: httpx is the default: leave it out$"),
        (lambda: causerie.AsyncRaia("k", transport="httpx"), "transport: httpx is the default: leave it out$"),
        (lambda: causerie.Raia("k", http_client="httpx2"), "http_client: it is of type str: give an httpx.Client$"),
        (
            lambda: causerie.Raia("k", http_client=httpx2.AsyncClient()),
            "it is of type AsyncClient: give an httpx.Client",
        ),
        (
            lambda: causerie.AsyncRaia("k", http_client=httpx2.Client()),
            "of type Client: give an httpx.AsyncClient",
        ),
        (lambda: causerie.Raia("k", http_client=httpx2.Client(), transport="httpx2"), "transport: .* not both"),
    ],
)
def test_bad_http_client(make: Callable[[], Any], problem: str) -> None:
    """A client of the wrong kind, or a client beside a transport, is refused at once."""
    with pytest.raises(causerie.ArgumentError, match=problem):
        make()


def test_aiohttp() -> None:
    """The aiohttp transport is chosen by its name, and works on a real socket."""
    from causerie_mock import RAIA_KEYS, Mock, serve

    async def call(url: str) -> str:
        async with causerie.AsyncRaia(RAIA_KEYS[0], base_url=url, transport="aiohttp") as client:
            return (await client.conversations.states())[0].name

    with serve([Mock("raia", check=True)]) as urls:
        assert "New" == asyncio.run(call(urls["raia"]))


@pytest.mark.parametrize(
    ("make", "name", "module"),
    [
        (causerie.AsyncRaia, "aiohttp", "aiohttp"),
        (causerie.Raia, "httpx2", "httpx2"),
        (causerie.AsyncRaia, "httpx2", "httpx2"),
    ],
)
def test_extras(make: Any, name: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package of a transport the sentence says what to install."""
    monkeypatch.delitem(sys.modules, "causerie._aiohttp", raising=False)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(causerie.ArgumentError, match=rf'{name} is not installed: .* pip install "\.\[{name}\]"'):
        make("k", transport=name)


@pytest.mark.parametrize("library", [httpx, httpx2])
@pytest.mark.parametrize("host", ["vendor.test", "vendor.test:443", "vendor.test:8443", "[::1]:80", "bücher.test"])
def test_host(host: str, library: Any) -> None:
    """The header ``Host`` is what the library itself makes of an address, unless the caller gives another."""
    seen: list[str] = []

    def answer(request: Any) -> Any:
        seen.append(request.headers["host"])
        return library.Response(200, json={"id": "c1"})

    transport = library.MockTransport(answer)
    with causerie.Raia("k", base_url=f"https://{host}", transport=transport) as raia:
        raia.conversations.get("c1")
        raia.with_options(headers={"Host": "other.test"}).conversations.get("c1")

    assert [library.Request("GET", f"https://{host}").headers["host"], "other.test"] == seen


def test_lent_by_httpx2() -> None:
    """A client of httpx2 of the caller's adds what it was made with, and stays open."""
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, json={"id": request.url.path.rsplit("/", 1)[1]})

    with httpx2.Client(transport=httpx2.MockTransport(answer), headers={"X-Mine": "yes"}) as mine:
        with causerie.Raia("k", http_client=mine) as raia:
            lent = raia.conversations.get("c1").id
        with causerie.Raia("k", transport=httpx2.MockTransport(answer)) as raia:
            carried = raia.conversations.get("c2").id

        assert not mine.is_closed
    assert ["c1", "c2"] == [lent, carried]
    assert ["yes", None] == [request.headers.get("X-Mine") for request in seen]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("causerie.Raia('k')", ["httpx"]),
        ("causerie.Raia('k', transport='httpx2')", ["httpx2"]),
        ("causerie.AsyncRaia('k', transport='httpx2')", ["httpx2"]),
        ("import httpx2; httpx2.alias_httpx(); causerie.Raia('k')", ["httpx", "httpx2"]),
    ],
)
def test_libraries_that_are_loaded(code: str, expected: list[str]) -> None:
    """A client loads the library that it uses, and no other; the one may stand for the other."""
    show = "print(*(name for name in ('httpx', 'httpx2') if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, causerie; {code}; {show}"], capture_output=True, check=True, text=True
    )

    assert expected == done.stdout.split()


def test_bodies_are_json(caller: Caller) -> None:
    """A body travels as JSON with its media type, and a request without one has none."""
    _, (request,) = caller("raia", lambda client: client.messages.send("c1", "Hi"), json({}, 201))
    _, (bare,) = caller("raia", lambda client: client.conversations.get("c1"), json({}))

    assert ("application/json", {"message": "Hi"}) == (request.headers["Content-Type"], orjson.loads(request.content))
    assert "Content-Type" not in bare.headers


def test_headers_of_an_operation(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Headers that an operation describes are sent, and its media type in place of ours; the credential stays."""
    make = create_user.request
    more = (("X-Trace", "t"), ("Content-Type", "application/merge-patch+json"), (CREDENTIAL_HEADER, "another"))
    monkeypatch.setattr(create_user, "request", lambda **fields: make(**fields)._replace(headers=more))
    _, (request,) = caller("raia", lambda client: client.users.create("Ada", "King", email="a@b.c"), json({}))

    assert ["t"] == request.headers.get_list("X-Trace")
    assert ["application/merge-patch+json"] == request.headers.get_list("Content-Type")
    assert ["the-secret"] == request.headers.get_list(CREDENTIAL_HEADER)


@pytest.mark.parametrize(
    ("base_url", "server"),
    [("https://vendor.test/v3", "https://other.test/v4"), ("https://mock.test", "https://mock.test")],
)
def test_an_operation_with_a_server_of_its_own(
    base_url: str, server: str, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked there, unless the client has a server that the document does not know, such as a mock."""
    make = get_conversation.request
    servers = {"https://vendor.test/v3": "https://other.test/v4"}
    monkeypatch.setattr(get_conversation, "request", lambda *ids: make(*ids)._replace(servers=servers))

    def refuse(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        raise httpx.ConnectError("nobody there")

    asked: list[str] = []
    with pytest.raises(causerie.APIConnectionError) as caught:
        caller("raia", lambda raia: raia.conversations.get("c1"), refuse, base_url=base_url)

    assert [f"{server}/external/conversations/c1"] == asked
    assert f"no answer from {server} (" in str(caught.value)
