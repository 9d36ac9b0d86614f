"""The server behind a spy: a URL, or a function in this process."""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol
from urllib.parse import SplitResult

from ._exchange import Reply, Request
from ._url import split_url

#: The most bytes of a body, in either direction.
MAX_PASSED = 64 * 1024 * 1024
#: Seconds that a connection may take.
_CONNECT = 10
_CHUNK = 64 * 1024
#: Headers for one connection only (RFC 9110, 7.6.1). `expect` was answered by the spy's own server, and the framing is
#: written again.
_HOP = frozenset(
    {
        *("connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer"),
        *("transfer-encoding", "upgrade", "expect", "content-length"),
    }
)


class Unanswered(Exception):
    """There is no answer to pass on. `status` is what the application gets: 502, or 504 for a timeout."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Upstream(Protocol):
    """A server that answers requests."""

    #: Its name in findings, without secrets.
    place: str

    def send(self, request: Request, timeout: float) -> Reply:
        """Return the answer with its unchanged body. Raises `Unanswered`. Never sends a request twice."""
        ...

    def close(self) -> None:
        """Stop waiting for answers."""
        ...


def upstream(target: object) -> Upstream:
    """Return the server at `target`. Raises `ValueError` with the value, unless it may be secret, and what to do."""
    if isinstance(target, str):
        return URL(_checked(target))
    if callable(target):
        return _Function(target)
    raise ValueError(f"spy is a {type(target).__name__}; give a URL, or a function from a Request to a Reply.")


def _checked(url: str) -> SplitResult:
    shown = url.partition("?")[0].partition("#")[0].rpartition("@")[2]
    parts = split_url(url)
    host = parts.hostname if parts else None
    if not parts or not host or parts.scheme not in {"http", "https"}:
        raise ValueError(f"spy is {shown!r}; give the http or https URL of a server, such as https://api.example.com.")
    if "@" in parts.netloc:
        raise ValueError(f"spy has a user or a password before {host!r}; the application sends its own credential.")
    if parts.query or parts.fragment or "?" in url or "#" in url:
        raise ValueError(f"spy is {shown!r} with a query or a fragment; give the URL alone, up to where paths begin.")
    return parts


class URL:
    """A server at a URL. Redirects are passed on and not followed, and proxies are not used."""

    def __init__(self, parts: SplitResult) -> None:
        self.host, self.port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        self.place = f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")
        self._netloc = parts.netloc
        self._base = parts.path.rstrip("/").encode("ascii")
        self._kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._closed = 0

    def send(self, request: Request, timeout: float) -> Reply:
        """Send it over a new connection, which the server cannot have closed meanwhile."""
        deadline = time.monotonic() + timeout
        was_sent = False
        try:
            with self._connected(min(timeout, _CONNECT)) as connection:
                opened = connection.sock  # the connection drops it if this is its last answer
                opened.settimeout(timeout)
                self._begin(connection, request)
                was_sent = True
                connection.endheaders(request.body or None)
                with connection.getresponse() as response:
                    body = _read(opened, response, deadline)
                    return Reply(response.status, _passed(request.method, response, body), body)
        except TimeoutError:
            raise Unanswered(504, self._said(f"no whole answer in {timeout:g} s", was_sent)) from None
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise Unanswered(502, self._said(f"no whole answer: {reason}", was_sent)) from None
        except (http.client.HTTPException, ValueError) as error:
            raise Unanswered(502, self._said(f"no whole answer: {type(error).__name__}", was_sent)) from None

    def close(self) -> None:
        """Stop waiting for answers."""
        with self._lock:
            self._closed += 1
            for each in self._open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    @contextlib.contextmanager
    def _connected(self, timeout: float) -> Iterator[http.client.HTTPConnection]:
        with contextlib.closing(self._kind(self.host, self.port, timeout=timeout)) as connection:
            closed = self._closed
            connection.connect()
            opened = connection.sock
            with self._lock:
                self._open.add(opened)
                if closed != self._closed:  # meanwhile
                    opened.shutdown(socket.SHUT_RDWR)
            try:
                yield connection
            finally:
                with self._lock:
                    self._open.discard(opened)

    def _begin(self, connection: http.client.HTTPConnection, request: Request) -> None:
        """Prepare the request line and the headers. Nothing is sent yet: the connection keeps them until the body."""
        query = b"?" + request.query if request.query else b""
        target = (self._base + request.path + query).decode("latin-1")
        connection.putrequest(request.method, target, skip_host=True, skip_accept_encoding=True)
        connection.putheader("host", self._netloc)
        hop = _hop(request.header("connection"))
        for name, value in request.headers:
            if name.lower().decode("latin-1") not in hop | {"host"}:
                connection.putheader(name, value)
        if request.body or request.header("content-length") or request.header("transfer-encoding"):
            connection.putheader("content-length", str(len(request.body)))

    def _said(self, reason: str, was_sent: bool) -> str:
        rest = "It may have done what was asked." if was_sent else "Nothing was sent."
        return f"Causerie's spy has {reason} from {self.place}. {rest}"


def _read(opened: socket.socket, response: http.client.HTTPResponse, deadline: float) -> bytes:
    """Return the whole body. Raises `TimeoutError`, and `HTTPException` for a body that is cut off or too long."""
    if not 200 <= response.status <= 599:
        raise http.client.UnknownProtocol("a status that cannot be passed on")
    body = bytearray()
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        opened.settimeout(left)
        chunk = response.read1(_CHUNK)
        if not chunk:
            break
        body += chunk
        if len(body) > MAX_PASSED:
            raise http.client.LineTooLong("body")
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return bytes(body)


def _passed(method: str, response: http.client.HTTPResponse, body: bytes) -> tuple[tuple[str, str], ...]:
    """Return the headers of an answer that are passed on."""
    hop = _hop(response.headers.get_all("connection") or [])
    # A value may continue on the next line (RFC 9112, 5.2).
    headers = [(name, re.sub(r"\s*\r?\n\s*", " ", value)) for name, value in response.getheaders()]
    kept = [(name, value) for name, value in headers if name.lower() not in hop]
    if method == "HEAD":
        length = response.headers.get("content-length")
    else:
        length = None if response.status in {204, 304} else str(len(body))
    return (*kept, ("content-length", length)) if length is not None else tuple(kept)


def _hop(said: list[str]) -> frozenset[str]:
    """Return the headers for this connection only, in lower case."""
    return _HOP | {name.strip().lower() for value in said for name in value.split(",")}


class _Function:
    """A function in this process, such as `Mock.handle`."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.place = getattr(function, "__qualname__", type(function).__name__)
        self._function = function

    def send(self, request: Request, timeout: float) -> Reply:  # noqa: ARG002 - only connections have a timeout
        """Call the function."""
        reply = self._function(request)
        if not isinstance(reply, Reply):
            raise TypeError(f"{self.place} returned {type(reply).__name__}; it must return a causerie_mock.Reply.")
        return reply

    def close(self) -> None:
        """Do nothing."""
