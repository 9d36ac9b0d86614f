"""Who is called: a URL of this machine, an ASGI application, or a function."""

from __future__ import annotations

import asyncio
import http.client
import inspect
import ipaddress
import socket
from collections.abc import Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol
from urllib.parse import SplitResult, quote, urlsplit

from ._exchange import Request

#: Seconds that a connection may take, so that closing a mock never takes longer.
_CONNECT = 5

Opened = Callable[[socket.socket], None]


class Unreached(Exception):
    """There was no answer. It says why, without a word of what was sent or came back."""


class Receiver(Protocol):
    """Takes calls."""

    #: What the journal calls it.
    place: str
    #: Whether it is in this process: called when a test says so, in the test's own thread.
    is_here: bool

    def send(self, request: Request, timeout: float, opened: Opened) -> int:
        """Return the status of the answer. Raises `Unreached`, and what a receiver in this process raises.

        `opened` is given the socket that waits for the answer, for somebody who wants to end that.
        """
        ...


def receiver(target: object, *, path: str, anywhere: bool) -> Receiver:
    """Return who is called at `target`. Raises `ValueError` with the value and what to do.

    `path` is the path of calls in this process. Unless `anywhere`, only URLs of this machine will do.
    """
    if isinstance(target, str):
        if path != "/":
            raise ValueError(f"path is {path!r}; give it as a part of the URL.")
        return _URL(_checked(target, anywhere=anywhere))
    if not isinstance(path, str) or not path.startswith("/"):
        raise ValueError(f"path is {path!r}; give a text that begins with a slash.")
    if callable(target):
        return _Application(target, path) if _is_application(target) else _Function(target, path)
    raise ValueError(f"target is {target!r}; give a URL, an ASGI application, or a function that takes a Request.")


def _checked(url: str, *, anywhere: bool) -> SplitResult:
    shown = url.partition("?")[0].rpartition("@")[2]  # without what may be a credential
    parts = _split(url)
    host = parts.hostname if parts else None
    if not parts or not host or parts.scheme not in {"http", "https"}:
        example = "http://127.0.0.1:8000/hooks"
        raise ValueError(f"target is {shown!r}; give the http or https URL of a server, such as {example}.")
    if "@" in parts.netloc:
        raise ValueError(f"target has a user or a password before {host!r}; give them with headers.")
    if not anywhere and not _is_loopback(host):
        raise ValueError(
            f"target is {shown!r}, which is not this machine; give a URL on 127.0.0.1, ::1 or localhost, or allow"
            " others: webhooks.anywhere = True, on the command line --webhook-anywhere."
        )
    return parts


def _split(url: str) -> SplitResult | None:
    """Return the parts of a URL; None for what is none, or cannot be sent as it is."""
    if not (url.isascii() and url.isprintable()) or " " in url:
        return None
    try:
        parts = urlsplit(url)
        is_usable = parts.port != 0
    except ValueError:
        return None
    return parts if is_usable else None


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:  # It is another name, and where that leads can change at any time.
        return False


def _is_application(target: object) -> bool:
    """Whether it is called as ASGI calls: a coroutine function, or an object that is called like one."""
    return inspect.iscoroutinefunction(target) or inspect.iscoroutinefunction(getattr(target, "__call__", None))  # noqa: B004


class _URL:
    """A server. Redirects are not followed, proxies not asked."""

    is_here = False

    def __init__(self, parts: SplitResult) -> None:
        # A query may hold a credential.
        self.place = f"{parts.scheme}://{parts.netloc}{parts.path}" + ("?***" if parts.query else "")
        self._parts = parts
        self._path = f"{parts.path or '/'}{'?' * bool(parts.query)}{parts.query}"
        self._kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection

    def send(self, request: Request, timeout: float, opened: Opened) -> int:
        """Send it over a connection of its own."""
        connection = self._kind(self._parts.hostname or "", self._parts.port, timeout=_CONNECT)
        try:
            connection.connect()
            connection.sock.settimeout(timeout)
            opened(connection.sock)
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in request.headers}
            connection.request(request.method, self._path, request.body, headers)
            return connection.getresponse().status
        except OSError as error:
            raise Unreached(error.strerror or type(error).__name__) from None
        except http.client.HTTPException as error:
            raise Unreached(type(error).__name__) from None
        finally:
            connection.close()


class _Function:
    """A function that takes a `Request` and returns a status."""

    is_here = True

    def __init__(self, function: Callable[[Request], Any], path: str) -> None:
        self.place = getattr(function, "__name__", type(function).__name__)
        self._function = function
        self._path = path

    def send(self, request: Request, timeout: float, opened: Opened) -> int:  # noqa: ARG002 - those of a connection
        """Call it."""
        status = self._function(_at(request, self._path))
        if type(status) is not int:
            raise TypeError(f"{self.place} returned {type(status).__name__}; it must return a status, such as 200.")
        return status


class _Application:
    """An ASGI application. It lives in an event loop of its own for each call, and hears nothing of its lifespan."""

    is_here = True

    def __init__(self, application: Callable[..., Any], path: str) -> None:
        self.place = f"{type(application).__name__} {path}"
        self._application = application
        self._path = path

    def send(self, request: Request, timeout: float, opened: Opened) -> int:  # noqa: ARG002 - those of a connection
        """Play a server, in another thread: the test's own may have an event loop that runs."""
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, self._answer(_at(request, self._path))).result()

    async def _answer(self, request: Request) -> int:
        heard, answered, statuses = False, asyncio.Event(), list[int]()

        async def receive() -> MutableMapping[str, Any]:
            nonlocal heard
            if heard:
                await answered.wait()
                return {"type": "http.disconnect"}
            heard = True
            return {"type": "http.request", "body": request.body, "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
            elif not message.get("more_body", False):
                answered.set()

        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": self._path,
            "raw_path": request.path,
            "query_string": b"",
            "root_path": "",
            "headers": [(b"host", b"localhost"), *request.headers],
            "client": ("127.0.0.1", 0),
            "server": ("localhost", 80),
        }
        try:
            await self._application(scope, receive, send)
        except Exception:  # A server that has answered logs it.
            if not statuses:
                raise
        if not statuses:
            raise RuntimeError(f"{self.place} has sent no answer.")
        return statuses[0]


def _at(request: Request, path: str) -> Request:
    return Request(request.method, quote(path).encode("ascii"), headers=request.headers, body=request.body)
