"""Packed bytes, unpacked no further than is wanted: a kilobyte can be the packed form of gigabytes."""

from __future__ import annotations

import zlib
from typing import Any

#: What a request may ask for.
ENCODINGS = "gzip, deflate"
_PACKED = {"gzip", "x-gzip", "deflate"}
#: The window of zlib's that knows gzip and deflate by their heads.
_WINDOW = 47


class UnpackError(ValueError):
    """Bytes cannot be unpacked. The text says why, without a word of theirs."""


class TooMuchError(UnpackError):
    """There is more than is wanted."""


class Unpacker:
    """Unpacks bytes that come in pieces, at most `most` of them. `encoding` is what `Content-Encoding` says.

    Raises `UnpackError` for what cannot be unpacked, and `TooMuchError` for more.
    """

    def __init__(self, encoding: str, most: int) -> None:
        self._encoding = encoding.strip().lower()
        if self._encoding not in _PACKED | {"", "identity"}:
            raise UnpackError("it is packed in a way that nobody here can unpack")
        self._most = most
        self._content = bytearray()
        self._packed: Any = zlib.decompressobj(_WINDOW) if self._encoding in _PACKED else None
        self._has_begun = False

    def add(self, piece: bytes) -> None:
        """Unpack the next bytes."""
        left = self._most - len(self._content)
        self._has_begun = self._has_begun or bool(piece)
        try:
            content = piece if self._packed is None else self._packed.decompress(piece, left + 1)
        except zlib.error:
            raise UnpackError(f"it is not the {self._encoding} that it says it is") from None
        if len(content) > left:
            unpacked = "" if self._packed is None else "unpacked, "
            raise TooMuchError(f"{unpacked}it is longer than {self._most} bytes")
        self._content += content

    def whole(self) -> bytes:
        """Return all of it, once there is no more."""
        if self._has_begun and self._packed is not None and not self._packed.eof:
            raise UnpackError("it ends within what is packed")
        return bytes(self._content)
