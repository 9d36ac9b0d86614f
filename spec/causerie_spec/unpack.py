"""Decompressing bytes up to a limit: a compressed kilobyte can expand to gigabytes."""

from __future__ import annotations

import zlib
from typing import Any

#: The value of `Accept-Encoding` for requests.
ENCODINGS = "gzip, deflate"
_PACKED = {"gzip", "x-gzip", "deflate"}
#: The window size with which zlib recognizes gzip and deflate by their headers.
_WINDOW = 47


class UnpackError(ValueError):
    """Bytes that cannot be decompressed. The message says why, and never quotes the bytes."""


class TooMuchError(UnpackError):
    """More bytes than the limit allows."""


class Unpacker:
    """Decompresses bytes that arrive in pieces, up to `most` bytes. `encoding` is the value of `Content-Encoding`.

    Raises `UnpackError` for bytes that cannot be decompressed, and `TooMuchError` when there are more than `most`.
    """

    def __init__(self, encoding: str, most: int) -> None:
        self._encoding = encoding.strip().lower()
        if self._encoding not in _PACKED | {"", "identity"}:
            raise UnpackError(f"its content encoding is none of {ENCODINGS}")
        self._most = most
        self._content = bytearray()
        self._packed: Any = zlib.decompressobj(_WINDOW) if self._encoding in _PACKED else None
        self._has_begun = False

    def add(self, piece: bytes) -> None:
        """Decompress the next bytes."""
        left = self._most - len(self._content)
        self._has_begun = self._has_begun or bool(piece)
        try:
            content = piece if self._packed is None else self._packed.decompress(piece, left + 1)
        except zlib.error:
            raise UnpackError(f"it is said to be {self._encoding}, but it is not") from None
        if len(content) > left:
            unpacked = "" if self._packed is None else "decompressed, "
            raise TooMuchError(f"{unpacked}it is longer than {self._most} bytes")
        self._content += content

    def whole(self) -> bytes:
        """Return the whole content after the last piece."""
        if self._has_begun and self._packed is not None and not self._packed.eof:
            raise UnpackError("its compressed content is cut off")
        return bytes(self._content)
