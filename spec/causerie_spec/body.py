"""The body of an answer, unpacked no further than is wanted: a kilobyte can be the packed form of gigabytes."""

from __future__ import annotations

import zlib
from typing import Any

import httpx

#: What a request may ask for.
ENCODINGS = "gzip, deflate"

#: The window of zlib's that knows gzip and deflate by their heads.
_WINDOW = 47


class TooMuch(httpx.ReadError):
    """There is more than is wanted."""


class Body:
    """What has come of an answer so far, at most `most` bytes.

    Raises `TooMuch` for more, and `httpx.DecodingError` for what cannot be unpacked.
    """

    def __init__(self, response: httpx.Response, most: int) -> None:
        self._most = most
        self._content = bytearray()
        self._packed: Any = None
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if response.is_stream_consumed:  # a transport without a network has given it whole
            self._keep(response.content)
        elif encoding in {"gzip", "deflate"}:
            self._packed = zlib.decompressobj(_WINDOW)
        elif encoding != "identity":
            raise httpx.DecodingError(f"The answer is packed with {encoding!r}.")

    def add(self, chunk: bytes) -> None:
        """Unpack the next bytes."""
        try:
            self._keep(chunk if self._packed is None else self._packed.decompress(chunk, self._left + 1))
        except zlib.error as error:
            raise httpx.DecodingError(str(error)) from None

    def whole(self) -> bytes:
        """All of it, once there is no more."""
        if self._content and self._packed is not None and not self._packed.eof:
            raise httpx.DecodingError("The answer ends within what is packed.")
        return bytes(self._content)

    @property
    def _left(self) -> int:
        return self._most - len(self._content)

    def _keep(self, content: bytes) -> None:
        if len(content) > self._left:
            raise TooMuch(f"The answer is longer than {self._most} bytes.")
        self._content += content
