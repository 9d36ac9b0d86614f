"""Reading the body of an answer, decompressed in small steps: a compressed kilobyte can expand to gigabytes.

httpx decompresses a whole network chunk at once, and nested compressions one after the other, so a limit on its output
would be checked too late. Here, no step produces more than ``STEP`` bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import httpx

ENCODINGS: Final = "gzip, deflate"
"""The value of ``Accept-Encoding``: the compressions that the standard library can undo in steps."""
STEP: Final = 64 * 1024
"""The most bytes that are decompressed at a time."""
_DEPTH: Final = 5
"""The most nested compressions, as in curl."""
_UNBOUNDED: Final = frozenset({"br", "zstd", "compress", "x-compress"})


class TooLongError(Exception):
    """An answer has more bytes than the limit. ``args`` are its status and the limit."""


def read(response: httpx.Response, most: int) -> bytes:
    """Return the whole body. Raises ``TooLongError`` for more than ``most`` bytes, and the errors of httpx."""
    kept = _Kept()
    for piece in pieces(response, most):
        kept.add(piece)
    return kept.whole()


def pieces(response: httpx.Response, most: float, size: int | None = None) -> Iterator[bytes]:
    """Yield the body in pieces of about ``size`` bytes. Raises as ``read`` does."""
    body = _Body(response, most)
    if response.is_stream_consumed:
        yield from body.read_before()
    else:
        for data in response.iter_raw(size):
            yield from body.unpack(data)
        body.end()


async def read_async(response: httpx.Response, most: int) -> bytes:
    """``read``, without blocking."""
    kept = _Kept()
    async for piece in pieces_async(response, most):
        kept.add(piece)
    return kept.whole()


async def pieces_async(response: httpx.Response, most: float, size: int | None = None) -> AsyncIterator[bytes]:
    """``pieces``, without blocking."""
    body = _Body(response, most)
    if response.is_stream_consumed:
        for piece in body.read_before():
            yield piece
    else:
        async for data in response.aiter_raw(size):
            for piece in body.unpack(data):
                yield piece
        body.end()


class DecodingError(Exception):
    """An answer is not compressed as its headers say, or in a way that was not requested."""


class _Kept:
    """The body read so far, in blocks.

    A single growing buffer would make the allocator keep holes of up to 64 MiB for each thread, and a list of all the
    pieces that a server sends could take forty times their bytes.
    """

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._block = BytesIO()

    def add(self, piece: bytes) -> None:
        self._block.write(piece)
        if self._block.tell() >= STEP:
            self._blocks.append(self._block.getvalue())
            self._block = BytesIO()

    def whole(self) -> bytes:
        return b"".join([*self._blocks, self._block.getvalue()])


class _Body:
    """Counts the bytes of an answer: compressed, decompressed, and between nested compressions."""

    def __init__(self, response: httpx.Response, most: float) -> None:
        self._response = response
        self._most = most
        names = [name.strip().lower() for name in response.headers.get("content-encoding", "").split(",")]
        self._unbounded = next((name for name in names if name in _UNBOUNDED), None)
        self._layers = [_LAYERS[name]() for name in reversed(names) if name in _LAYERS]
        self._counts = [0] * (len(self._layers) + 1)

    def read_before(self) -> Iterator[bytes]:
        """Yield the bytes that a hook of the caller's client, or its transport, has already read and decompressed."""
        self._count(len(self._layers), self._response.content)
        yield self._response.content

    def unpack(self, data: bytes, depth: int = 0) -> Iterator[bytes]:
        """Decompress the next bytes and yield the result. Raises ``TooLongError`` and ``DecodingError``."""
        if self._unbounded is not None:
            raise DecodingError(f"the answer is packed with {self._unbounded!r}, which was not asked for")
        if len(self._layers) > _DEPTH:
            raise DecodingError(f"the answer is packed {len(self._layers)} times")
        self._count(depth, data)
        if depth == len(self._layers):
            yield data
        else:
            for piece in self._layers[depth].unpack(data):
                yield from self.unpack(piece, depth + 1)

    def end(self) -> None:
        """Raise ``DecodingError`` if compressed data is incomplete."""
        for layer in self._layers:
            layer.end()

    def _count(self, depth: int, data: bytes) -> None:
        self._counts[depth] += len(data)
        if self._counts[depth] > self._most:
            raise TooLongError(self._response.status_code, self._most)


class _Zlib:
    """Decompresses what zlib compressed."""

    def __init__(self, window: Callable[[bytes], int]) -> None:
        self._window = window
        self._head = b""
        self._zlib: Any = None

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """Decompress the next bytes in steps and yield the result. Bytes after the end are ignored, as in httpx."""
        if self._zlib is None:
            data = self._head = self._head + data
            if len(data) < 2:
                return
            self._zlib = zlib.decompressobj(self._window(data))
        while not self._zlib.eof:
            try:
                piece = self._zlib.decompress(data, STEP)
            except zlib.error as error:
                raise DecodingError(str(error)) from None
            data = self._zlib.unconsumed_tail
            if not piece:
                return
            yield piece

    def end(self) -> None:
        """Raise ``DecodingError`` if the compressed data is incomplete. An empty body is complete."""
        if self._head and not (self._zlib is not None and self._zlib.eof):
            raise DecodingError("the answer ends within what is packed")


def _deflate_window(head: bytes) -> int:
    # RFC 1950 begins so. Some servers leave that frame out.
    return 15 if head[0] & 15 == 8 and int.from_bytes(head[:2], "big") % 31 == 0 else -15


_gzip = partial(_Zlib, lambda _: 31)
_LAYERS: Final = {"gzip": _gzip, "x-gzip": _gzip, "deflate": partial(_Zlib, _deflate_window)}
