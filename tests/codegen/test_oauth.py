"""Tokens that a client gets for itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from causerie_codegen.runtime import oauth
from causerie_codegen.runtime.oauth import ClientCredentials, TokenError

URL = "https://id.test/token"


class Server:
    """Gives tokens ``t1``, ``t2`` and so on, and refuses those that are not good any more."""

    def __init__(self, **answer: Any) -> None:
        self.answer: dict[str, Any] = {"expires_in": 3600, **answer}
        self.asked: list[httpx.Request] = []
        self.sent: list[str] = []
        self.refused: set[str] = set()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if str(request.url) == URL:
            self.asked.append(request)
            return httpx.Response(200, json={"access_token": f"t{len(self.asked)}", **self.answer})
        token = request.headers["Authorization"].removeprefix("Bearer ")
        self.sent.append(token)
        return httpx.Response(401 if token in self.refused else 200, content=iter([b"ok"]))


def blocking(answer: Callable[[httpx.Request], httpx.Response], auth: httpx.Auth, times: int) -> list[int]:
    with httpx.Client(transport=httpx.MockTransport(answer), auth=auth) as client:
        return [client.get("https://vendor.test").status_code for _ in range(times)]


def awaited(answer: Callable[[httpx.Request], httpx.Response], auth: httpx.Auth, times: int) -> list[int]:
    async def each(request: httpx.Request) -> httpx.Response:
        made = answer(request)
        return httpx.Response(made.status_code, content=b"".join(made.stream), headers=made.headers)  # type: ignore[arg-type]

    async def run() -> list[int]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(each), auth=auth) as client:
            return [(await client.get("https://vendor.test")).status_code for _ in range(times)]

    return asyncio.run(run())


@pytest.fixture(params=[blocking, awaited])
def send(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_one_token(send: Any) -> None:
    """A token is asked for once, with the secret where the server wants it."""
    server = Server()

    assert [200, 200] == send(server, ClientCredentials(URL, "id", "secret", scopes=["a", "b"]), 2)
    assert ["t1", "t1"] == server.sent
    assert [{"grant_type": ["client_credentials"], "scope": ["a b"]}] == [
        parse_qs(each.content.decode()) for each in server.asked
    ]
    assert "Basic aWQ6c2VjcmV0" == server.asked[0].headers["Authorization"]


def test_secret_in_the_body(send: Any) -> None:
    """Some servers want id and secret in the form."""
    server = Server()
    send(server, ClientCredentials(URL, "id", "secret", in_body=True), 1)

    assert b"grant_type=client_credentials&client_id=id&client_secret=secret" == server.asked[0].content
    assert "Authorization" not in server.asked[0].headers


@pytest.mark.parametrize(
    ("seconds", "wait", "expected"), [(100, 69, "t1"), (100, 71, "t2"), (10, 4, "t1"), (10, 6, "t2")]
)
def test_expired(seconds: int, wait: int, expected: str, send: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another token is asked for before the first expires."""
    now = 1000.0
    monkeypatch.setattr(oauth, "monotonic", lambda: now)
    server, auth = Server(expires_in=seconds), ClientCredentials(URL, "id", "secret")
    send(server, auth, 1)
    now += wait
    send(server, auth, 1)

    assert ["t1", expected] == server.sent


def test_refused(send: Any) -> None:
    """A token that the server refuses is replaced once; one that is new is not."""
    server, auth = Server(), ClientCredentials(URL, "id", "secret")
    send(server, auth, 1)
    server.refused = {"t1"}

    assert [200] == send(server, auth, 1)
    server.refused = {"t2", "t3"}
    assert [401] == send(server, auth, 1)
    assert ["t1", "t1", "t2", "t2", "t3"] == server.sent
    assert [401] == send(Refusing(), ClientCredentials(URL, "id", "secret"), 1)


class Refusing(Server):
    """Refuses every token."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.refused.add(f"t{len(self.asked)}")
        return super().__call__(request)


@pytest.mark.parametrize(
    ("status", "content", "said"),
    [
        (400, b'{"error": "invalid_client"}', "status 400: invalid_client"),
        (200, b"{}", "status 200: an access_token was expected"),
        (200, b"[]", "status 200: an access_token was expected"),
        (200, b"<html>", "status 200: an access_token was expected"),
        (200, b'{"access_token": "t1", "expires_in": "soon"}', "status 200: an access_token was expected"),
        (500, b'{"access_token": "t1"}', "status 500: an access_token was expected"),
    ],
)
def test_no_token(status: int, content: bytes, said: str, send: Any) -> None:
    """Without a token nothing is sent, and the error shows no secret."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(status, content=iter([content]))

    with pytest.raises(TokenError) as caught:
        send(answer, ClientCredentials(URL, "id", "the-secret"), 1)

    assert f"{URL}: no token, {said}" == str(caught.value)
    assert [URL] == asked
    assert "the-secret" not in repr(caught.value) + repr(ClientCredentials(URL, "id", "the-secret"))
