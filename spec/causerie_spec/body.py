"""The body of an answer of httpx, unpacked no further than is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from .unpack import TooMuchError, Unpacker, UnpackError


class TooMuch(httpx.ReadError):
    """There is more than is wanted."""


class Body:
    """What has come of an answer so far, at most `most` bytes.

    Raises `TooMuch` for more, and `httpx.DecodingError` for what cannot be unpacked.
    """

    def __init__(self, response: httpx.Response, most: int) -> None:
        is_whole = response.is_stream_consumed  # a transport without a network has given it unpacked
        self._encoding = "identity" if is_whole else response.headers.get("content-encoding", "identity")
        with self._explained():
            self._unpacker = Unpacker(self._encoding, most)
        if is_whole:
            self.add(response.content)

    def add(self, chunk: bytes) -> None:
        """Unpack the next bytes."""
        with self._explained():
            self._unpacker.add(chunk)

    def whole(self) -> bytes:
        """Return all of it, once there is no more."""
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
