"""The receivers of webhook calls: URLs, ASGI applications and functions."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol
from urllib.parse import quote

from ._exchange import Request
from ._url import Server, Unreached, checked


class Here(Protocol):
    """A receiver in this process. A test decides when it is called, in the test's own thread."""

    #: Its name in the log.
    place: str

    def send(self, request: Request, seconds: float) -> int:
        """Return the status of the answer. Raises `Unreached`, and any exception of the receiver."""
        ...


Receiver = Here | Server


def receiver(target: object, *, path: str, anywhere: bool) -> Receiver:
    """Return the receiver at `target`. Raises `ValueError` with the value and what to do.

    `path` is the path of calls in this process. Unless `anywhere`, only URLs of this machine are accepted.
    """
    if isinstance(target, str):
        if path != "/":
            raise ValueError(f"path is {path!r}; give it as a part of the URL.")
        return checked(target, anywhere=anywhere)
    if not isinstance(path, str) or not path.startswith("/"):
        raise ValueError(f"path is {path!r}; give a text that begins with a slash.")
    if callable(target):
        return _Application(target, path) if _is_application(target) else _Function(target, path)
    shown = f"a {type(target).__name__}" if isinstance(target, bytes | bytearray) else repr(target)
    raise ValueError(f"target is {shown}; give a URL, an ASGI application, or a function that takes a Request.")


def _is_application(target: object) -> bool:
    """Return whether `target` is a coroutine function, or an object that is called like one, as in ASGI."""
    return inspect.iscoroutinefunction(target) or inspect.iscoroutinefunction(getattr(target, "__call__", None))  # noqa: B004


class _Function:
    """A function that takes a `Request` and returns a status."""

    def __init__(self, function: Callable[[Request], Any], path: str) -> None:
        self.place = getattr(function, "__name__", type(function).__name__)
        self._function = function
        self._path = path

    def send(self, request: Request, seconds: float) -> int:  # noqa: ARG002 - it runs in the test's own thread
        """Call the function, and wait as long as it takes."""
        status = self._function(_at(request, self._path))
        if type(status) is not int:
            raise TypeError(f"{self.place} returned {type(status).__name__}; it must return a status, such as 200.")
        return status


class _Application:
    """An ASGI application. Each call runs in an event loop of its own; there are no lifespan events."""

    def __init__(self, application: Callable[..., Any], path: str) -> None:
        self.place = f"{type(application).__name__} {path}"
        self._application = application
        self._path = path

    def send(self, request: Request, seconds: float) -> int:
        """Call the application in another thread, because the test's own may have a running event loop."""
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, self._within(seconds, _at(request, self._path))).result()

    async def _within(self, seconds: float, request: Request) -> int:
        limit = asyncio.timeout(seconds)
        try:
            async with limit:
                return await self._answer(request)
        except TimeoutError:
            if limit.expired():
                raise Unreached(f"It did not answer within {seconds:g} seconds.") from None
            raise

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
        except Exception:  # A real server would log an exception after the answer.
            if not statuses:
                raise
        if not statuses:
            raise RuntimeError(f"{self.place} has sent no answer.")
        return statuses[0]


def _at(request: Request, path: str) -> Request:
    return Request(request.method, quote(path).encode("ascii"), headers=request.headers, body=request.body)
