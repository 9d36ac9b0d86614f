"""The mocks as one ASGI application, each under its own path prefix."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import quote

from palaver_mock._core import MAX_BODY
from palaver_mock._exchange import Reply, Request
from palaver_mock._mock import Mock

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
Application = Callable[[_Message, _Receive, _Send], Awaitable[None]]


def asgi(mocks: Iterable[Mock]) -> Application:
    """An ASGI 3 application that serves each mock under `/{vendor}`.

    `POST /_palaver/reset` resets them all and answers 204.
    """
    by_vendor = {mock.vendor: mock for mock in mocks}

    def handle(scope: _Message, body: bytes) -> Reply:
        path = scope.get("raw_path") or quote(scope["path"]).encode("ascii")
        _, prefix, rest = [*path.split(b"/", 2), b"", b""][:3]
        mock = by_vendor.get(prefix.decode("latin-1"))
        if mock is not None:
            return mock.handle(Request(scope["method"], b"/" + rest, scope["query_string"], scope["headers"], body))
        if path == b"/_palaver/reset":
            return _reset(scope["method"], by_vendor.values())
        places = ", ".join(f"/{vendor}" for vendor in by_vendor)
        return Reply.json(404, {"message": f"Nothing is served here, but below {places}."})

    async def application(scope: _Message, receive: _Receive, send: _Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        else:
            reply = handle(scope, await _read(receive))
            headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers]
            await send({"type": "http.response.start", "status": reply.status, "headers": headers})
            await send({"type": "http.response.body", "body": reply.body})

    return application


def _reset(method: str, mocks: Iterable[Mock]) -> Reply:
    if method != "POST":
        return Reply.json(405, {"message": "Reset with POST."}, headers=(("allow", "POST"),))
    for mock in mocks:
        mock.reset()
    return Reply.empty(204)


async def _read(receive: _Receive) -> bytes:
    """The body, or as much of it as the core needs to see that it is too long."""
    body = bytearray()
    while len(body) <= MAX_BODY:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            break
    return bytes(body)


async def _live(receive: _Receive, send: _Send) -> None:
    while True:
        phase = (await receive())["type"]
        await send({"type": f"{phase}.complete"})
        if phase == "lifespan.shutdown":
            return
