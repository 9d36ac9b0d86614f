"""One ASGI application with all mocks, each under its own path prefix."""

from __future__ import annotations

import asyncio
import functools
import ipaddress
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlsplit

from ._control import MAX_STATE, Served, control
from ._exchange import Reply, Request
from ._mock import Mock
from ._page import page
from ._upstream import MAX_PASSED
from ._vendor import MAX_BODY
from ._wire import Message, Send, play, reset

Receive = Callable[[], Awaitable[Message]]
_CONTROL = b"/_causerie/"
#: Threads that wait for real servers: more than the requests that a browser or a connection pool sends at once.
_waiting = ThreadPoolExecutor(100, thread_name_prefix="spy")
Application = Callable[[Message, Receive, Send], Awaitable[None]]


def asgi(mocks: Iterable[Mock]) -> Application:
    """Return an ASGI 3 application: the mocks under `/{vendor}`, a page at `/`, and control at `/_causerie/`."""
    by_vendor = {mock.vendor: mock for mock in mocks}
    places = ", ".join(f"/{vendor}" for vendor in by_vendor)

    def other(scope: Message, request: Request) -> Reply:
        shown = page(request.path) if request.method in {"GET", "HEAD"} else None
        if shown is not None:
            return shown
        if request.path.startswith(_CONTROL):
            base = _base(scope, request)
            if not _is_ours(scope, request):
                return Reply.json(403, {"message": f"A page that is not from {base} may not control it.", "issues": []})
            return control(Served(by_vendor, base), request)
        return Reply.json(404, {"message": f"Nothing is served here; use /, or a path below {places} or /_causerie."})

    async def application(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        path = scope.get("raw_path") or quote(scope["path"]).encode("ascii")
        _, prefix, rest = [*path.split(b"/", 2), b"", b""][:3]
        mock = by_vendor.get(prefix.decode("latin-1"))
        if mock is not None:
            path = b"/" + rest
        heard = functools.partial(
            Request,
            scope["method"],
            path,
            scope["query_string"],
            scope["headers"],
            scheme=scope.get("scheme", "http"),  # optional in ASGI
            mount=f"/{mock.vendor}" if mock is not None else "",
        )
        if mock is not None and mock.faults and mock.interrupt(heard(), "reset_before_request"):
            reset(send)
            return
        controls = mock is None and path.startswith(_CONTROL) and _is_ours(scope, heard())
        longest = MAX_PASSED if mock is not None and mock.spy is not None else MAX_BODY
        body = await _read(receive, MAX_STATE if controls else longest)
        if body is None:
            return
        request = heard(body=body)
        if mock is None:
            reply = other(scope, request)
        elif mock.spy is None:
            reply = mock.handle(request)
        else:
            reply = await asyncio.get_running_loop().run_in_executor(_waiting, mock.handle, request)
        await play(reply, send)

    return application


def _base(scope: Message, request: Request) -> str:
    """Return the URL by which the client has reached this server."""
    named = request.header("host")
    host = named[0] if named else ":".join(map(str, scope["server"]))
    return f"{scope['scheme']}://{host}"


def _is_ours(scope: Message, request: Request) -> bool:
    """Return whether `request` comes from a page of this server, or not from a browser.

    Any web page may send requests to this machine, and its name may resolve to this machine (DNS rebinding).
    """
    base, local = _base(scope, request), scope["server"][0]
    try:
        named = urlsplit(base).hostname or ""
    except ValueError:  # It is not a valid host.
        named = ""
    return request.header("origin") in ([], [base]) and (
        not _is_loopback(local) or named == "localhost" or named.endswith(".localhost") or _is_loopback(named)
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def _read(receive: Receive, limit: int) -> bytes | None:
    """Return the body, or enough of it for the core to see that it is too long; None if the client has disconnected."""
    body = bytearray()
    while len(body) <= limit:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body", False):
            break
    return bytes(body)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        phase = (await receive())["type"]
        await send({"type": f"{phase}.complete"})
        if phase == "lifespan.shutdown":
            return
