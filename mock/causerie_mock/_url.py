"""Webhook calls to URLs: which URLs are allowed, and how a call is sent."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import os
import re
import socket
import ssl
from typing import Any
from urllib.parse import SplitResult, urlsplit

import attrs

from ._exchange import Request

#: The most bytes of a line of an answer, and the most lines before its body.
_LINE = 64 * 1024
_LINES = 200
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-9]\d\d)(?!\d)")
#: The addresses of localhost, whatever the machine's host table says.
_LOOPBACK = ("::1", "127.0.0.1")


class Unreached(Exception):
    """There was no answer. The message says why, and quotes neither the request nor the answer."""


@attrs.frozen
class Server:
    """A server at a URL. Redirects are not followed and proxies are not used. Equal URLs are equal servers."""

    _parts: SplitResult = attrs.field(repr=False)

    @property
    def place(self) -> str:
        """Its name in the log."""
        # A query may hold a credential.
        return f"{self._parts.scheme}://{self._parts.netloc}{self._parts.path}" + ("?***" if self._parts.query else "")

    async def send(self, request: Request, seconds: float) -> int:
        """Send the request over a new connection, and return the status. Raises `Unreached`.

        Everything from looking up the name to reading the last header takes at most `seconds`. The body of the answer
        is not read.
        """
        try:
            async with asyncio.timeout(seconds):
                return await self._send(request)
        except TimeoutError:
            raise Unreached(f"It did not answer within {seconds:g} seconds.") from None
        except Unreached:
            raise
        except Exception as error:  # noqa: BLE001 - no exception of a connection may end the thread
            raise Unreached(_why(error)) from None

    async def _send(self, request: Request) -> int:
        reader, writer = await self._connect()
        try:
            writer.write(self._head(request) + request.body)
            # The server may answer before it has read everything.
            return await _status(reader)
        finally:
            writer.transport.abort()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        name = self._parts.hostname or ""
        is_safe = self._parts.scheme == "https"
        port = self._parts.port or (443 if is_safe else 80)
        more: dict[str, Any] = {"ssl": True, "server_hostname": name} if is_safe else {}
        *others, last = _LOOPBACK if name == "localhost" else (name,)
        for other in others:
            with contextlib.suppress(OSError):
                return await asyncio.open_connection(other, port, limit=_LINE, **more)
        return await asyncio.open_connection(last, port, limit=_LINE, **more)

    def _head(self, request: Request) -> bytes:
        query = f"?{self._parts.query}" if self._parts.query else ""
        lines = [
            f"{request.method} {self._parts.path or '/'}{query} HTTP/1.1".encode("ascii"),
            b"host: " + self._parts.netloc.encode("ascii"),
            b"content-length: %d" % len(request.body),
            b"connection: close",
            *(name + b": " + value for name, value in request.headers),
        ]
        return b"\r\n".join([*lines, b"", b""])


async def _status(reader: asyncio.StreamReader) -> int:
    """Return the status of an answer after its headers have arrived. Raises `Unreached`."""
    status = 0
    for _ in range(_LINES):
        try:
            line = await reader.readline()
        except ValueError:  # It is longer than _LINE.
            break
        if status:
            if not line or (not line.strip() and (status >= 200 or status == 101)):
                return status
            if not line.strip():
                status = 0  # It was an interim answer, such as 100 Continue.
        elif found := _STATUS.match(line):
            status = int(found[1])
        else:
            raise Unreached("Its answer is not HTTP." if line else "It hung up without an answer.")
    raise Unreached("The head of its answer is too long.")


def _why(error: Exception) -> str:
    if not isinstance(error, OSError):
        return f"It cannot be called ({type(error).__name__}); check the name of its host."
    # asyncio's own text repeats the address.
    if error.errno and not isinstance(error, ssl.SSLError | socket.gaierror):
        return os.strerror(error.errno)
    return error.strerror or str(error) or type(error).__name__


def checked(url: str, *, anywhere: bool) -> Server:
    """Return the server at a URL, of this machine unless `anywhere`. Raises `ValueError` with what to do."""
    # The parts before an @ and after a question mark may be credentials.
    shown = "***" if "@" in url else re.split("[?#]", url)[0]
    parts = split_url(url)
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
    return Server(parts)


def split_url(url: str) -> SplitResult | None:
    """Return the parts of a URL; None for a text that is not a URL, or cannot be sent unchanged."""
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
    except ValueError:  # It is another name, whose address can change at any time.
        return False
