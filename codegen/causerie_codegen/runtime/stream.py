"""Answers that are read while they come: bytes, files, and events that a server sends."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import attrs

from . import client
from .jsontext import read
from .model import DecodeError
from .request import Request, UnexpectedStatus

if TYPE_CHECKING:
    import httpx

_LINE: Final = re.compile(rb"\r\n|\n|\r")


class StreamRefused(UnexpectedStatus):
    """An answer that is not a success, though a stream was expected. ``content`` is its whole body."""

    def __str__(self) -> str:
        return f"{self.operation}: the answer has status {self.status_code}, so it is not what was asked for"


@attrs.frozen
class Event:
    """One event of ``text/event-stream``."""

    data: str
    event: str = "message"
    id: str = ""
    """The last id that the server sent, with this event or before it."""
    retry: int | None = None
    """Milliseconds to wait before reconnecting, if this event sets them."""

    def json(self) -> Any:
        """Return the data, read as JSON. Raises ``DecodeError``."""
        try:
            return read(self.data)
        except ValueError as error:
            raise DecodeError("Event", ".data", f"not JSON: {error}") from None


class Events:
    """Reads events from bytes that come in pieces, as WHATWG's standard says. A piece may end anywhere."""

    def __init__(self) -> None:
        self._rest = b""
        self._is_first = True
        self._is_behind_return = False
        self._data: list[str] = []
        self._event = ""
        self._id = ""
        self._retry: int | None = None

    def feed(self, piece: bytes) -> Iterator[Event]:
        """Yield the events that a piece completes. An event that is incomplete at the end is dropped."""
        if not piece:
            return
        if self._is_behind_return:
            piece = piece.removeprefix(b"\n")
        self._is_behind_return = piece.endswith(b"\r")
        *lines, self._rest = _LINE.split(self._rest + piece)
        for line in lines:
            text = line.decode(errors="replace")
            if self._is_first:
                self._is_first = False
                text = text.removeprefix("\ufeff")
            if text:
                self._read(text)
            elif (event := self._taken()) is not None:
                yield event

    def _read(self, line: str) -> None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdecimal():
            self._retry = int(value)

    def _taken(self) -> Event | None:
        data, event, retry = self._data, self._event, self._retry
        self._data, self._event, self._retry = [], "", None
        return Event("\n".join(data), event or "message", self._id, retry) if data else None


@attrs.frozen
class Stream:
    """A successful answer whose body is read once, as it arrives."""

    status_code: int
    _response: httpx.Response = attrs.field(repr=False)

    @property
    def headers(self) -> httpx.Headers:
        return self._response.headers

    def __iter__(self) -> Iterator[bytes]:
        """Yield the body in pieces."""
        return self._response.iter_bytes()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the body to a file, which is there only when all has come. Raises ``OSError`` too."""
        with _partial(path) as file:
            for piece in self:
                file.write(piece)

    def events(self) -> Iterator[Event]:
        """Yield the events of ``text/event-stream`` as they come."""
        reader = Events()
        for piece in self:
            yield from reader.feed(piece)


@attrs.frozen
class AsyncStream:
    """A successful answer whose body is read once, as it arrives, without blocking."""

    status_code: int
    _response: httpx.Response = attrs.field(repr=False)

    @property
    def headers(self) -> httpx.Headers:
        return self._response.headers

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the body in pieces."""
        return self._response.aiter_bytes()

    async def save(self, path: str | os.PathLike[str]) -> None:
        """Write the body to a file, which is there only when all has come. Raises ``OSError`` too."""
        with _partial(path) as file:
            async for piece in self:
                file.write(piece)

    async def events(self) -> AsyncIterator[Event]:
        """Yield the events of ``text/event-stream`` as they come."""
        reader = Events()
        async for piece in self:
            for event in reader.feed(piece):
                yield event


class Client(client.Client):
    """A client that also reads answers while they come."""

    @contextmanager
    def stream(self, request: Request[Any, Any]) -> Iterator[Stream]:
        """Send a request and read the answer while it comes: ``with client.stream(request) as answer``.

        Raises ``httpx.HTTPError``, and ``StreamRefused`` for an answer that is no success.
        """
        sender = self._sync()
        response = sender.send(self._built(sender, request), stream=True)
        try:
            if not response.is_success:
                raise StreamRefused(request.operation, response.status_code, response.read())
            yield Stream(response.status_code, response)
        finally:
            response.close()

    @asynccontextmanager
    async def stream_async(self, request: Request[Any, Any]) -> AsyncIterator[AsyncStream]:
        """Send a request and read the answer while it comes, as ``stream`` does, without blocking."""
        sender = self._async()
        response = await sender.send(self._built(sender, request), stream=True)
        try:
            if not response.is_success:
                raise StreamRefused(request.operation, response.status_code, await response.aread())
            yield AsyncStream(response.status_code, response)
        finally:
            await response.aclose()


@contextmanager
def _partial(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Yield a temporary file beside the path, which replaces it at the end, or is removed after an error."""
    target = Path(path)
    partial = target.with_name(f".{target.name}.{token_hex(4)}")
    try:
        with partial.open("wb") as file:
            yield file
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
