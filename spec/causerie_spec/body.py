"""Reads the body of an httpx answer, decompressed up to a limit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from .unpack import TooMuchError, Unpacker, UnpackError


class TooMuch(httpx.ReadError):
    """The body is longer than the limit."""


class Body:
    """The part of a body that has arrived, at most `most` bytes.

    Raises `TooMuch` for a longer body, and `httpx.DecodingError` for bytes that cannot be decompressed.
    """

    def __init__(self, response: httpx.Response, most: int) -> None:
        is_whole = response.is_stream_consumed  # a transport without a network passes it decompressed
        self._encoding = "identity" if is_whole else response.headers.get("content-encoding", "identity")
        with self._explained():
            self._unpacker = Unpacker(self._encoding, most)
        if is_whole:
            self.add(response.content)

    def add(self, chunk: bytes) -> None:
        """Decompress the next bytes."""
        with self._explained():
            self._unpacker.add(chunk)

    def whole(self) -> bytes:
        """Return the whole body after the last piece."""
        with self._explained():
            return self._unpacker.whole()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except TooMuchError as error:
            raise TooMuch(f"The answer cannot be read: {error}.") from None
        except UnpackError as error:
            raise httpx.DecodingError(f"The answer, {self._encoding!r}, cannot be read: {error}.") from None
