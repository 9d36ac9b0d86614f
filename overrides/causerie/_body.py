"""The body of an answer, unpacked in small steps: a kilobyte can be the packed form of gigabytes.

httpx unpacks a whole chunk of the network's at once, and one packing in another, so that no count of what it gives
comes in time. Here no step makes more than ``STEP`` bytes.
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
"""What a request asks for: what the standard library unpacks in steps."""
STEP: Final = 64 * 1024
"""Bytes that are unpacked at a time."""
_DEPTH: Final = 5
"""Packings in one another, as curl has it."""
_UNBOUNDED: Final = frozenset({"br", "zstd", "compress", "x-compress"})


class TooLongError(Exception):
    """An answer has more bytes than are wanted. ``args`` are its status and their number."""


def read(response: httpx.Response, most: int) -> bytes:
    """Return the whole body. Raises ``TooLongError`` for more than ``most`` bytes, and what httpx raises."""
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
    """An answer is not packed as it says, or with what nobody asked for."""


class _Kept:
    """What has come of a body, in blocks.

    One buffer that grows leaves the allocator holes of up to 64 MiB for each thread, which it keeps; and as many pieces
    as a server likes to send would take forty times their bytes.
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
    """Counts what comes of an answer: packed, unpacked, and in between."""

    def __init__(self, response: httpx.Response, most: float) -> None:
        self._response = response
        self._most = most
        names = [name.strip().lower() for name in response.headers.get("content-encoding", "").split(",")]
        self._unbounded = next((name for name in names if name in _UNBOUNDED), None)
        self._layers = [_LAYERS[name]() for name in reversed(names) if name in _LAYERS]
        self._counts = [0] * (len(self._layers) + 1)

    def read_before(self) -> Iterator[bytes]:
        """Yield what a hook of the caller's client, or its transport, has read and unpacked."""
        self._count(len(self._layers), self._response.content)
        yield self._response.content

    def unpack(self, data: bytes, depth: int = 0) -> Iterator[bytes]:
        """Yield what is in the next bytes. Raises ``TooLongError`` and ``DecodingError``."""
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
        """Raise ``DecodingError`` where the end of a packing has not come."""
        for layer in self._layers:
            layer.end()

    def _count(self, depth: int, data: bytes) -> None:
        self._counts[depth] += len(data)
        if self._counts[depth] > self._most:
            raise TooLongError(self._response.status_code, self._most)


class _Zlib:
    """Undoes what zlib packs."""

    def __init__(self, window: Callable[[bytes], int]) -> None:
        self._window = window
        self._head = b""
        self._zlib: Any = None

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """Yield what is in the next bytes, in steps. What stands behind the end is left out, as httpx has it."""
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
        """Raise ``DecodingError`` where the end has not come. Nothing at all is an empty body."""
        if self._head and not (self._zlib is not None and self._zlib.eof):
            raise DecodingError("the answer ends within what is packed")


def _deflate_window(head: bytes) -> int:
    # RFC 1950 begins so. Some servers leave that frame out.
    return 15 if head[0] & 15 == 8 and int.from_bytes(head[:2], "big") % 31 == 0 else -15


_gzip = partial(_Zlib, lambda _: 31)
_LAYERS: Final = {"gzip": _gzip, "x-gzip": _gzip, "deflate": partial(_Zlib, _deflate_window)}
